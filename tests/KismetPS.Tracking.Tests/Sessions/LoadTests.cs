using System.Diagnostics;
using KismetPS.TestKit.Frames;
using Xunit;
using Xunit.Abstractions;

namespace KismetPS.Tracking.Tests.Sessions;

/// <summary>Readers and the writer at one table: neither starves the other.</summary>
public sealed class LoadTests(ITestOutputHelper output)
{
    private const int Devices = 20_000;
    private const int Batch = 64;

    // The snapshot takes some 300 turns, and the writer gets in between them. Where it only could after the last it would have done one batch or two.
    private const long BatchesBeside = 10;

    /// <summary>A reader that kept the tables to itself would let the writer do one batch at most; a writer that did would keep the reader waiting for ever.</summary>
    [Fact]
    public async Task A_snapshot_is_there_while_the_writer_never_rests()
    {
        long beside = 0;

        // On a machine that others keep busy the writer may not run at all for as long as one snapshot takes.
        for (int attempt = 0; attempt < 20 && beside < BatchesBeside; attempt++)
        {
            beside = await Measure().WaitAsync(TimeSpan.FromSeconds(120));
        }

        Assert.InRange(beside, BatchesBeside, long.MaxValue);
    }

    private async Task<long> Measure()
    {
        EngineRig rig = new();
        byte[][] frames = [.. Enumerable.Range(0, Devices).Select(static i => i % 4 == 0
            ? FrameBuilder.Beacon(Macs.ApNumber(i), $"net-{i}", 6, SecurityPreset.Wpa2Psk).Build()
            : FrameBuilder.NullToDs(Macs.ApNumber(i / 4 * 4), Macs.Invented(i)).Build())];
        rig.HearBatch(frames);
        bool stop = false;
        long batches = 0;
        TimeSpan longest = TimeSpan.Zero;
        Task writing = Task.Factory.StartNew(
            () =>
            {
                for (int at = 0; !Volatile.Read(ref stop); at = (at + Batch) % (frames.Length - Batch))
                {
                    Stopwatch clock = Stopwatch.StartNew();
                    rig.Engine.BeginBatch();
                    longest = clock.Elapsed > longest ? clock.Elapsed : longest;
                    rig.Engine.EndBatch();
                    rig.HearBatch(frames.AsSpan(at, Batch));
                    Interlocked.Increment(ref batches);
                }
            },
            TaskCreationOptions.LongRunning);
        await Task.Delay(100);
        longest = TimeSpan.Zero;
        long before = Interlocked.Read(ref batches);
        Stopwatch reading = Stopwatch.StartNew();
        IReadOnlyList<KismetDevice> devices = rig.Devices();
        TimeSpan read = reading.Elapsed;
        long beside = Interlocked.Read(ref batches) - before;
        IReadOnlyList<KismetNetwork> networks = rig.Networks();
        Volatile.Write(ref stop, true);
        await writing;
        output.WriteLine($"{devices.Count} devices in {read.TotalMilliseconds:F0} ms, {beside * Batch} frames beside it; the writer waited {longest.TotalMilliseconds:F1} ms at most.");
        Assert.Equal(Devices, devices.Count);
        Assert.Equal(Devices / 4, networks.Count);
        return beside;
    }
}
