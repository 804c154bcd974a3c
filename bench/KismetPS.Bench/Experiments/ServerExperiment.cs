using System.Globalization;
using KismetPS.Bench.Peers;
using KismetPS.Bench.Report;

namespace KismetPS.Bench.Experiments;

/// <summary>The text protocol: sentences read and printed on one core, and a server with two hundred clients.</summary>
internal sealed class ServerExperiment(Options options)
{
    private const double ReadAim = 2_000_000;
    private const double LagAimS = 2;
    private const int Clients = 200;
    private const int Networks = 5000;
    private const int Changes = 500;

    /// <summary>Measures and prints the table.</summary>
    public static void Run(Options options)
    {
        Console.WriteLine($"Medians of {options.Rounds} runs of {options.Seconds.ToString(CultureInfo.InvariantCulture)} s, processor time, one core; the server's {LoadSeconds(options)} s, live.");
        Console.WriteLine();
        Table.Write(new ServerExperiment(options).Rows(), Console.Out);
        Console.WriteLine();
        Console.WriteLine($"Load while measuring (1 min): {Bench.Load()}.");
    }

    private static int LoadSeconds(Options options) => (int)(5 * options.Seconds);

    private IEnumerable<Row> Rows() =>
    [
        .. Sentences("read", "recorded", "Bssid", "Ssid", "Client"),
        .. Sentences("print", "Bssid", "Ssid", "Client", "Network"),
        .. Load(0),
        .. Load(1),
    ];

    private IEnumerable<Row> Sentences(string what, params string[] kinds)
    {
        foreach (string kind in kinds)
        {
            Series ns = new();
            Series allocated = new();
            long bytes = 0;
            long words = 0;
            for (int round = 0; round < options.Rounds; round++)
            {
                IReadOnlyDictionary<string, long> numbers = Worker.Run(Lab.Self(what, kind, options.Seconds.ToString(CultureInfo.InvariantCulture)));
                ns.Add((double)numbers["cpu_ns"] / numbers["frames"]);
                allocated.Add((double)numbers["allocated"] / numbers["frames"]);
                bytes = numbers["bytes"];
                words = numbers.GetValueOrDefault("words_per_thousand");
            }

            bool isRead = what == "read";
            yield return new Row
            {
                What = $"sentences {(isRead ? "read" : "printed")}, {(kind == "recorded" ? "a recorded session" : kind.ToUpperInvariant())} of {bytes} bytes"
                    + (isRead ? $", {Units.Number(words / 1000.0, "F1")} words" : string.Empty),
                Ours = $"{Units.Rate(1e9 / ns.Median)} ({Units.Ns(ns.Median)}), {Units.Number(allocated.Median, "F1")} bytes allocated",
                Aim = isRead ? $"{Units.Rate(ReadAim)} a core" : "",
                Reached = isRead ? 1e9 / ns.Median >= ReadAim : null,
                Noise = Units.Percent(ns.Spread),
            };
        }
    }

    private IEnumerable<Row> Load(int stuck)
    {
        IReadOnlyDictionary<string, long> n = Worker.Run(Lab.Self(
            "served", $"{Clients}", $"{Networks}", $"{Changes}", LoadSeconds(options).ToString(CultureInfo.InvariantCulture), $"{stuck}"));
        string with = stuck == 0 ? $"{Clients} clients, {Networks} networks, {Changes} changes a second" : $"the same with {stuck} more that never reads";
        yield return new Row
        {
            What = with + ", furthest behind",
            Ours = $"{Units.Number(n["max_lag_us"] / 1e6, "F2")} s, median client {Units.Number(n["median_lag_us"] / 1e6, "F2")} s",
            Aim = "2 s, the tick of 1 s included",
            Reached = n["complete"] == 1 && n["max_lag_us"] <= LagAimS * 1e6,
            Noise = $"{n["fewest_changes"]} of {n["sent"]} changes came to all",
        };
        yield return new Row
        {
            What = "  processor, bytes sent a second",
            Ours = $"{Units.Number(n["cpu_permille"] / 1000.0, "F2")} cores, {Units.Number(n["bytes_per_second"] / 1e6, "F0")} MB/s",
            Noise = $"dump of {Units.Number(n["dump_bytes"] / 1e6, "F0")} MB in {Units.Number(n["dumped_ms"] / 1e3, "F1")} s",
        };
        yield return new Row
        {
            What = "  server's memory",
            Ours = $"{Units.Number(n["heap"] / 1e6, "F0")} MB heap, {Units.Number(n["resident_peak"] / 1e6, "F0")} MB resident at most",
            Aim = "bounded",
            Noise = $"{Units.Number(n["resident_idle"] / 1e6, "F0")} MB resident before; {n["dropped"]} lines dropped of {n["dropping"]} clients, {n["most_queued"] / 1024} KiB queued at most",
        };
    }
}
