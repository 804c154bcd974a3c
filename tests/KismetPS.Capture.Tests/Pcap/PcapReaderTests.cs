using KismetPS.Capture.Pcap;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Capture.Tests.Pcap;

public class PcapReaderTests
{
    private const uint Micro = 0xA1B2C3D4;
    private const uint Nano = 0xA1B23C4D;
    private const uint Kuznetzov = 0xA1B2CD34;

    private static readonly byte[] First = [1, 2, 3, 4, 5];
    private static readonly byte[] Second = [9, 8, 7];

    [Theory]
    [InlineData(Micro, false, 123_456_000)]
    [InlineData(Micro, true, 123_456_000)]
    [InlineData(Nano, false, 123_456)]
    [InlineData(Nano, true, 123_456)]
    [InlineData(Kuznetzov, false, 123_456_000)]
    [InlineData(Kuznetzov, true, 123_456_000)]
    public void Reads_every_magic_in_both_byte_orders(uint magic, bool bigEndian, long fractionNs)
    {
        bool k = magic == Kuznetzov;
        Reading reading = Reading.Of(new CaptureBytes(bigEndian).PcapHeader(magic, 127)
            .PcapRecord(1_700_000_000, 123_456, First, original: 1500, kuznetzov: k)
            .PcapRecord(4_000_000_000, 0, Second, kuznetzov: k)
            .PcapRecord(1_700_000_001, 0, [], original: 60, kuznetzov: k));

        Assert.Null(reading.Damage);
        Assert.Equal(3, reading.Packets.Count);
        Assert.Equal(First, reading.Packets[0].Bytes);
        Assert.Equal(1500, reading.Packets[0].OriginalLength);
        Assert.Equal((1_700_000_000 * 1_000_000_000L) + fractionNs, reading.Packets[0].TimestampNs);
        Assert.Equal(LinkType.Radiotap, reading.Packets[0].LinkType);
        Assert.Equal(Second, reading.Packets[1].Bytes);
        Assert.Equal(Second.Length, reading.Packets[1].OriginalLength);
        // After 2038: the seconds have no sign.
        Assert.Equal(4_000_000_000L * 1_000_000_000, reading.Packets[1].TimestampNs);
        Assert.Empty(reading.Packets[2].Bytes);
        FrameOrigin origin = Assert.Single(reading.Origins);
        Assert.Equal("test.cap", origin.Id);
        Assert.Equal(3, origin.Counters.Received);
        Assert.Equal(8, origin.Counters.Bytes);
    }

    [Theory]
    [InlineData(2, true, true)]
    [InlineData(3, true, true)]
    [InlineData(3, false, true)]
    [InlineData(4, true, false)]
    public void Versions_before_2_4_have_their_lengths_swapped(ushort minor, bool swapped, bool readable)
    {
        Reading reading = Reading.Of(new CaptureBytes(false).PcapHeader(Micro, 105, minor: minor)
            .PcapRecord(1, 0, First, original: 200_000, swapped: swapped)
            .PcapRecord(2, 0, Second, original: 200_000, swapped: swapped));
        if (readable)
        {
            Assert.Null(reading.Damage);
            Assert.Equal([First, Second], reading.Packets.Select(static p => p.Bytes));
            Assert.All(reading.Packets, static p => Assert.Equal(200_000, p.OriginalLength));
        }
        else
        {
            Assert.NotNull(reading.Damage);
        }
    }

    [Fact]
    public void An_original_length_below_what_was_kept_is_lifted_and_one_above_31_bits_cut()
    {
        Reading reading = Reading.Of(new CaptureBytes(false).PcapHeader(Micro, 105).PcapRecord(1, 0, First, original: 2).PcapRecord(1, 0, First, original: uint.MaxValue));
        Assert.Equal([First.Length, int.MaxValue], reading.Packets.Select(static p => p.OriginalLength));
    }

    [Theory]
    // In units of two bytes: 2 is the CRC-32 of 802.11; 4 would be none that 802.11 has.
    [InlineData(0x2400_0069u, FcsState.Present)]
    [InlineData(0x4400_0069u, FcsState.Unknown)]
    [InlineData(0x0400_0069u, FcsState.Absent)]
    [InlineData(0x0000_0069u, FcsState.Unknown)]
    [InlineData(0x2400_007Fu, FcsState.Unknown)]
    internal void The_link_type_field_tells_the_length_of_the_FCS(uint network, FcsState expected)
    {
        Reading reading = Reading.Of(new CaptureBytes(false).PcapHeader(Micro, network).PcapRecord(1, 0, First));
        Assert.Equal(expected, reading.Packets[0].Radio.Fcs);
        Assert.Equal((int)(network & 0xFF), (int)reading.Packets[0].LinkType);
    }

    [Theory]
    [InlineData(CaptureReader.MaxPacketBytes, false)]
    [InlineData(CaptureReader.MaxPacketBytes + 1, true)]
    public void Packets_are_taken_up_to_the_limit(int size, bool damage)
    {
        byte[] large = new byte[size];
        large[^1] = 0x5A;
        Reading reading = Reading.Of(new CaptureBytes(false).PcapHeader(Micro, 105).PcapRecord(1, 0, First).PcapRecord(1, 0, large).PcapRecord(1, 0, Second));
        Assert.Equal(damage ? 1 : 3, reading.Packets.Count);
        Assert.Equal(damage, reading.Damage != null);
    }

    [Fact]
    public void A_record_that_claims_4_GiB_is_damage_at_its_offset_not_an_allocation()
    {
        byte[] bytes = new CaptureBytes(false).PcapHeader(Micro, 105).PcapRecord(1, 0, First).PcapRecord(1, 0, Second, kept: uint.MaxValue).ToArray();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Reading reading = Reading.Of(bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * 1024 * 1024);
        Assert.Equal(First, Assert.Single(reading.Packets).Bytes);
        Assert.Equal(KismetErrorId.CaptureDamaged, reading.Damage!.Id);
        Assert.Equal("'test.cap' is damaged at offset 45: a packet record claims 4294967295 bytes (the limit is 262144).", reading.Damage.Message);
        Assert.Equal("The 1 packets before that were read.", reading.Damage.Advice);
    }

    [Fact]
    public void A_version_that_is_not_known_is_damage()
    {
        Reading reading = Reading.Of(new CaptureBytes(false).PcapHeader(Micro, 105, major: 3).PcapRecord(1, 0, First));
        Assert.Empty(reading.Packets);
        Assert.Contains("version 3", reading.Damage!.Message, StringComparison.Ordinal);
    }
}
