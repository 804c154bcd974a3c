using System.Diagnostics;
using System.IO.Pipes;
using KismetPS.Capture.Pcap;
using Xunit;

namespace KismetPS.Capture.Tests.Pcap;

public sealed class CaptureFileSourceTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly string _folder = Directory.CreateTempSubdirectory("kismetps").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void A_file_that_is_not_there_says_so()
    {
        string path = Path.Combine(_folder, "none.pcap");
        KismetException e = Assert.Throws<KismetException>(() => Reading.OfFile(path));
        Assert.Equal(KismetErrorId.FileNotFound, e.Id);
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
        Assert.Equal(KismetErrorId.FileNotFound, Assert.Throws<KismetException>(() => Reading.OfFile(Path.Combine(_folder, "no", "such", "x.pcap"))).Id);
    }

    [Fact]
    public void A_folder_is_not_readable()
    {
        KismetException e = Assert.Throws<KismetException>(() => Reading.OfFile(_folder));
        Assert.Equal(KismetErrorId.FileNotReadable, e.Id);
        Assert.Contains("folder", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n", "is no capture file")]
    [InlineData("ssid,bssid\r\nx,y\r\n", "is no capture file")]
    [InlineData("\u001f\u008b", "cannot be unpacked")]
    public void What_is_no_capture_is_told_with_what_is_understood(string text, string expected)
    {
        string path = Path.Combine(_folder, "x.pcap");
        File.WriteAllBytes(path, [.. text.Select(static c => (byte)c)]);
        KismetException e = Assert.Throws<KismetException>(() => Reading.OfFile(path));
        Assert.Equal(KismetErrorId.CaptureFormatUnknown, e.Id);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.NotNull(e.Advice);
        // Nothing is held after Open threw.
        File.Delete(path);
    }

    [Fact]
    public void Batches_are_bounded()
    {
        Reading reading = Reading.Of(Packets(1000, 0));
        Assert.Equal(1000, reading.Packets.Count);
        Assert.Equal(256, reading.Sink.LargestBatch);
        Assert.Equal(4, reading.Sink.Batches);
    }

    [Fact]
    public void Nothing_is_allocated_per_packet()
    {
        byte[] few = Packets(20_000, 0);
        byte[] many = Packets(60_000, 0);
        long first = Enumerable.Range(0, 5).Min(_ => Measure(few));
        long second = Enumerable.Range(0, 5).Min(_ => Measure(many));

        // 40,000 packets more, and the least object is 24 bytes: less than a byte each is the runtime's own, once.
        Assert.InRange(second - first, -40_000, 40_000);

        static long Measure(byte[] bytes)
        {
            var sink = new CountingSink();
            using var source = new CaptureFileSource(new MemoryStream(bytes, false), "x", new CaptureFileOptions());
            source.Open();
            long before = GC.GetAllocatedBytesForCurrentThread();
            source.Run(sink, CancellationToken.None);
            long after = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(bytes.Length > 2_000_000 ? 60_000 : 20_000, sink.Count);
            return after - before;
        }
    }

    [Theory]
    [InlineData(1, 400)]
    [InlineData(2, 200)]
    public void Speed_runs_the_recording_in_its_own_time_or_faster(double speed, int expectedMs)
    {
        // Five packets, 100 ms between them. Where a busy machine is late for all of them there is no time to be idle in.
        Reading reading;
        int tries = 0;
        do
        {
            var clock = Stopwatch.StartNew();
            reading = Reading.Of(Packets(5, 100_000), new CaptureFileOptions { Speed = speed });
            Assert.Equal(5, reading.Packets.Count);
            Assert.InRange(clock.ElapsedMilliseconds, expectedMs - 5, expectedMs + 60_000);
        }
        while (reading.Sink.Idles == 0 && ++tries < 20);
        Assert.True(reading.Sink.Idles >= 1, $"{reading.Sink.Idles} idle calls");
    }

    [Fact]
    public void A_wait_has_idle_calls_and_ends_when_stopped()
    {
        using var stop = new CancellationTokenSource();
        var sink = new CollectingSink { OnIdles = n => { if (n == 3) { stop.CancelAfter(100); } } };
        // More than an hour to the second packet.
        using var source = new CaptureFileSource(new MemoryStream(Packets(2, 999_999_000), false), "x", new CaptureFileOptions { Speed = 0.2 });
        source.Open();
        var clock = Stopwatch.StartNew();
        source.Run(sink, stop.Token);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Assert.Single(sink.Packets);
        Assert.True(sink.Idles >= 3, $"{sink.Idles} idle calls");
        sink.AssertClosed();
    }

    [Fact]
    public void A_clock_that_jumps_by_years_is_not_waited_for()
    {
        byte[] file = new CaptureBytes(false).PcapHeader(0xA1B2C3D4, 105).PcapRecord(1, 0, [1]).PcapRecord(4_000_000_000, 0, [2]).PcapRecord(2, 0, [3]).ToArray();
        var clock = Stopwatch.StartNew();
        Assert.Equal(3, Reading.Of(file, new CaptureFileOptions { Speed = 1 }).Packets.Count);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void A_stop_ends_the_reading_between_packets()
    {
        using var stop = new CancellationTokenSource();
        var sink = new CollectingSink { OnPacket = n => { if (n == 300) { stop.Cancel(); } } };
        using var source = new CaptureFileSource(new MemoryStream(Packets(1000, 0), false), "x", new CaptureFileOptions());
        source.Open();
        source.Run(sink, stop.Token);
        Assert.Equal(300, sink.Packets.Count);
        Assert.Null(source.Damage);
        sink.AssertClosed();
    }

    [Fact]
    public async Task A_slow_pipe_gets_idle_calls_its_packets_at_once_and_can_be_stopped()
    {
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        // Closed by the source when the read under way ends, which is when the server closes.
        var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        byte[] bytes = Packets(3, 0);
        server.Write(bytes, 0, 24);
        using var stop = new CancellationTokenSource();
        var second = new TaskCompletionSource();
        var sink = new CollectingSink { OnPacket = n => { if (n == 2) { second.SetResult(); } } };
        using var source = new CaptureFileSource(client, "pipe", new CaptureFileOptions());
        source.Open();
        Task run = Task.Run(() => source.Run(sink, stop.Token));
        await AwaitAsync(() => sink.Idles >= 2);
        // Two packets and half of the third.
        int record = (bytes.Length - 24) / 3;
        server.Write(bytes, 24, (record * 2) + 10);
        await second.Task.WaitAsync(s_patience);
        await AwaitAsync(() => sink.IsClosed);
        stop.Cancel();
        await run.WaitAsync(s_patience);
        Assert.Equal(2, sink.Packets.Count);
        Assert.Null(source.Damage);

        // The read under way ends when the writer does, which is later.
        await Task.Run(source.Dispose).WaitAsync(s_patience);
    }

    [Fact]
    public void A_file_still_being_written_can_be_read()
    {
        string path = Path.Combine(_folder, "open.pcap");
        using var writer = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        writer.Write(Packets(3, 0));
        writer.Flush();
        Assert.Equal(3, Reading.OfFile(path).Packets.Count);
    }

    private static async Task AwaitAsync(Func<bool> condition)
    {
        for (var clock = Stopwatch.StartNew(); !condition(); await Task.Delay(10))
        {
            Assert.True(clock.Elapsed < s_patience, "It did not come to that.");
        }
    }

    private static byte[] Packets(int count, uint stepUs)
    {
        var file = new CaptureBytes(false).PcapHeader(0xA1B2C3D4, 105);
        byte[] data = new byte[24];
        for (uint i = 0; i < count; i++)
        {
            ulong us = (ulong)i * stepUs;
            file.PcapRecord(1_700_000_000 + (uint)(us / 1_000_000), (uint)(us % 1_000_000), data);
        }

        return file.ToArray();
    }

    private sealed class CountingSink : IFrameSink
    {
        public int Count { get; private set; }

        public void BeginBatch()
        {
        }

        public void OnFrame(ReadOnlySpan<byte> packet, in FrameInfo info) => Count++;

        public void EndBatch()
        {
        }

        public void OnIdle()
        {
        }
    }
}
