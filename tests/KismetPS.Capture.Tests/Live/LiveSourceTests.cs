using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using KismetPS.Capture.Live;
using KismetPS.Capture.Tests.Tzsp;
using KismetPS.TestKit;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Capture.Tests.Live;

/// <summary>Real captures: on the loopback, and on interfaces made for the test.</summary>
public class LiveSourceTests
{
    private const string Loopback = "lo";

    // Radiotap: channel 2437 MHz, signal -60 dBm. Then the beginning of a beacon.
    private static readonly byte[] Radiotap = [0, 0, 13, 0, 0x28, 0, 0, 0, 0x85, 0x09, 0xA0, 0, 0xC4];

    private static readonly byte[] Beacon =
    [
        0x80, 0, 0, 0, 255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 9, 2, 0, 0, 0, 0, 9, 0x10, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 100, 0, 1, 0, 0, 3, (byte)'a', (byte)'b', (byte)'c',
    ];

    [LiveFact(LiveNeed.LoopbackCapture)]
    public void TZSP_seen_on_an_interface_gives_its_frames()
    {
        // Nobody listens; a refused datagram is seen on the loopback all the same. Of what other tests send nothing is to fill the buffer.
        int port = FreePort.Next(), other = FreePort.Next();
        using var source = new LiveSource(new LiveCaptureOptions { Interface = Loopback, TzspPort = port, Filter = $"udp port {port} or udp port {other}" });
        source.Open();
        Assert.Equal(LinkType.Ethernet, source.LinkType);
        Assert.False(source.IsMonitor);
        using var run = new Running(source);
        using var sender = new UdpClient();
        byte[] message = [1, 0, 0, 18, 10, 1, 0xC4, 1, .. Beacon];
        long before = Now();
        for (int i = 0; i < 1000; i++)
        {
            sender.Send(message, message.Length, new IPEndPoint(IPAddress.Loopback, port));
            if (i % 50 == 49)
            {
                // Never more under way than the buffer holds.
                run.WaitFor(i + 1);
            }
        }

        // Another port: seen, not TZSP.
        sender.Send(message, message.Length, new IPEndPoint(IPAddress.Loopback, other));
        run.WaitFor(1000);
        run.Stop();

        Assert.Equal(1000, run.Sink.Frames.Count);
        (byte[] packet, FrameInfo info) = run.Sink.Frames[999];
        Assert.Equal(Beacon, packet);
        Assert.Equal(LinkType.Ieee80211, info.LinkType);
        Assert.Equal(-60, info.Radio.SignalDbm);
        Assert.InRange(info.TimestampNs, before, Now());
        FrameOrigin origin = Assert.Single(source.Origins);
        Assert.Equal("127.0.0.1", origin.Id);
        Assert.Equal(1000, origin.Counters.Received);
        SourceCounters counters = source.ReadCounters();
        Assert.True(counters.Received >= 1000);
        Assert.Equal(0, counters.KernelDropped);
    }

    [LiveFact(LiveNeed.TapDevice)]
    public void An_interface_in_monitor_mode_gives_radiotap_packets()
    {
        using var tap = new TapDevice(TapDevice.MonitorRadiotap);
        using var source = new LiveSource(new LiveCaptureOptions { Interface = tap.Name });
        source.Open();
        Assert.Equal(LinkType.Radiotap, source.LinkType);
        using var run = new Running(source);
        byte[] packet = [.. Radiotap, .. Beacon];
        for (int i = 1; i <= 300; i++)
        {
            tap.Receive(packet);
            if (i % 50 == 0)
            {
                run.WaitFor(i);
            }
        }
        run.Stop();
        Assert.Equal(300, run.Sink.Frames.Count);
        Assert.All(run.Sink.Frames, f =>
        {
            Assert.Equal(packet, f.Packet);
            Assert.Equal(LinkType.Radiotap, f.Info.LinkType);
            Assert.Equal(packet.Length, f.Info.OriginalLength);
            Assert.Equal(tap.Name, f.Info.Origin.Id);
        });
        Assert.Equal(300, Assert.Single(source.Origins).Counters.Received);
        Assert.Equal(300 * packet.Length, source.ReadCounters().Bytes);
    }

