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
                KeepPace(run, i + 1);
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
            KeepPace(run, sender.Sent);
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
        using TzspSender sender = new("127.0.0.1", FreePort.Next(), new TzspSenderOptions { Rate = 1000 });
        long sent = 0;

        // The kernel answers as often as it has set itself for all programs together.
        for (Stopwatch watch = Stopwatch.StartNew(); sender.Refused < 50 && watch.ElapsedMilliseconds < RunningSource.PatienceMs; sent++)
        {
            sender.Send(TzspBytes.Message(), CancellationToken.None);
        }

        Assert.Equal(sent, sender.Sent);
        Assert.InRange(sender.Refused, 50, sent);
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

    /// <summary>Never faster than the rate, whatever the machine has to do beside.</summary>
    [Theory]
    [InlineData(50, 25)]
    [InlineData(1_000, 500)]
    [InlineData(7_000, 3_500)]
    [InlineData(200_000, 100_000)]
    public void TheRateIsNeverExceeded(double rate, int turns) => Late(rate, turns);

    /// <summary>
    /// What sleep takes too long is caught up. A busy machine may hold some turns back, and all of a run; where sleeps added up, the second half of every run would
    /// lie far behind the grid.
    /// </summary>
    [Theory]
    [InlineData(50, 25)]
    [InlineData(1_000, 500)]
    [InlineData(7_000, 3_500)]
    public void WhatSleepTakesTooLongIsCaughtUp(double rate, int turns)
    {
        double least = double.MaxValue;
        for (int run = 0; run < 40 && least > 0.02; run++)
        {
            least = Math.Min(least, Late(rate, turns));
        }

        Assert.InRange(least, -0.0006, 0.02);
    }

    // How far behind the grid, seconds, the turn of the second half was that came nearest to its time. No turn is before it.
    private static double Late(double rate, int turns)
    {
        RatePacer pacer = new(rate);
        Stopwatch watch = Stopwatch.StartNew();
        double least = double.MaxValue;
        for (int i = 0; i <= turns; i++)
        {
            Assert.True(pacer.Wait(CancellationToken.None));
            double late = watch.Elapsed.TotalSeconds - (i / rate);
            Assert.True(late > -0.0006, $"Turn {i} came {-late * 1000:f2} ms early.");
            least = i > turns / 2 ? Math.Min(least, late) : least;
        }

        return least;
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

        // Its next turn comes after 100 seconds.
        Assert.InRange(watch.ElapsedMilliseconds, 50, 90_000);
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

        // Less than a byte a message: .NET makes small objects once when its code is compiled anew.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 9_999);
    }

    // Never more under way than the smallest buffer of a system holds.
    private static void KeepPace(RunningSource run, long sent)
    {
        if (sent % 40 == 0)
        {
            run.WaitReceived(sent);
        }
    }
}
