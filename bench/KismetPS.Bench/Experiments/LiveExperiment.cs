using System.Globalization;
using KismetPS.Bench.Peers;
using KismetPS.Bench.Report;

namespace KismetPS.Bench.Experiments;

/// <summary>
/// A sending process, loopback, and a receiving process: ours, which decodes and tracks, in turn with the C loop, which only receives.
/// </summary>
internal sealed class LiveExperiment(Lab lab)
{
    private const int BufferBytes = 4 << 20;
    private const double WarmUpRate = 20_000;

    // As long as a compiler in the background may still be busy with what was cold a moment ago.
    private const double WarmUpSeconds = 2;

    private readonly double _rate = lab.Options.Rate;

    /// <summary>Measures both in turn, round by round.</summary>
    public IEnumerable<Row> Run()
    {
        Side ours = new(Lab.Self("receive", BufferBytes.ToString(CultureInfo.InvariantCulture)));
        Side? theirs = lab.ReceiveLoop is { } loop ? new([loop, BufferBytes.ToString(CultureInfo.InvariantCulture)]) : null;
        for (int round = 0; round < lab.Options.Rounds; round++)
        {
            Measure(ours);
            if (theirs is not null)
            {
                Measure(theirs);
            }
        }

        yield return new Row
        {
            What = $"received, decoded, tracked at {Units.Rate(_rate)}, {BufferBytes >> 20} MiB",
            Ours = $"{ours.Lossless} of {lab.Options.Rounds} runs without loss at {Units.Rate(ours.Rate.Median)}",
            Aim = $"no loss at {Units.Rate(_rate)}",
            // A sender that did not get the processor for the rate has shown nothing.
            Reached = ours.Rate.Median >= _rate * 0.98 ? ours.Lossless * 2 > lab.Options.Rounds : null,
            Peer = "C recvmmsg loop",
            Theirs = theirs is null ? "absent" : $"{theirs.Lossless} of {lab.Options.Rounds} at {Units.Rate(theirs.Rate.Median)}",
            Noise = ours.Rate.Median >= _rate * 0.98 ? "" : "sender too slow",
        };
        yield return new Row
        {
            What = "kernel drops, median of runs",
            Ours = $"{Units.Number(ours.Dropped.Median)} of {Units.Number(ours.Sent.Median)}",
            Aim = "0",
            Reached = ours.Dropped.Median == 0,
            Peer = "C recvmmsg loop",
            Theirs = theirs is null ? "absent" : $"{Units.Number(theirs.Dropped.Median)} of {Units.Number(theirs.Sent.Median)}",
        };
        yield return new Row
        {
            What = "processor time a datagram, whole process",
            Ours = Units.Ns(ours.Cpu.Median),
            Peer = "C recvmmsg loop",
            Theirs = theirs is null ? "absent" : Units.Ns(theirs.Cpu.Median),
            Ratio = theirs is null ? "" : Units.Times(ours.Cpu.Median / theirs.Cpu.Median),
            Noise = theirs is null ? Units.Percent(ours.Cpu.Spread) : $"{Units.Percent(ours.Cpu.Spread)}, {Units.Percent(theirs.Cpu.Spread)}",
        };
        yield return new Row
        {
            What = "allocated a datagram, whole process",
            Ours = $"{Units.Number(ours.Allocated.Median, "F3")} bytes",
            Aim = "0 bytes",
            // Asking for the counters allocates a few kilobytes.
            Reached = ours.Allocated.Median < 0.05,
        };
    }

    private void Measure(Side side)
    {
        using Receiver receiver = new(side.Command);
        Send(receiver.Port, WarmUpRate, WarmUpSeconds);
        Thread.Sleep(200);
        receiver.Counters();
        IReadOnlyDictionary<string, long> before = receiver.Counters();
        IReadOnlyDictionary<string, long> sent = Send(receiver.Port, _rate, lab.Options.Seconds);
        Thread.Sleep(200);
        IReadOnlyDictionary<string, long> after = receiver.Counters();
        long received = after["received"] - before["received"];
        side.Rate.Add(sent["sent"] / (sent["elapsed_ns"] / 1e9));
        side.Sent.Add(sent["sent"]);
        side.Dropped.Add(after["kernel_dropped"] - before["kernel_dropped"]);
        side.Lossless += received == sent["sent"] ? 1 : 0;
        side.Cpu.Add((double)(after["cpu_ns"] - before["cpu_ns"]) / Math.Max(1, received));
        if (after.TryGetValue("allocated", out long allocated))
        {
            side.Allocated.Add((double)(allocated - before["allocated"]) / Math.Max(1, received));
        }
    }

    private IReadOnlyDictionary<string, long> Send(int port, double perSecond, double seconds)
    {
        string[] words =
        [
            lab.CorpusPath,
            port.ToString(CultureInfo.InvariantCulture),
            perSecond.ToString(CultureInfo.InvariantCulture),
            seconds.ToString(CultureInfo.InvariantCulture),
        ];
        return Worker.Run(lab.Sender is { } sender ? [sender, .. words, "gso"] : Lab.Self(["send", .. words]));
    }

    private sealed class Side(IReadOnlyList<string> command)
    {
        public IReadOnlyList<string> Command => command;

        public Series Rate { get; } = new();

        public Series Sent { get; } = new();

        public Series Dropped { get; } = new();

        public Series Cpu { get; } = new();

        public Series Allocated { get; } = new();

        public int Lossless { get; set; }
    }
}
