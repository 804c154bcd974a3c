using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.TestKit;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Capture.Tests.Tzsp;

public sealed class TzspSenderTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public void WhatIsSentArrives(string host)
    {
        using RunningSource run = new();
        using (TzspSender sender = new(host, run.Source.Port, new TzspSenderOptions { Rate = 20_000, Serial = new MacAddress(0x0200_0000_0001), DeviceName = "AP" }))
        {
            Assert.Equal($"127.0.0.1:{run.Source.Port}", sender.EndPoint);
            for (int i = 0; i < 1000; i++)
            {
                FrameInfo info = new() { LinkType = LinkType.Ieee80211, OriginalLength = TzspBytes.Beacon.Length };
                info.Radio.Fields = RadioFields.Signal;
                info.Radio.SignalDbm = (short)(-1 - (i % 90));
                sender.SendFrame(TzspBytes.Beacon, in info, CancellationToken.None);
            }

            Assert.Equal((1000, 0, 0), (sender.Sent, sender.Refused, sender.Skipped));
        }

        run.WaitReceived(1000);
        run.Stop();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => -1 - (i % 90)), run.Sink.Frames.Select(f => (int)f.Info.Radio.SignalDbm));
        Assert.All(run.Sink.Frames, f => Assert.Equal(TzspBytes.Beacon, f.Packet));
        FrameOrigin origin = Assert.Single(run.Source.Origins);
        Assert.Equal(("02:00:00:00:00:01", "AP", 0), (origin.Id, origin.Name, origin.Counters.Lost));
    }

    [SystemFact(SystemNeed.IPv6)]
    public void SendsOverIPv6AndFromAnAddress()
    {
        using RunningSource run = new(new TzspListenerOptions());
        using TzspSender six = new("::1", run.Source.Port, new TzspSenderOptions());
        six.Send(TzspBytes.Message(), CancellationToken.None);
        run.WaitReceived(1);
        using TzspSender four = new("127.0.0.1", run.Source.Port, new TzspSenderOptions { LocalAddress = IPAddress.Loopback });
        four.Send(TzspBytes.Message(), CancellationToken.None);
        run.WaitReceived(2);
        Assert.Equal(["::1", "127.0.0.1"], run.Source.Origins.Select(o => o.Id));
    }

    [CapturesTheory]
    [InlineData("ws-wpa3-sae.pcapng")]
    [InlineData("synth-modern-prism.pcap")]
    [InlineData("aircrack-wpa2-psk-linksys.cap")]
    public void CapturesGoThroughAsTheyAre(string file)
    {
        using RunningSource run = new();
        using TzspSender sender = new("127.0.0.1", run.Source.Port, new TzspSenderOptions { Rate = 20_000, KeepRadioHeader = true });
        IReadOnlyList<CapturedPacket> packets = OracleCaptures.Packets(file);
        foreach (CapturedPacket packet in packets)
        {
            FrameInfo info = new() { LinkType = (LinkType)packet.LinkType, OriginalLength = packet.OriginalLength };
            sender.SendFrame(packet.Bytes, in info, CancellationToken.None);
        }

        run.WaitReceived(packets.Count);
        run.Stop();
        Assert.Equal(packets.Count, run.Sink.Frames.Count);
        for (int i = 0; i < packets.Count; i++)
        {
            (byte[] frame, FrameInfo info) = run.Sink.Frames[i];
            Assert.Equal((LinkType)packets[i].LinkType, info.LinkType);
            Assert.Equal(packets[i].OriginalLength, info.OriginalLength);
            Assert.Equal(packets[i].Bytes, frame);
        }
    }

    [Fact]
    public void AFrameTooLongIsCutAndItsLengthTold()
    {
        using RunningSource run = new();
        using TzspSender sender = new("127.0.0.1", run.Source.Port, new TzspSenderOptions());
        byte[] frame = new byte[65_535];
        FrameInfo info = new() { LinkType = LinkType.Ieee80211, OriginalLength = 65_535 };
        sender.SendFrame(frame, in info, CancellationToken.None);
        run.WaitReceived(1);
        run.Stop();
        (byte[] packet, FrameInfo got) = Assert.Single(run.Sink.Frames);
        Assert.Equal(65_535, got.OriginalLength);
        Assert.InRange(packet.Length, 65_480, 65_507);
        Assert.Equal(KismetErrorId.ArgumentInvalid, Assert.Throws<KismetException>(() => sender.Send(frame, CancellationToken.None)).Id);
    }

    [Fact]
    public void WhatTzspHasNoNumberForIsCountedAndNotSent()
    {
        using RunningSource run = new();
        using TzspSender sender = new("127.0.0.1", run.Source.Port, new TzspSenderOptions());
        FrameInfo info = new() { LinkType = LinkType.LinuxSll };
        sender.SendFrame(new byte[50], in info, CancellationToken.None);
        Assert.Equal((0, 1), (sender.Sent, sender.Skipped));
        info.LinkType = LinkType.Ethernet;
        sender.SendFrame(new byte[50], in info, CancellationToken.None);
        run.WaitReceived(1);
        run.Stop();
        Assert.Equal(LinkType.Ethernet, Assert.Single(run.Sink.Frames).Info.LinkType);
    }

    [SystemFact(SystemNeed.Linux)]
    public void NobodyListeningIsCountedAndNoError()
    {
        int port;
        using (TzspSource source = new(new TzspListenerOptions { Port = 0, Address = IPAddress.Loopback }))
        {
            source.Open();
            port = source.Port;
        }

        using TzspSender sender = new("127.0.0.1", port, new TzspSenderOptions());
        for (int i = 0; i < 100; i++)
        {
            sender.Send(TzspBytes.Message(), CancellationToken.None);
        }

        Assert.Equal(100, sender.Sent);
        Assert.InRange(sender.Refused, 50, 100);
    }

    [Fact]
    public void AnUnknownHostAndABadPortAreErrors()
    {
        Assert.Equal(KismetErrorId.HostNotFound, Assert.Throws<KismetException>(() => new TzspSender("no-such-host.invalid", 37008, new TzspSenderOptions())).Id);
        Assert.Equal(KismetErrorId.ArgumentInvalid, Assert.Throws<KismetException>(() => new TzspSender("127.0.0.1", 0, new TzspSenderOptions())).Id);
        Assert.Equal(KismetErrorId.ArgumentInvalid, Assert.Throws<KismetException>(() => new TzspSender("127.0.0.1", 65536, new TzspSenderOptions())).Id);
        Assert.Equal(KismetErrorId.AddressNotAvailable,
            Assert.Throws<KismetException>(() => new TzspSender("127.0.0.1", 37008, new TzspSenderOptions { LocalAddress = IPAddress.Parse("203.0.113.7") })).Id);
    }

    /// <summary>Never faster than the rate, and what sleep takes too long is caught up: the time of many turns is that of the grid.</summary>
    [Theory]
    [InlineData(50, 25)]
    [InlineData(1_000, 500)]
    [InlineData(7_000, 3_500)]
    [InlineData(200_000, 100_000)]
    public void TheRateHolds(double rate, int turns)
    {
        RatePacer pacer = new(rate);
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i <= turns; i++)
        {
            Assert.True(pacer.Wait(CancellationToken.None));
            double early = (i / rate) - watch.Elapsed.TotalSeconds;
            Assert.True(early < 0.0006, $"Turn {i} came {early * 1000:f2} ms early.");
        }

        // A machine that other work keeps busy may hold the last turn back, not the grid: half again as long is no drift of sleeps.
        Assert.InRange(watch.Elapsed.TotalSeconds, (turns / rate) - 0.001, (turns / rate * 1.5) + 0.1);
    }

    [Fact]
    public void CancelledItSendsNoMore()
    {
        using RunningSource run = new();
        using TzspSender sender = new("127.0.0.1", run.Source.Port, new TzspSenderOptions { Rate = 0.01 });
        using CancellationTokenSource stop = new();
        sender.Send(TzspBytes.Message(), stop.Token);
        Stopwatch watch = Stopwatch.StartNew();
        stop.CancelAfter(100);
        sender.Send(TzspBytes.Message(), stop.Token);
        Assert.InRange(watch.ElapsedMilliseconds, 50, 5_000);
        Assert.Equal(1, sender.Sent);
    }

    [Fact]
    public void SendingAllocatesNothing()
    {
        using RunningSource run = new(new TzspListenerOptions { Address = IPAddress.Loopback, ReceiveBuffer = 65_536 });
        using TzspSender sender = new("127.0.0.1", run.Source.Port, new TzspSenderOptions { DeviceName = "AP", Serial = new MacAddress(1) });
        FrameInfo info = new() { LinkType = LinkType.Ieee80211, OriginalLength = 39 };
        long before = 0;
        for (int i = 0; i < 20_000; i++)
        {
            if (i == 10_000)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            sender.SendFrame(TzspBytes.Beacon, in info, CancellationToken.None);
        }

        // Not one byte a message; .NET's socket makes a small object once when its code is recompiled.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256);
    }
}