    [LiveFact(LiveNeed.TapDevice)]
    public void A_filter_is_applied_by_the_kernel_and_the_length_limit_kept()
    {
        using var tap = new TapDevice(TapDevice.MonitorRadiotap);
        using var source = new LiveSource(new LiveCaptureOptions { Interface = tap.Name, Filter = "type mgt subtype beacon", SnapLength = 40 });
        source.Open();
        using var run = new Running(source);
        byte[] data = [.. Radiotap, .. Beacon];
        data[Radiotap.Length] = 0x08;
        for (int i = 0; i < 50; i++)
        {
            tap.Receive(data);
            tap.Receive([.. Radiotap, .. Beacon]);
        }

        run.WaitFor(50);
        Thread.Sleep(200);
        run.Stop();
        Assert.Equal(50, run.Sink.Frames.Count);
        Assert.All(run.Sink.Frames, static f => Assert.Equal((40, Radiotap.Length + Beacon.Length), (f.Packet.Length, f.Info.OriginalLength)));
    }

    [LiveFact(LiveNeed.TapDevice)]
    public void An_idle_interface_idles_the_sink_and_stops()
    {
        using var tap = new TapDevice(TapDevice.MonitorRadiotap);
        using var source = new LiveSource(new LiveCaptureOptions { Interface = tap.Name });
        source.Open();
        using var run = new Running(source);
        run.WaitUntil(() => run.Sink.Idles >= 3);
        run.Stop();
        Assert.Equal(0, run.Sink.Batches);
    }

    [LiveFact(LiveNeed.TapDevice)]
    public void Disposed_while_it_runs_it_ends_and_closes()
    {
        using var tap = new TapDevice(TapDevice.MonitorRadiotap);
        var source = new LiveSource(new LiveCaptureOptions { Interface = tap.Name });
        source.Open();
        using var run = new Running(source);
        Thread.Sleep(100);
        source.Dispose();
        Assert.True(run.Task.Wait(RunningSource.PatienceMs));
        source.Dispose();
    }

    [LiveFact(LiveNeed.TapDevice)]
    public void An_interface_that_goes_away_is_an_error_of_the_run()
    {
        var tap = new TapDevice(TapDevice.MonitorRadiotap);
        using var source = new LiveSource(new LiveCaptureOptions { Interface = tap.Name });
        source.Open();
        using var run = new Running(source);
        tap.Receive([.. Radiotap, .. Beacon]);
        run.WaitFor(1);
        tap.Dispose();
        AggregateException e = Assert.Throws<AggregateException>(() => run.Task.Wait(RunningSource.PatienceMs));
        KismetException failure = Assert.IsType<KismetException>(e.InnerException);
        Assert.Equal(KismetErrorId.NetworkFailure, failure.Id);
        Assert.Contains(tap.Name, failure.Message, StringComparison.Ordinal);
        // What was received before is kept.
        Assert.Single(run.Sink.Frames);
    }

    [LiveFact(LiveNeed.TapDevice)]
    public void Nothing_is_allocated_per_packet()
    {
        using var tap = new TapDevice(TapDevice.MonitorRadiotap);
        using var source = new LiveSource(new LiveCaptureOptions { Interface = tap.Name });
        source.Open();
        byte[] packet = [.. Radiotap, .. Beacon];
        for (int i = 0; i < 3000; i++)
        {
            tap.Receive(packet);
        }

        using var stop = new CancellationTokenSource(RunningSource.PatienceMs);
        var sink = new MeasuringSink(1000, 3000, stop);
        source.Run(sink, stop.Token);
        Assert.Equal(3000, sink.Count);
        // The smallest object of each packet would be 48,000 bytes; the rest is what the runtime takes once.
        Assert.InRange(sink.Allocated, 0, 16 * 1024);
    }

    [LiveFact(LiveNeed.LoopbackCapture)]
    public void An_interface_that_is_not_there_is_told_with_those_that_are()
    {
        KismetException e = Fails(new LiveCaptureOptions { Interface = "nosuch0" });
        Assert.Equal(KismetErrorId.InterfaceNotFound, e.Id);
        Assert.Contains("'nosuch0'", e.Message, StringComparison.Ordinal);
        Assert.Contains(Loopback, e.Advice!, StringComparison.Ordinal);
    }

