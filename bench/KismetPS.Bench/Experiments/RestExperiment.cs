using System.Globalization;
using KismetPS.Bench.Corpora;
using KismetPS.Bench.Peers;
using KismetPS.Bench.Report;

namespace KismetPS.Bench.Experiments;

/// <summary>An HTTP server with many devices, polled each second: what a record takes, and what a poll does.</summary>
internal sealed class RestExperiment(Options options)
{
    /// <summary>Measures and prints the table.</summary>
    public static void Run(Options options)
    {
        Console.WriteLine($"Medians of {options.Rounds} runs of {Seconds(options)} s, processor time, one core; polls {PollSeconds(options)} s, live, the server in a process of its own on the same machine.");
        Console.WriteLine();
        Table.Write(new RestExperiment(options).Rows(), Console.Out);
        Console.WriteLine();
        Console.WriteLine($"Load while measuring (1 min): {Bench.Load()}.");
    }

    private static string Seconds(Options options) => options.Seconds.ToString(CultureInfo.InvariantCulture);

    private static string PollSeconds(Options options) => (5 * options.Seconds).ToString(CultureInfo.InvariantCulture);

    private IEnumerable<Row> Rows()
    {
        yield return Records("changed", "new facts");
        yield return Records("same", "told again");
        double whole = 0;
        if (PolledRecords.Recorded() is { } recorded)
        {
            whole = recorded.Whole;
            yield return new Row
            {
                What = "bytes a device, the 33 of the recordings",
                Ours = $"{Units.Number(recorded.Polled)} as polled",
                Peer = "all fields",
                Theirs = Units.Number(recorded.Whole),
                Ratio = Units.Times(recorded.Whole / recorded.Polled),
            };
        }

        foreach (int changes in new[] { 0, options.Devices / 100, options.Devices })
        {
            foreach (Row row in Polls(changes, whole))
            {
                yield return row;
            }
        }
    }

    private Row Records(string kind, string what)
    {
        Series ns = new();
        Series allocated = new();
        long bytes = 0;
        for (int round = 0; round < options.Rounds; round++)
        {
            IReadOnlyDictionary<string, long> n = Worker.Run(Lab.Self("polled", kind, Seconds(options)));
            ns.Add((double)n["cpu_ns"] / n["frames"]);
            allocated.Add((double)n["allocated"] / n["frames"]);
            bytes = n["bytes"];
        }

        return new Row
        {
            What = $"records of {bytes} bytes into the tables, {what}",
            Ours = $"{Units.Rate(1e9 / ns.Median)} ({Units.Ns(ns.Median)}), {Units.Number(allocated.Median, "F1")} bytes allocated",
            Aim = "0 bytes, no document",
            Reached = allocated.Median < 1,
            Noise = Units.Percent(ns.Spread),
        };
    }

    private IEnumerable<Row> Polls(int changes, double whole)
    {
        IReadOnlyDictionary<string, long> n = Worker.Run(Lab.Self("poll", $"{options.Devices}", $"{changes}", PollSeconds(options)));
        if (changes == 0)
        {
            yield return new Row
            {
                What = $"{options.Devices} devices known for the first time",
                Ours = $"{Units.Number(n["load_ms"] / 1e3, "F1")} s, {Units.Number(n["load_bytes"] / 1e6, "F1")} MB in pages of 1000",
                Peer = whole > 0 ? "all fields" : "",
                Theirs = whole > 0 ? $"{Units.Number(whole * options.Devices / 1e6)} MB" : "",
            };
        }

        yield return new Row
        {
            What = $"a poll, {changes} of {options.Devices} changed",
            Ours = $"{Units.Number(n["poll_us"] / 1e3, "F1")} ms, {Units.Number(n["poll_bytes"] / 1e6, "F3")} MB, every {Units.Number(n["interval_ms"] / 1e3, "F2")} s",
            Aim = "one in flight",
            Reached = n["most_in_flight"] == 1 && n["malformed"] == 0,
        };
        yield return new Row
        {
            What = "  processor, memory",
            Ours = $"{Units.Number(n["cpu_permille"] / 1000.0, "F3")} cores, {Units.Number(n["allocated"] / 1e3)} kB allocated a poll",
            Noise = $"{Units.Number(n["heap"] / 1e6)} MB heap, {Units.Number(n["resident"] / 1e6)} MB resident",
        };
    }
}
