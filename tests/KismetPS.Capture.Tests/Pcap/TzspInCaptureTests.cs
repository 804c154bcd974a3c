using KismetPS.Capture.Pcap;
using KismetPS.Capture.Tzsp;
using KismetPS.TestKit;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Capture.Tests.Pcap;

/// <summary>TZSP inside captures comes out as from the listener.</summary>
public class TzspInCaptureTests
{
    // Header, signal -60, channel 6, original length 100, serial 00:0C:42:01:02:03, END, a beacon's first bytes.
    private static readonly byte[] Message =
    [
        1, 0, 0, 18, 10, 1, 0xC4, 18, 1, 6, 41, 2, 0, 100, 60, 6, 0x00, 0x0C, 0x42, 1, 2, 3, 1,
        0x80, 0, 0, 0, 255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 9, 2, 0, 0, 0, 0, 9, 0, 0,
    ];

    // One packet each, whose radio header claims all of it: wrapped, nothing is left behind the tags.
    private static readonly string[] NoFrameBehindRadioHeader =
    [
        "aircrack-wpaclean_crash.pcap", "tcpdump-ieee802.11_rates_oobr.pcap", "tcpdump-ieee802.11_meshhdr-oobr.pcap", "tcpdump-radiotap-heapoverflow.pcap",
    ];

    public static TheoryData<string> Captures => OracleCaptures.All;

    [CapturesTheory]
    [MemberData(nameof(Captures))]
    public void The_frames_wrapped_in_TZSP_are_the_frames(string file)
    {
        IReadOnlyList<CapturedPacket> packets = OracleCaptures.Packets(file);
        Reading reading = Reading.OfFile(OracleCaptures.TzspPath(file));
        Assert.Null(reading.Damage);
        if (NoFrameBehindRadioHeader.Contains(file))
        {
            Assert.Equal(1, reading.Counters.Drops![SourceDropReason.TzspEmpty]);
            Assert.Empty(reading.Packets);
            return;
        }

        Assert.Equal(packets.Count, reading.Packets.Count);
        for (int i = 0; i < packets.Count; i++)
        {
            ReadOnlySpan<byte> original = packets[i].Bytes;
            ReadOnlySpan<byte> unwrapped = reading.Packets[i].Bytes;
            Assert.Equal(LinkType.Ieee80211, reading.Packets[i].LinkType);
            // The wrapping took off the radio header, and the FCS where it knew of one.
            int header = original.IndexOf(unwrapped);
            Assert.True(header >= 0, $"packet {i + 1}");
            Assert.InRange(original.Length - header - unwrapped.Length, 0, 4);
        }

        Assert.All(reading.Origins, static o => Assert.NotNull(o.Address));
    }

    [Theory]
    [InlineData(LinkType.Ethernet)]
    [InlineData(LinkType.RawIP)]
    [InlineData(LinkType.Tzsp)]
    internal void A_message_gives_its_frame_facts_and_sensor_at_the_time_of_the_record(LinkType link)
    {
        Reading reading = Reading.Of(new CaptureBytes(false).PcapHeader(0xA1B2C3D4, (uint)link).PcapRecord(1_700_000_000, 5, Wrap(link, Message)).PcapRecord(1_700_000_001, 0, Wrap(link, Message)));
        Assert.Equal(2, reading.Packets.Count);
        CollectingSink.Packet packet = reading.Packets[0];
        Assert.Equal(LinkType.Ieee80211, packet.LinkType);
        Assert.Equal(Message[23..], packet.Bytes);
        Assert.Equal(1_700_000_000_000_005_000, packet.TimestampNs);
        Assert.Equal(100, packet.OriginalLength);
        Assert.True(packet.Radio.Has(RadioFields.Signal));
        Assert.Equal(-60, packet.Radio.SignalDbm);
        Assert.Equal(6, packet.Radio.Channel);
        FrameOrigin origin = Assert.Single(reading.Origins);
        Assert.Same(packet.Origin, origin);
        Assert.Equal("00:0C:42:01:02:03", origin.Serial);
        Assert.Equal(link == LinkType.Tzsp ? null : "192.0.2.7:40000", origin.Address);
        Assert.Equal(2, origin.Counters.Received);
        Assert.Empty(reading.Counters.Drops!);
        Assert.Equal(2, reading.Counters.Received);
    }

