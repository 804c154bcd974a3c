using System.Diagnostics;
using KismetPS.Capture;
using KismetPS.Capture.Pcap;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using KismetPS.Tracking.Engine;
using KismetPS.Tracking.Tables;
using KismetPS.Wireless;
using Xunit;

namespace KismetPS.Tracking.Tests.Engine;

/// <summary>Reading on one thread and tracking on another gives what one thread gives, and ends as it does.</summary>
public sealed class FramePipeTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly TestFolder _folder = new();

    public static TheoryData<string> Captures => OracleCaptures.All;

    public void Dispose() => _folder.Dispose();

    [CapturesTheory]
    [MemberData(nameof(Captures))]
    public void Captures_give_the_same(string file)
    {
        Compare(OracleCaptures.Path(file));
        Compare(OracleCaptures.TzspPath(file));
    }

    [Theory]
    [InlineData("office.pcapng")]
    [InlineData("two-sensors.tzsp.pcap")]
    public void Samples_give_the_same(string file)
    {
        FileRun run = Compare(Checkout.At("samples", file));
        Assert.NotEmpty(run.Parts["devices"]);
        Assert.NotEmpty(run.Parts["frames"]);
        Assert.Equal(file.Contains("tzsp", StringComparison.Ordinal), run.Parts["packets"].Count > 0);
    }

    // Of small tables, so that devices are pushed out and time out: when that happens hangs on where batches end.
    [Theory]
    [InlineData(1, LinkType.Ieee80211, 60)]
    [InlineData(2, LinkType.Ieee80211, 20_000)]
    [InlineData(3, LinkType.Tzsp, 400)]
    [InlineData(4, LinkType.Tzsp, 20_000)]
    [InlineData(5, LinkType.Radiotap, 300)]
    public void Random_input_gives_the_same(int seed, LinkType link, int stations)
    {
        RandomAir air = new(seed, stations);
        Random random = new(seed);
        byte[] header = link switch
        {
            LinkType.Tzsp => [1, 0, 0, 18, 10, 1, 200, 18, 1, 6, 1],
            LinkType.Radiotap => [0, 0, 10, 0, 0x22, 0, 0, 0, 0, 200],
            _ => [],
        };
        string file = _folder.At("random.pcap");
        PcapFileWriter.Write(file, (int)link, Enumerable.Range(0, 20_000).Select(_ => Packet()), stepUs: 5000);
        FileRun run = Compare(file, new TrackerOptions { MaxDevices = DeviceTables.MinDevices, DeviceTimeout = TimeSpan.FromSeconds(20) });
        Assert.NotEmpty(run.Parts["removed"]);
        Assert.NotEmpty(run.Parts["networks"]);
        Assert.NotEmpty(run.Parts["alerts"]);

        // And of a file that is damaged somewhere.
        byte[] bytes = File.ReadAllBytes(file);
        for (int i = 0; i < 20; i++)
        {
            bytes[random.Next(1000, bytes.Length)] ^= 0xFF;
        }

        File.WriteAllBytes(file, bytes[..random.Next(bytes.Length / 2, bytes.Length)]);
        Compare(file);

        byte[] Packet()
        {
            byte[] packet = [.. header, .. random.Next(10) == 0 ? air.NextDamaged() : air.Next()];
            return random.Next(50) == 0 ? packet[..random.Next(packet.Length)] : packet;
        }
    }

    [Fact]
    public void Packets_of_any_size_fit()
    {
        Random random = new(9);
        byte[] beacon = FrameBuilder.Beacon(Macs.ApNumber(1), "large", 6, SecurityPreset.Open).Build();
        string file = _folder.At("large.pcap");
        PcapFileWriter.Write(file, (int)LinkType.Ieee80211, Enumerable.Range(0, 1500).Select(i =>
        {
            byte[] packet = new byte[i % 100 == 0 ? CaptureReader.MaxPacketBytes : i % 7 == 0 ? random.Next(60_000, 70_000) : random.Next(3000)];
            beacon.AsSpan(0, Math.Min(beacon.Length, packet.Length)).CopyTo(packet);
            return packet;
        }));
        FileRun run = FileRun.Of(file, piped: true);
        Assert.Equal(1500, run.Parts["frames"].Count + Dropped(run));
        Assert.Equal(FileRun.Of(file, piped: false).Parts["devices"], run.Parts["devices"]);

        // A queue of 256 KiB takes no record of more than half of it: dropped and counted on either path.
        static long Dropped(FileRun run) => System.Text.Json.Nodes.JsonNode.Parse(run.Parts["statistics"][0])!["QueueDropped"]!.GetValue<long>();
    }

    [Fact]
    public async Task What_tracking_throws_ends_the_source_and_is_thrown()
    {
        RandomAir air = new(4, 100_000);
        CaptureEngine engine = Engine(out SnapshotReader tables, new TrackerOptions { MaxDevices = DeviceTables.MinDevices });
        engine.Tracker.Tables.Removing = _ => throw new NotSupportedException("full");
        EagerSource source = new((self, sink, stop) =>
        {
            while (!stop.IsCancellationRequested)
            {
                sink.BeginBatch();
                for (int i = 0; i < 100; i++)
                {
                    self.Frame(sink, air.Next());
                }

                sink.EndBatch();
            }
        });
        Task run = Run(engine, source, CancellationToken.None);
        Assert.Equal("full", (await Assert.ThrowsAsync<NotSupportedException>(() => run.WaitAsync(s_patience))).Message);

        // The tables can be read: the gate was given back.
        Assert.NotEqual(0, await Task.Run(() => tables.Revision).WaitAsync(s_patience));
    }

    [Fact]
    public async Task What_the_source_throws_comes_after_all_it_delivered()
    {
        RandomAir air = new(4, 50);
        CaptureEngine engine = Engine(out SnapshotReader tables);
        EagerSource source = new((self, sink, _) =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                if (i % 256 == 0)
                {
                    sink.BeginBatch();
                }

                self.Frame(sink, air.Next());
                if (i % 256 == 255)
                {
                    sink.EndBatch();
                }
            }

            // In the middle of a batch, which nobody ends.
            throw new KismetException(KismetErrorId.FileNotReadable, "gone", "none");
        });
        Task run = Run(engine, source, CancellationToken.None);
        Assert.Equal(KismetErrorId.FileNotReadable, (await Assert.ThrowsAsync<KismetException>(() => run.WaitAsync(s_patience))).Id);
        Assert.Equal(10_000, Enum.GetValues<DecodeStatus>().Sum(engine.Outcome));
        Assert.NotEqual(0, await Task.Run(() => tables.Revision).WaitAsync(s_patience));
    }

    [Fact]
    public async Task What_has_come_is_tracked_before_more_comes()
    {
        byte[] frame = FrameBuilder.Beacon(Macs.ApNumber(1), "slow", 6, SecurityPreset.Open).Build();
        CaptureEngine engine = Engine(out _);
        EagerSource source = new((self, sink, _) =>
        {
            for (int i = 1; i <= 50; i++)
            {
                sink.BeginBatch();
                self.Frame(sink, frame);
                sink.EndBatch();
                Await(() => engine.Outcome(DecodeStatus.Ok) == i);
                if (i % 10 == 0)
                {
                    // Longer than the other side looks before it sleeps.
                    Thread.Sleep(20);
                }
            }
        });
        await Run(engine, source, CancellationToken.None).WaitAsync(s_patience);
        Assert.Equal(50, engine.Outcome(DecodeStatus.Ok));
    }

    [Fact]
    public async Task Time_passes_while_nothing_comes()
    {
        byte[] frame = FrameBuilder.Beacon(Macs.ApNumber(1), "idle", 6, SecurityPreset.Open).Build();
        CaptureEngine engine = new(new TrackerOptions { DeviceTimeout = TimeSpan.FromMilliseconds(200) }, 1, lossless: false, CancellationToken.None);
        EagerSource source = new((self, sink, _) =>
        {
            sink.BeginBatch();
            self.Frame(sink, frame, UnixTime.NowNs);
            sink.EndBatch();
            Await(() =>
            {
                sink.OnIdle();
                return engine.Tracker.Tables.Counters.DevicesExpired == 1;
            });
        });
        await Run(engine, source, CancellationToken.None).WaitAsync(s_patience);
        Assert.Equal(0, engine.Tracker.Tables.Devices.Count);
    }

    [Fact]
    public async Task A_source_waits_for_tracking_and_both_stop_when_told()
    {
        RandomAir air = new(4, 50);
        using CancellationTokenSource stop = new();
        CaptureEngine engine = Engine(out _, stop: stop.Token);
        using FrameReader reader = new(engine, 256 * 1024, static () => [], 1);
        EagerSource source = new((self, sink, token) =>
        {
            while (!token.IsCancellationRequested)
            {
                sink.BeginBatch();
                self.Frame(sink, air.Next());
                sink.EndBatch();
            }
        });
        Task run = Run(engine, source, stop.Token);
        long before;
        do
        {
            before = source.Delivered;
            await Task.Delay(200);
        }
        while (before == 0 || source.Delivered != before);
        Assert.False(run.IsCompleted);
        await stop.CancelAsync();
        await run.WaitAsync(s_patience);
        Assert.Equal(source.Delivered, Enum.GetValues<DecodeStatus>().Sum(engine.Outcome));
    }

    private static CaptureEngine Engine(out SnapshotReader tables, TrackerOptions? options = null, CancellationToken stop = default)
    {
        CaptureEngine engine = new(options ?? new TrackerOptions(), 1, lossless: true, stop);
        tables = new SnapshotReader(engine, new SnapshotBuilder(engine.Tracker.Tables, static () => [], static () => "test", 1));
        return engine;
    }

    private static Task Run(CaptureEngine engine, EagerSource source, CancellationToken stop) =>
        Task.Factory.StartNew(() => new FramePipe(engine).Run(source, "test", stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Await(Func<bool> condition)
    {
        for (long start = Stopwatch.GetTimestamp(); !condition(); Thread.Sleep(1))
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_patience);
        }
    }

    private static FileRun Compare(string path, TrackerOptions? options = null)
    {
        FileRun plain = FileRun.Of(path, piped: false, options);
        FileRun piped = FileRun.Of(path, piped: true, options);
        foreach ((string part, IReadOnlyList<string> lines) in plain.Parts)
        {
            Assert.Equal(lines.Count, piped.Parts[part].Count);
            Assert.Equal(lines, piped.Parts[part]);
        }

        return piped;
    }
}