    [LiveFact(LiveNeed.LoopbackCapture)]
    public void A_filter_that_does_not_compile_is_told_with_the_reason()
    {
        KismetException e = Fails(new LiveCaptureOptions { Interface = Loopback, Filter = "type mgt and nonsense" });
        Assert.Equal(KismetErrorId.FilterInvalid, e.Id);
        Assert.Contains("nonsense", e.Message, StringComparison.Ordinal);
        Assert.Contains("802.11", Fails(new LiveCaptureOptions { Interface = Loopback, Filter = "type mgt" }).Message, StringComparison.Ordinal);
    }

    [LiveFact(LiveNeed.LoopbackCapture)]
    public void A_channel_on_what_is_no_radio_is_refused()
    {
        KismetException e = Fails(new LiveCaptureOptions { Interface = Loopback, Channel = 6 });
        Assert.Equal(KismetErrorId.InterfaceNotCapable, e.Id);
        Assert.Contains("channel 6", e.Message, StringComparison.Ordinal);
        Assert.Equal(KismetErrorId.InterfaceNotCapable, Fails(new LiveCaptureOptions { Interface = Loopback, Channel = 20 }).Id);
    }

    [LiveFact(LiveNeed.LoopbackCapture)]
    public void Without_the_right_to_capture_the_advice_says_how_to_get_it() => Capabilities.RunWithout(static () =>
    {
        KismetException e = Fails(new LiveCaptureOptions { Interface = Loopback });
        Assert.Equal(KismetErrorId.PermissionDenied, e.Id);
        Assert.Contains("setcap", e.Advice!, StringComparison.Ordinal);
    });

    [Fact]
    public void A_machine_without_the_library_is_told_what_to_install()
    {
        Assert.Null(PcapApi.TryLoad(["libnosuchpcap.so.1", "nosuch.dll"]));
        KismetException e = PcapApi.Missing();
        Assert.Equal(KismetErrorId.PcapLibraryMissing, e.Id);
        Assert.Contains(OperatingSystem.IsWindows() ? "https://npcap.com" : "libpcap0.8", e.Advice!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_without_the_functions_is_none()
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.Null(PcapApi.TryLoad(["libc.so.6"]));
        }
        else
        {
            Assert.Null(PcapApi.TryLoad(["kernel32.dll", "libSystem.dylib"]));
        }
    }

    private static KismetException Fails(LiveCaptureOptions options)
    {
        using var source = new LiveSource(options);
        return Assert.Throws<KismetException>(source.Open);
    }

    private static long Now() => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    /// <summary>A source running on a thread of its own.</summary>
    private sealed class Running : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();

        public Running(LiveSource source) => Task = System.Threading.Tasks.Task.Factory.StartNew(
            () => source.Run(Sink, _stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        public RecordingSink Sink { get; } = new();

        public Task Task { get; }

        public void WaitFor(int frames) => WaitUntil(() => Sink.Frames.Count >= frames);

        public void WaitUntil(Func<bool> condition)
        {
            for (var clock = Stopwatch.StartNew(); !condition() && !Task.IsCompleted; Thread.Sleep(5))
            {
                Assert.True(clock.ElapsedMilliseconds < RunningSource.PatienceMs, $"{Sink.Frames.Count} frames, {Sink.Idles} idle calls");
            }
        }

        public void Stop()
        {
            _stop.Cancel();
            Assert.True(Task.Wait(RunningSource.PatienceMs), "still running");
        }

        public void Dispose()
        {
            _stop.Cancel();
            Task.WhenAny(Task, System.Threading.Tasks.Task.Delay(RunningSource.PatienceMs)).Wait();
            _stop.Dispose();
        }
    }

    /// <summary>Measures what its thread allocates between two packets.</summary>
    private sealed class MeasuringSink(int from, int to, CancellationTokenSource stop) : IFrameSink
    {
        private long _start;

        public int Count { get; private set; }

        public long Allocated { get; private set; } = -1;

        public void BeginBatch()
        {
        }

        public void OnFrame(ReadOnlySpan<byte> packet, in FrameInfo info)
        {
            Count++;
            if (Count == from)
            {
                _start = GC.GetAllocatedBytesForCurrentThread();
            }
            else if (Count == to)
            {
                Allocated = GC.GetAllocatedBytesForCurrentThread() - _start;
                stop.Cancel();
            }
        }

        public void EndBatch()
        {
        }

        public void OnIdle()
        {
        }
    }
}