    [Fact]
    public void What_is_no_TZSP_is_counted_by_reason()
    {
        CaptureBytes file = new CaptureBytes(false).PcapHeader(0xA1B2C3D4, 1)
            .PcapRecord(1, 0, CarrierReaderTests.Ethernet(0x0800, CarrierReaderTests.IPv4(CarrierReaderTests.Udp(53))))
            .PcapRecord(1, 0, [1, 2, 3])
            .PcapRecord(1, 0, CarrierReaderTests.Ethernet(0x0800, CarrierReaderTests.IPv4(new byte[20], fragment: 0x2001)))
            .PcapRecord(1, 0, Wrap(LinkType.Ethernet, Message))
            .PcapRecord(1, 0, Wrap(LinkType.Ethernet, [1, 4, 0, 0]))
            .PcapRecord(1, 0, Wrap(LinkType.Ethernet, [1, 0]))
            .PcapRecord(1, 0, Wrap(LinkType.Ethernet, [9, 0, 0, 18, 1, 5]));
        Reading reading = Reading.Of(file);
        Assert.Single(reading.Packets);
        Assert.Equal(7, reading.Counters.Received);
        var expected = new Dictionary<SourceDropReason, long>
        {
            [SourceDropReason.NotTzsp] = 2,
            [SourceDropReason.IPFragment] = 1,
            [SourceDropReason.TzspControl] = 1,
            [SourceDropReason.TzspTruncated] = 1,
            [SourceDropReason.TzspVersion] = 1,
        };
        Assert.Equal(expected.OrderBy(static p => p.Key), reading.Counters.Drops!.OrderBy(static p => p.Key));
    }

    [Fact]
    public void Another_port_can_be_told()
    {
        byte[] packet = CarrierReaderTests.Ethernet(0x0800, CarrierReaderTests.IPv4(CarrierReaderTests.Udp(9000, message: Message)));
        byte[] file = new CaptureBytes(false).PcapHeader(0xA1B2C3D4, 1).PcapRecord(1, 0, packet).ToArray();
        Assert.Empty(Reading.Of(file).Packets);
        Assert.Single(Reading.Of(file, new CaptureFileOptions { TzspPort = 9000 }).Packets);
    }

    [Fact]
    public void A_frame_the_capture_cut_tells_so()
    {
        // No tag 41 in this one: only the capture knows how long it was.
        byte[] message = [1, 0, 0, 18, 1, .. new byte[60]];
        byte[] packet = Wrap(LinkType.Ethernet, message);
        Reading reading = Reading.Of(new CaptureBytes(false).PcapHeader(0xA1B2C3D4, 1).PcapRecord(1, 0, packet[..^20], original: (uint)packet.Length)
            .PcapRecord(1, 0, packet));
        Assert.Equal([40, 60], reading.Packets.Select(static p => p.Bytes.Length));
        Assert.Equal([60, 60], reading.Packets.Select(static p => p.OriginalLength));
    }

    [Fact]
    public void The_tap_sees_every_message()
    {
        var tap = new CountingTap();
        byte[] file = new CaptureBytes(false).PcapHeader(0xA1B2C3D4, 1).PcapRecord(1, 0, Wrap(LinkType.Ethernet, Message)).PcapRecord(1, 0, new byte[14]).ToArray();
        using var source = new CaptureFileSource(new MemoryStream(file), "x", new CaptureFileOptions()) { Tap = tap };
        source.Open();
        source.Run(new CollectingSink(), CancellationToken.None);
        Assert.Equal(Message, Assert.Single(tap.Messages));
    }

    private static byte[] Wrap(LinkType link, byte[] message)
    {
        byte[] ip = CarrierReaderTests.IPv4(CarrierReaderTests.Udp(message: message));
        return link switch
        {
            LinkType.Tzsp => message,
            LinkType.RawIP => ip,
            _ => CarrierReaderTests.Ethernet(0x0800, ip),
        };
    }

    private sealed class CountingTap : IDatagramTap
    {
        public List<byte[]> Messages { get; } = [];

        public void OnMessage(ReadOnlySpan<byte> message, FrameOrigin origin, long timestampNs) => Messages.Add(message.ToArray());
    }
}
