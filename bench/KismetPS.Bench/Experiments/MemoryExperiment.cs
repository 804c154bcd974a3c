using System.Globalization;
using KismetPS.Bench.Peers;
using KismetPS.Bench.Report;

namespace KismetPS.Bench.Experiments;

/// <summary>Managed memory for a tracked device: rows, indexes, names, relations, a sensor's signal.</summary>
internal static class MemoryExperiment
{
    private const double Aim = 600;

    /// <summary>Measures once: memory has no noise.</summary>
    public static IEnumerable<Row> Run(params int[] sizes)
    {
        foreach (int devices in sizes)
        {
            IReadOnlyDictionary<string, long> numbers = Worker.Run(Lab.Self("memory", devices.ToString(CultureInfo.InvariantCulture)));
            double bytes = (double)numbers["bytes"] / numbers["devices"];
            yield return new Row
            {
                What = $"memory a device, {numbers["devices"] / 1000} k devices",
                Ours = $"{Units.Number(bytes)} bytes",
                Aim = $"{Units.Number(Aim)} bytes",
                Reached = bytes <= Aim,
            };
        }
    }
}
