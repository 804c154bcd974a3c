using System.Globalization;
using KismetPS.Bench.Experiments;
using KismetPS.Bench.Peers;
using KismetPS.Bench.Report;

namespace KismetPS.Bench.Goals;

/// <summary>Receiving with full decoding and tracking, against the C loop that only receives: the cost of a datagram, and loss at nine tenths of what that loop takes.</summary>
internal sealed class ReceiveGoal(Lab lab)
{
    private const int BufferBytes = 4 << 20;
    private const double CostAim = 1.25;
    private const double Share = 0.9;
    private const int Rounds = 5;
    private const double Seconds = 1.5;

    // From what any machine takes up, by a tenth each.
    private const double FirstRate = 150_000;
    private const double Step = 1.1;
    private const double LastRate = 1_500_000;

    /// <summary>Measures both in turn, round by round.</summary>
    public IEnumerable<Part> Measure()
    {
        if (lab.ReceiveLoop is null || lab.Sender is null)
        {
            throw new InvalidOperationException("the C loops are absent");
        }

        string buffer = BufferBytes.ToString(CultureInfo.InvariantCulture);
        using Receiver theirs = new([lab.ReceiveLoop, buffer]);
        using Receiver ours = new(Lab.Self("receive", buffer));

        // Ours compiles while it is warm; the loop needs none.
        Send(ours, 50_000, 2);
        Thread.Sleep(300);
        double rate = LosslessRate(theirs);
        Series cost = new();
        Series theirCost = new();
        Series lost = new();
        Series dropped = new();
        Series reached = new();
        Series allocated = new();
        for (int round = 0; round < Rounds; round++)
        {
            Burst us = Take(ours, rate * Share, Seconds);
            Burst them = Take(theirs, rate * Share, Seconds);
            cost.Add(us.NsEach);
            theirCost.Add(them.NsEach);
            lost.Add(us.Sent - us.Received);
            dropped.Add(us.Dropped);
            reached.Add(us.Rate);
            allocated.Add(us.BytesEach);
        }

        yield return new Part(
            "processor time of a datagram, by the C recvmmsg loop's",
            cost.Median / theirCost.Median,
            CostAim,
            AtMost: true,
            Units.Times,
            $"{Units.Ns(cost.Median)} and {Units.Ns(theirCost.Median)}, noise {Units.Percent(cost.Spread)}, {Units.Percent(theirCost.Spread)}");
        yield return new Part(
            $"datagrams lost of {Units.Number(reached.Median * Seconds)} at {Units.Rate(reached.Median)}, median of {Rounds}",
            lost.Median,
            0,
            AtMost: true,
            static v => Units.Number(v),
            $"the C loop loses none up to {Units.Rate(rate)}; runs with loss: {lost.CountAbove(0)}");
        yield return new Part(
            "dropped by the kernel, median",
            dropped.Median,
            0,
            AtMost: true,
            static v => Units.Number(v),
            $"buffer {ours.BufferBytes} bytes, allocated {Units.Number(allocated.Median, "F3")} bytes a datagram");
    }

    // Up the ladder while at least one of two tries loses nothing: a neighbour on the machine must not end it.
    private double LosslessRate(Receiver receiver)
    {
        double good = FirstRate;
        for (double rate = FirstRate; rate <= LastRate; rate *= Step)
        {
            Burst burst = default;
            bool lossless = false;
            for (int i = 0; i < 2 && !lossless; i++)
            {
                burst = Take(receiver, rate, 0.5);
                lossless = burst.Received == burst.Sent;
            }

            // The sender's own limit ends it too: above it nothing is shown.
            if (!lossless || burst.Rate < rate * 0.98)
            {
                return lossless ? Math.Max(good, burst.Rate) : good;
            }

            good = rate;
        }

        return good;
    }

    private Burst Take(Receiver receiver, double rate, double seconds)
    {
        receiver.Counters();
        IReadOnlyDictionary<string, long> before = receiver.Counters();
        IReadOnlyDictionary<string, long> sent = Send(receiver, rate, seconds);
        Thread.Sleep(100);
        IReadOnlyDictionary<string, long> after = receiver.Counters();
        long received = after["received"] - before["received"];
        long allocated = after.GetValueOrDefault("allocated") - before.GetValueOrDefault("allocated");
        return new Burst(
            sent["sent"],
            received,
            after["kernel_dropped"] - before["kernel_dropped"],
            sent["sent"] / (sent["elapsed_ns"] / 1e9),
            (double)(after["cpu_ns"] - before["cpu_ns"]) / Math.Max(1, received),
            (double)allocated / Math.Max(1, received));
    }

    private IReadOnlyDictionary<string, long> Send(Receiver receiver, double rate, double seconds) => Worker.Run(
    [
        lab.Sender!,
        lab.CorpusPath,
        receiver.Port.ToString(CultureInfo.InvariantCulture),
        rate.ToString("F0", CultureInfo.InvariantCulture),
        seconds.ToString(CultureInfo.InvariantCulture),
        "gso",
    ]);

    private readonly record struct Burst(long Sent, long Received, long Dropped, double Rate, double NsEach, double BytesEach);
}
