using System.Globalization;
using KismetPS.Bench.Experiments;
using KismetPS.Bench.Peers;
using KismetPS.Bench.Report;

namespace KismetPS.Bench.Goals;

/// <summary>Decoding and tracking with many devices, in no order: rate of a core, memory, pauses of the receive thread.</summary>
internal sealed class TrackGoal(GoalLab goals)
{
    private const int Many = 100_000;
    private const int Most = 1_000_000;
    private const double ManyAim = 4e6;
    private const double MostAim = 2e6;
    private const double BytesAim = 400;
    private const double PauseAimMs = 10;
    private const double GapRate = 200_000;
    private const int Rounds = 3;

    /// <summary>Measures.</summary>
    public IEnumerable<Part> Measure()
    {
        foreach ((int devices, double aim) in ((int, double)[])[(Many, ManyAim), (Most, MostAim)])
        {
            string corpus = goals.Devices(devices);
            Series ns = new();
            Series bytes = new();
            for (int round = 0; round < Rounds; round++)
            {
                IReadOnlyDictionary<string, long> numbers = Worker.Run(Lab.Self("track", corpus, "1", "1"));
                ns.Add((double)numbers["cpu_ns"] / numbers["frames"]);
                bytes.Add((double)numbers["allocated"] / numbers["frames"]);
            }

            yield return new Part(
                $"frames a second and core, {devices / 1000} k devices in no order",
                1e9 / ns.Median,
                aim,
                AtMost: false,
                Units.Rate,
                $"{Units.Ns(ns.Median)}, noise {Units.Percent(ns.Spread)}");
            yield return new Part($"allocated a frame, {devices / 1000} k devices", Math.Round(bytes.Median, 2), 0, AtMost: true, static v => Units.Number(v, "0.##") + " B");
        }

        // Several times: the block that the tables take next may have been made ready before it is wanted, or not yet.
        Series held = new();
        Series tables = new();
        for (int round = 0; round < Rounds; round++)
        {
            IReadOnlyDictionary<string, long> memory = Worker.Run(Lab.Self("memory", Most.ToString(CultureInfo.InvariantCulture)));
            held.Add((double)memory["bytes"] / memory["devices"]);
            tables.Add((double)memory["table_bytes"] / memory["devices"]);
        }

        yield return new Part(
            $"memory of a device, {Most} devices, median of {Rounds}",
            held.Median,
            BytesAim,
            AtMost: true,
            static v => Units.Number(v) + " B",
            $"of which tables and indexes {Units.Number(tables.Median)} B; most {Units.Number(held.Max)} B");
        if (goals.Lab.Sender is null)
        {
            throw new InvalidOperationException("the C sender is absent: pauses were not measured");
        }

        foreach ((int devices, bool reads) in ((int, bool)[])[(Many, false), (Many, true), (Most, false)])
        {
            double seconds = devices == Most ? 8 : 5;
            using Receiver receiver = new(Lab.Self("gaps", reads ? "read" : "alone"));
            Send(receiver, goals.Lab.CorpusPath, 50_000, 3);
            long dropped = receiver.Counters()["kernel_dropped"];
            IReadOnlyDictionary<string, long> sent = Send(receiver, goals.Devices(devices), GapRate, seconds);
            IReadOnlyDictionary<string, long> gaps = receiver.Counters();
            yield return new Part(
                $"receive thread away from its socket, p99.9, {devices / 1000} k devices at {Units.Rate(sent["sent"] / (sent["elapsed_ns"] / 1e9))}{(reads ? ", all of them read once a second" : "")}",
                gaps["p999_ns"] / 1e6,
                PauseAimMs,
                AtMost: true,
                static v => Units.Number(v, "F2") + " ms",
                $"longest {Units.Number(gaps["longest_ns"] / 1e6, "F1")} ms of {gaps["batches"]} batches, kernel dropped {gaps["kernel_dropped"] - dropped}, {gaps["devices"]} devices, {gaps["snapshots"]} times read, collector paused at most {Units.Number(gaps["gc_longest_ns"] / 1e6, "F1")} ms");
        }
    }

    private IReadOnlyDictionary<string, long> Send(Receiver receiver, string corpus, double rate, double seconds) => Worker.Run(
    [
        goals.Lab.Sender!,
        corpus,
        receiver.Port.ToString(CultureInfo.InvariantCulture),
        rate.ToString("F0", CultureInfo.InvariantCulture),
        seconds.ToString(CultureInfo.InvariantCulture),
        "gso",
    ]);
}
