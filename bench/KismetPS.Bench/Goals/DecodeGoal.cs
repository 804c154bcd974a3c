using System.Globalization;
using KismetPS.Bench.Experiments;
using KismetPS.Bench.Peers;
using KismetPS.Bench.Report;

namespace KismetPS.Bench.Goals;

/// <summary>Decoding alone, against the plain C loop, and against PacketDotNet where it is.</summary>
internal sealed class DecodeGoal(Lab lab)
{
    private const double Aim = 0.6;
    private const double PacketDotNetAim = 5;
    private const int Rounds = 5;

    /// <summary>Measures all in turn, round by round.</summary>
    public IEnumerable<Part> Measure()
    {
        string seconds = 1.ToString(CultureInfo.InvariantCulture);
        Series ours = new();
        Series bytes = new();
        Series loop = new();
        Series packetDotNet = new();
        for (int round = 0; round < Rounds; round++)
        {
            IReadOnlyDictionary<string, long> numbers = Worker.Run(Lab.Self("decode", lab.CorpusPath, seconds));
            ours.Add((double)numbers["cpu_ns"] / numbers["frames"]);
            bytes.Add((double)numbers["allocated"] / numbers["frames"]);
            if (lab.ParseLoop is { } parse)
            {
                numbers = Worker.Run([parse, lab.CorpusPath, seconds]);
                loop.Add((double)numbers["cpu_ns"] / numbers["frames"]);
            }

            if (lab.Options.PacketDotNet is { } assembly)
            {
                numbers = Worker.Run(Lab.Self("packetdotnet", assembly, lab.CorpusPath, seconds));
                packetDotNet.Add((double)numbers["cpu_ns"] / numbers["frames"]);
            }
        }

        yield return new Part(
            "frames a second, by the plain C loop's",
            loop.IsEmpty ? double.NaN : loop.Median / ours.Median,
            Aim,
            AtMost: false,
            Units.Times,
            $"{Units.Rate(1e9 / ours.Median)} and {(loop.IsEmpty ? "absent" : Units.Rate(1e9 / loop.Median))} a core, noise {Units.Percent(ours.Spread)}, {(loop.IsEmpty ? "" : Units.Percent(loop.Spread))}");

        // What is asked for the figures itself, spread over some millions of frames.
        yield return new Part("allocated a frame", Math.Round(bytes.Median, 2), 0, AtMost: true, static v => Units.Number(v, "0.##") + " B");
        if (packetDotNet.IsEmpty)
        {
            Console.WriteLine("  PacketDotNet: absent");
        }
        else
        {
            yield return new Part("frames a second, by PacketDotNet's", packetDotNet.Median / ours.Median, PacketDotNetAim, AtMost: false, Units.Times, $"{Units.Rate(1e9 / packetDotNet.Median)} a core");
        }
    }
}
