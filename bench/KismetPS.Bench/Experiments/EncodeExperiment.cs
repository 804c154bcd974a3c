using System.Globalization;
using KismetPS.Bench.Peers;
using KismetPS.Bench.Report;
using KismetPS.Export.Messages;

namespace KismetPS.Bench.Experiments;

/// <summary>Messages of each format written on one core, and what they allocate.</summary>
internal sealed class EncodeExperiment(Options options)
{
    private const double JsonAim = 300_000;
    private const double SimpleAim = 1_000_000;

    /// <summary>Measures each format in turn, round by round.</summary>
    public IEnumerable<Row> Run()
    {
        DeviceDataFormat[] formats = Enum.GetValues<DeviceDataFormat>();
        Series[] ns = [.. formats.Select(static _ => new Series())];
        Series[] allocated = [.. formats.Select(static _ => new Series())];
        string seconds = options.Seconds.ToString(CultureInfo.InvariantCulture);
        for (int round = 0; round < options.Rounds; round++)
        {
            for (int i = 0; i < formats.Length; i++)
            {
                IReadOnlyDictionary<string, long> numbers = Worker.Run(Lab.Self("encode", formats[i].ToString(), seconds));
                ns[i].Add((double)numbers["cpu_ns"] / numbers["frames"]);
                allocated[i].Add((double)numbers["allocated"] / numbers["frames"]);
            }
        }

        for (int i = 0; i < formats.Length; i++)
        {
            double? aim = formats[i] switch
            {
                DeviceDataFormat.Json => JsonAim,
                DeviceDataFormat.Simple => SimpleAim,
                _ => null,
            };
            double rate = 1e9 / ns[i].Median;
            yield return new Row
            {
                What = $"messages written, {formats[i]}",
                Ours = $"{Units.Rate(rate)} ({Units.Ns(ns[i].Median)}), {Units.Number(allocated[i].Median, "F3")} bytes allocated",
                Aim = aim is double least ? $"{Units.Rate(least)} a core" : "",
                Reached = aim is double needed ? rate >= needed : null,
                Noise = Units.Percent(ns[i].Spread),
            };
        }
    }
}
