using System.Globalization;
using KismetPS.Bench.Experiments;
using KismetPS.Bench.Peers;
using KismetPS.Bench.Report;

namespace KismetPS.Bench.Goals;

/// <summary>From a pcapng file to devices, against tshark's fields of the same file.</summary>
internal sealed class FileGoal(GoalLab goals)
{
    private const double RateAim = 3e6;
    private const double RatioAim = 200;
    private const int Rounds = 3;

    /// <summary>Measures.</summary>
    public IEnumerable<Part> Measure()
    {
        string file = goals.FilePath;
        Series wall = new();
        Series fastest = new();
        Series cpu = new();
        Series tshark = new();
        for (int round = 0; round < Rounds; round++)
        {
            IReadOnlyDictionary<string, long> numbers = Worker.Run(Lab.Self("file", file, "2"));
            wall.Add((double)numbers["median_ns"] / goals.FileFrames);
            fastest.Add((double)numbers["fastest_ns"] / goals.FileFrames);
            cpu.Add((double)numbers["cpu_ns"] / numbers["frames"]);
            if (goals.Lab.TsharkVersion is not null && round < 2)
            {
                tshark.Add(Worker.Time(DecodeExperiment.TsharkFields(file)) * 1e9 / goals.FileFrames);
            }
        }

        yield return new Part(
            $"frames a second, pcapng of {goals.FileFrames} frames to devices",
            1e9 / wall.Median,
            RateAim,
            AtMost: false,
            Units.Rate,
            $"by the clock on the wall; fastest {Units.Rate(1e9 / fastest.Median)}; processor time {Units.Ns(cpu.Median)} a frame; noise {Units.Percent(wall.Spread)}");
        yield return new Part(
            "frames a second, by tshark -T fields' of the same file",
            tshark.IsEmpty ? double.NaN : tshark.Median / wall.Median,
            RatioAim,
            AtMost: false,
            Units.Times,
            tshark.IsEmpty ? "tshark is absent" : Units.Rate(1e9 / tshark.Median) + " a second of tshark");
    }
}
