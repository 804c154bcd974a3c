using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.TestKit;
using KismetPS.Wireless;
using Xunit;

namespace KismetPS.Capture.Tests.Tzsp;

/// <summary>The listener over real loopback sockets.</summary>
public sealed class TzspSourceTests
{
    [Fact]
    public void TheAddressToldBeforeIsTheOneBound()
    {
        foreach (IPAddress? asked in new[] { null, IPAddress.Loopback, IPAddress.Any })
        {
            using System.Net.Sockets.Socket socket = TzspSocket.Bind(new TzspListenerOptions { Port = 0, Address = asked }, out _);
            Assert.Equal(TzspSocket.AddressOf(asked), ((IPEndPoint)socket.LocalEndPoint!).Address);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DeliversFramesInOrder(bool portable)
    {
        using RunningSource run = new(portable: portable);
        byte[][] messages = [.. Enumerable.Range(1, 500).Select(i => TzspBytes.Message([.. TzspBytes.Tag(10, 0xC4), .. TzspBytes.Count((uint)i)]))];
        run.Send(messages);
        SourceCounters counters = run.WaitReceived(500);
        run.Stop();
        Assert.Equal(500, counters.Received);
        Assert.Equal(messages.Sum(m => (long)m.Length), counters.Bytes);
        Assert.Empty(counters.Drops!);
        Assert.Equal(500, run.Sink.Frames.Count);
        FrameOrigin origin = Assert.Single(run.Source.Origins);
        Assert.Equal("127.0.0.1", origin.Id);
        Assert.StartsWith("127.0.0.1:", origin.Address, StringComparison.Ordinal);
        Assert.Equal(0, origin.Counters.Lost + origin.Counters.Reordered + origin.Counters.Duplicates + origin.Counters.Restarts);
        Assert.Equal(500, origin.Counters.Received);
        foreach ((byte[] packet, FrameInfo info) in run.Sink.Frames)
        {
            Assert.Equal(TzspBytes.Beacon, packet);
            Assert.Equal(-60, info.Radio.SignalDbm);
            Assert.Equal(LinkType.Ieee80211, info.LinkType);
            Assert.Same(origin, info.Origin);
            Assert.InRange(info.TimestampNs, origin.Counters.FirstSeenNs, origin.Counters.LastSeenNs);
        }

        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - (origin.Counters.LastSeenNs / 1_000_000), 0, 2 * RunningSource.PatienceMs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TakesDatagramsOfAnySize(bool portable)
    {
        using RunningSource run = new(portable: portable);
        byte[] largest = new byte[65_507];
        TzspBytes.Message().CopyTo(largest, 0);
        new Random(1).NextBytes(largest.AsSpan(TzspBytes.Message().Length));
        run.Send([[], [1], largest, TzspBytes.Message(), largest]);
        run.WaitReceived(5);
        run.Stop();
        Assert.Equal([65_502, TzspBytes.Beacon.Length, 65_502], run.Sink.Frames.Select(f => f.Packet.Length));
        Assert.Equal(largest[5..], run.Sink.Frames[0].Packet);
        Assert.Equal(largest[5..], run.Sink.Frames[2].Packet);
        Assert.Equal(2, run.Source.ReadCounters().Drops![SourceDropReason.TzspTruncated]);
    }

    [SystemFact(SystemNeed.IPv6)]
    public void HearsIPv4AndIPv6OnOneSocketByDefault()
    {
        using RunningSource run = new(new TzspListenerOptions());
        Assert.StartsWith("[::]:", run.Source.EndPoint, StringComparison.Ordinal);
        run.Send(TzspBytes.Message());
        run.WaitReceived(1);
        run.Send(TzspBytes.Message(), "::1");
        run.WaitReceived(2);
        Assert.Equal(["127.0.0.1", "::1"], run.Source.Origins.Select(o => o.Id));
    }

    [SystemFact(SystemNeed.IPv6)]
    public void AnIPv6AddressHearsIPv6Only()
    {
        using RunningSource run = new(new TzspListenerOptions { Address = IPAddress.IPv6Loopback });
        run.Send(TzspBytes.Message(), "127.0.0.1");
        run.Send(TzspBytes.Message(), "::1");
        run.WaitReceived(1);
        run.Stop();
        Assert.Equal(["::1"], run.Source.Origins.Select(o => o.Id));
        Assert.Equal($"[::1]:{run.Source.Port}", run.Source.EndPoint);
    }

    [Fact]
    public void AnIPv4AddressIsBoundAsGiven()
    {
        using RunningSource run = new(new TzspListenerOptions { Address = IPAddress.Any });
        run.Send(TzspBytes.Message());
        run.WaitReceived(1);
        Assert.Equal($"0.0.0.0:{run.Source.Port}", run.Source.EndPoint);
        Assert.NotEqual(0, run.Source.Port);
    }

    [SystemFact(SystemNeed.LoopbackAliases)]
    public void TellsSensorsApart()
    {
        using RunningSource run = new();
        for (int i = 2; i <= 9; i++)
        {
            run.Send(Enumerable.Range(1, i).Select(c => TzspBytes.Message(TzspBytes.Count((uint)c * 2))), $"127.0.0.{i}");
        }

        run.WaitReceived(44);
        run.Stop();
        Assert.Equal(Enumerable.Range(2, 8).Select(i => $"127.0.0.{i} {i} {i - 1}"), run.Source.Origins.Select(o => $"{o.Id} {o.Counters.Received} {o.Counters.Lost}"));
    }

    [SystemFact(SystemNeed.LoopbackAliases)]
    public void TakesAllowedSensorsOnly()
    {
        using RunningSource run = new(new TzspListenerOptions { Sensors = [IPNetwork.Parse("127.0.0.4/30")] });
        run.Send(TzspBytes.Message(), "127.0.0.3");
        run.Send(TzspBytes.Message(), "127.0.0.5");
        run.Send(TzspBytes.Message(), "127.0.0.8");
        SourceCounters counters = run.WaitReceived(3);
        run.Stop();
        Assert.Equal(["127.0.0.5"], run.Source.Origins.Select(o => o.Id));
        Assert.Equal(2, run.Source.ReadCounters().Drops![SourceDropReason.SensorNotAllowed]);
        Assert.Equal(3, counters.Received);
    }

    [Fact]
    public void LooksForItsOwnStream()
    {
        using RunningSource run = new();
        byte[] Inner(int port) => [.. new byte[12], 8, 0, 0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 127, 0, 0, 1, 0x9C, 0x40, (byte)(port >> 8), (byte)port, 0, 8, 0, 0];
        run.Send([TzspBytes.Of(0, 1, [], Inner(run.Source.Port)), TzspBytes.Of(0, 1, [], Inner(53))]);
        run.WaitReceived(2);
        run.Stop();
        Assert.Equal(Inner(53), Assert.Single(run.Sink.Frames).Packet);
        Assert.Equal(1, run.Source.ReadCounters().Drops![SourceDropReason.Feedback]);
    }

    [Fact]
    public void KnowsItsOwnAddressesWhereItListensOnAll()
    {
        using RunningSource run = new(new TzspListenerOptions { Address = IPAddress.Any });
        byte[] inner = [.. new byte[12], 8, 0, 0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 127, 0, 0, 1, 0x9C, 0x40, (byte)(run.Source.Port >> 8), (byte)run.Source.Port, 0, 8, 0, 0];
        run.Send(TzspBytes.Of(0, 1, [], inner));
        run.WaitReceived(1);
        run.Stop();
        Assert.Equal(1, run.Source.ReadCounters().Drops![SourceDropReason.Feedback]);
    }

    [Fact]
    public void APortInUseIsAnErrorAtOnce()
    {
        using TzspSource first = new(new TzspListenerOptions { Port = FreePort.Next(), Address = IPAddress.Loopback });
        first.Open();
        foreach (IPAddress? address in new[] { IPAddress.Loopback, IPAddress.Any, null })
        {
            using TzspSource second = new(new TzspListenerOptions { Port = first.Port, Address = address });
            KismetException error = Assert.Throws<KismetException>(second.Open);
            Assert.Equal(KismetErrorId.AddressInUse, error.Id);
            Assert.Contains(first.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
            Assert.Contains("another port", error.Advice, StringComparison.Ordinal);
        }

        first.Dispose();
        using TzspSource third = new(new TzspListenerOptions { Port = first.Port, Address = IPAddress.Loopback });
        third.Open();
    }

    [Fact]
    public void AnAddressOfSomebodyElseIsAnError()
    {
        using TzspSource source = new(new TzspListenerOptions { Port = 0, Address = IPAddress.Parse("203.0.113.7") });
        Assert.Equal(KismetErrorId.AddressNotAvailable, Assert.Throws<KismetException>(source.Open).Id);
    }

    [Fact]
    public void TheBufferInForceIsReported()
    {
        using TzspSource small = new(new TzspListenerOptions { Port = 0, Address = IPAddress.Loopback, ReceiveBuffer = 65_536 });
        small.Open();
        Assert.Equal(65_536, small.ReadCounters().ReceiveBufferBytes);

        // No system gives 2 GiB less one: what is told is what there is.
        using TzspSource vast = new(new TzspListenerOptions { Port = 0, Address = IPAddress.Loopback, ReceiveBuffer = int.MaxValue });
        vast.Open();
        Assert.InRange(vast.ReadCounters().ReceiveBufferBytes, 65_536, int.MaxValue - 1);
    }

    [SystemFact(SystemNeed.Linux)]
    public void WhatTheKernelDroppedIsCountedAndEqualsTheGapInTheCount()
    {
        using HeldSink sink = new();
        using RunningSource run = new(new TzspListenerOptions { Address = IPAddress.Loopback, ReceiveBuffer = 8_192 }, sink);
        run.Send(TzspBytes.Message(TzspBytes.Count(1)));
        Assert.True(sink.Entered.Wait(RunningSource.PatienceMs));
        run.Send(Enumerable.Range(2, 2000).Select(i => TzspBytes.Message(TzspBytes.Count((uint)i))));
        Assert.InRange(run.Source.ReadCounters().KernelDropped, 1, 2000);
        sink.Release.Set();
        run.WaitFor(c => c.Received + c.KernelDropped == 2001);
        run.Send(TzspBytes.Message(TzspBytes.Count(2002)));
        SourceCounters counters = run.WaitFor(c => c.Received + c.KernelDropped == 2002);
        run.Stop();
        Assert.Equal(counters.KernelDropped, Assert.Single(run.Source.Origins).Counters.Lost);
        run.Source.Dispose();
        Assert.Equal(counters.KernelDropped, run.Source.ReadCounters().KernelDropped);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void StopsWhileMoreComesThanItTakes(bool portable)
    {
        using RunningSource run = new(new TzspListenerOptions { Address = IPAddress.Loopback, ReceiveBuffer = 1 << 20 }, new CountingSink(), portable);
        using CancellationTokenSource flood = new();
        Thread[] senders = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() => Flood(run.Source.Port, flood.Token)) { IsBackground = true })];
        Array.ForEach(senders, s => s.Start());
        run.WaitReceived(10_000);
        run.Stop();
        run.Source.Dispose();
        flood.Cancel();
        Array.ForEach(senders, s => s.Join());
    }

    [Fact]
    public void StopsWhileNothingComesAndTheSinkHasItsIdleCalls()
    {
        using RunningSource run = new();
        Stopwatch watch = Stopwatch.StartNew();
        while (run.Sink.Idles < 5)
        {
            Assert.True(watch.ElapsedMilliseconds < RunningSource.PatienceMs, $"{run.Sink.Idles} idle calls in {watch.Elapsed}.");
            Thread.Sleep(5);
        }

        run.Stop();
        Assert.Equal(0, run.Sink.Batches);
    }

    [Fact]
    public async Task WhatHadArrivedBeforeTheStopIsDelivered()
    {
        using HeldSink sink = new();
        using RunningSource run = new(sink: sink);
        run.Send(TzspBytes.Message());
        Assert.True(sink.Entered.Wait(RunningSource.PatienceMs));
        run.Send(Enumerable.Repeat(TzspBytes.Message(), 300));
        Task stopping = Task.Run(run.Stop);
        await Task.Delay(50);
        sink.Release.Set();
        await stopping;
        Assert.Equal(301, run.Source.ReadCounters().Received);
    }

    [Fact]
    public void DisposedWhileItRunsItEndsAndFreesThePort()
    {
        using RunningSource run = new();
        int port = run.Source.Port;
        run.Source.Dispose();
        run.Source.Dispose();
        run.Stop();
        using TzspSource next = new(new TzspListenerOptions { Port = port, Address = IPAddress.Loopback });
        next.Open();
        Assert.Throws<ObjectDisposedException>(run.Source.Open);
    }

    [Fact]
    public void AFailingSinkGetsItsBatchClosedAndTheErrorComesOut()
    {
        FailingSink sink = new();
        using TzspSource source = new(new TzspListenerOptions { Port = 0, Address = IPAddress.Loopback });
        source.Open();
        using UdpClient client = new();
        client.Send(TzspBytes.Message(), new IPEndPoint(IPAddress.Loopback, source.Port));
        Assert.Throws<InvalidTimeZoneException>(() => source.Run(sink, CancellationToken.None));
        Assert.False(sink.InBatch);
        source.Dispose();
        using TzspSource next = new(new TzspListenerOptions { Port = source.Port, Address = IPAddress.Loopback });
        next.Open();
    }

    [SystemFact(SystemNeed.LoopbackAliases)]
    public void SensorsAreKeptAliveFromTheListeningSocket()
    {
        // 127.0.0.71 is heard, 127.0.0.72 only on the allow-list.
        using Socket heard = BindSensor("127.0.0.71");
        using Socket listed = BindSensor("127.0.0.72");
        using RunningSource run = new(new TzspListenerOptions
        {
            Sensors = [IPNetwork.Parse("127.0.0.71/32"), IPNetwork.Parse("127.0.0.72/32"), IPNetwork.Parse("10.0.0.0/8")],
            KeepAlive = TimeSpan.FromMilliseconds(150),
        });
        run.Send(TzspBytes.Message(), "127.0.0.71");
        foreach (Socket sensor in new[] { heard, listed, heard, listed })
        {
            byte[] message = new byte[100];
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            int length = sensor.ReceiveFrom(message, ref from);
            Assert.Equal([1, 4, 0, 0], message[..length]);
            Assert.Equal(run.Source.Port, ((IPEndPoint)from).Port);
        }
    }

    [SystemFact(SystemNeed.LoopbackAliases)]
    public void WithoutTheOptionNothingIsSentAndARefusedKeepaliveDoesNoHarm()
    {
        using Socket sensor = BindSensor("127.0.0.73");
        using (RunningSource silent = new())
        {
            silent.Send(TzspBytes.Message(), "127.0.0.73");
            silent.WaitReceived(1);
            Thread.Sleep(300);
            Assert.Equal(0, sensor.Available);
        }

        sensor.Dispose();
        using RunningSource run = new(new TzspListenerOptions { Address = IPAddress.Loopback, KeepAlive = TimeSpan.FromMilliseconds(1) });
        for (int i = 1; i <= 200; i++)
        {
            run.Send(TzspBytes.Message(), "127.0.0.73");
            run.WaitReceived(i);
        }

        Assert.Equal(200, run.Sink.Frames.Count);
    }

    /// <summary>
    /// Ten times 5,000 datagrams: what one makes would be made each time. What the runtime makes once, when it runs or compiles something for the first time, is of
    /// some of them.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReceivingAllocatesNothing(bool portable)
    {
        AllocationSink sink = new(window: 5_000, windows: 10);
        using RunningSource run = new(new TzspListenerOptions { Address = IPAddress.Loopback, ReceiveBuffer = 1 << 20 }, sink, portable);
        using CancellationTokenSource flood = new();
        Thread sender = new(() => Flood(run.Source.Port, flood.Token)) { IsBackground = true };
        sender.Start();
        Assert.True(sink.Done.Wait(RunningSource.PatienceMs), "Too few datagrams came through.");
        flood.Cancel();
        sender.Join();
        run.Stop();
        Assert.Equal(0, sink.Least);
    }

    /// <summary>Sends as fast as it goes: every tag that is read, two serials, an Ethernet frame, garbage, a keepalive.</summary>
    private static void Flood(int port, CancellationToken stop)
    {
        byte[] tags = Convert.FromHexString("0A01C40B01A10C01020D0400000001100100110100120106280400000001290202003C06020000000001500141510142520800000001000000FF540400000007");
        byte[][] messages =
        [
            TzspBytes.Message(tags),
            TzspBytes.Message(TzspBytes.Tag(60, 1, 2, 3)),
            TzspBytes.Of(0, 1, [], [.. new byte[12], 8, 0, 0x45, .. new byte[40]]),
            [1, 0, 0, 18, 10],
            [1, 4, 0, 0],
        ];
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(IPAddress.Loopback, port);
        while (!stop.IsCancellationRequested)
        {
            foreach (byte[] message in messages)
            {
                socket.Send(message, SocketFlags.None, out _);
            }
        }
    }

    private static Socket BindSensor(string address)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = RunningSource.PatienceMs };
        for (int tries = 0; ; tries++)
        {
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 37008));
                return socket;
            }
            catch (SocketException) when (tries < 1200)
            {
                // Another test listens on the port of all addresses for a moment.
                Thread.Sleep(100);
            }
        }
    }

    private class CountingSink : IFrameSink
    {
        private long _frames;

        public long Frames => Interlocked.Read(ref _frames);

        public virtual void BeginBatch()
        {
        }

        public virtual void OnFrame(ReadOnlySpan<byte> packet, in FrameInfo info) => Interlocked.Increment(ref _frames);

        public virtual void EndBatch()
        {
        }

        public virtual void OnIdle()
        {
        }
    }

    private sealed class HeldSink : CountingSink, IDisposable
    {
        public ManualResetEventSlim Entered { get; } = new();

        public ManualResetEventSlim Release { get; } = new();

        public override void OnFrame(ReadOnlySpan<byte> packet, in FrameInfo info)
        {
            base.OnFrame(packet, in info);
            Entered.Set();
            Release.Wait();
        }

        public void Dispose()
        {
            Release.Set();
        }
    }

    private sealed class FailingSink : CountingSink
    {
        public bool InBatch { get; private set; }

        public override void BeginBatch() => InBatch = true;

        public override void OnFrame(ReadOnlySpan<byte> packet, in FrameInfo info) => throw new InvalidTimeZoneException();

        public override void EndBatch() => InBatch = false;
    }

    private sealed class AllocationSink(long window, int windows) : CountingSink
    {
        private long _start = -1;
        private int _seen;

        /// <summary>Bytes allocated in that part of the frames in which they were fewest.</summary>
        public long Least { get; private set; } = long.MaxValue;

        public ManualResetEventSlim Done { get; } = new();

        public override void OnFrame(ReadOnlySpan<byte> packet, in FrameInfo info)
        {
            base.OnFrame(packet, in info);
            if (Frames % window == 0 && _seen < windows)
            {
                long now = GC.GetAllocatedBytesForCurrentThread();
                if (_start >= 0)
                {
                    Least = Math.Min(Least, now - _start);
                    if (++_seen == windows)
                    {
                        Done.Set();
                    }
                }

                _start = now;
            }
        }
    }
}
