using KismetPS.Capture.Pcap;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;
using Xunit;
using static KismetPS.Capture.Tests.Pcap.CaptureBytes;

namespace KismetPS.Capture.Tests.Pcap;

public class PcapNgReaderTests
{
    private static readonly byte[] First = [1, 2, 3, 4, 5];
    private static readonly byte[] Second = [9, 8, 7];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_interfaces_with_options_and_all_three_packet_blocks(bool bigEndian)
    {
        CaptureBytes file = new CaptureBytes(bigEndian).Section()
            .Interface(127, 0, Text(1, "a comment"), Text(2, "wlan0"), Text(3, "roof"), (6, [0x00, 0x0C, 0x42, 1, 2, 3]), (9, [9]), (0, []))
            .Interface(105, 0, (13, [4]), Text(2988, "custom"), (0, []))
            .Unknown(5, 20)
            .Enhanced(0, 1_700_000_000_123_456_789, First, original: 1500, options: [Text(1, "hello"), (0, [])])
            .Unknown(0x0000_0BAD, 400)
            .Enhanced(1, 1_700_000_000_000_001, Second)
            .Obsolete(1, 1_700_000_000_000_002, First)
            .Simple(Second);
        Reading reading = Reading.Of(file);

        Assert.Null(reading.Damage);
        Assert.Equal([First, Second, First, Second], reading.Packets.Select(static p => p.Bytes));
        Assert.Equal([1500, 3, 5, 3], reading.Packets.Select(static p => p.OriginalLength));
        Assert.Equal([1_700_000_000_123_456_789, 1_700_000_000_000_001_000, 1_700_000_000_000_002_000, 1_700_000_000_000_002_000], reading.Packets.Select(static p => p.TimestampNs));
        Assert.Equal([LinkType.Radiotap, LinkType.Ieee80211, LinkType.Ieee80211, LinkType.Radiotap], reading.Packets.Select(static p => p.LinkType));
        Assert.Equal([FcsState.Unknown, FcsState.Present, FcsState.Present, FcsState.Unknown], reading.Packets.Select(static p => p.Radio.Fcs));
        Assert.Equal(2, reading.Origins.Count);
        Assert.Equal(("wlan0", "roof", "00:0C:42:01:02:03"), (reading.Origins[0].Id, reading.Origins[0].Name, reading.Origins[0].Serial));
        Assert.Equal(("test.cap#1", null, null), (reading.Origins[1].Id, reading.Origins[1].Name, reading.Origins[1].Serial));
        Assert.Equal([2L, 2L], reading.Origins.Select(static o => o.Counters.Received));
    }

    [Fact]
    public void Sections_of_either_byte_order_follow_each_other_and_the_same_name_is_the_same_origin()
    {
        byte[] file =
        [
            .. new CaptureBytes(true).Section().Interface(127, 0, Text(2, "wlan0")).Enhanced(0, 1000, First).ToArray(),
            .. new CaptureBytes(false).Section().Interface(1).Interface(105, 0, Text(2, "wlan1")).Interface(105, 0, Text(2, "wlan0")).Enhanced(1, 1000, First).Enhanced(2, 1000, Second).ToArray(),
            .. new CaptureBytes(true).Section().Interface(127).Enhanced(0, 1000, Second).ToArray(),
        ];
        Reading reading = Reading.Of(file);
        Assert.Null(reading.Damage);
        Assert.Equal([First, First, Second, Second], reading.Packets.Select(static p => p.Bytes));
        Assert.Equal(["wlan0", "wlan1", "wlan0", "test.cap#0"], reading.Packets.Select(static p => p.Origin.Id));
        Assert.Same(reading.Packets[0].Origin, reading.Packets[2].Origin);
        Assert.Equal([0, 1, 2], reading.Origins.Select(static o => o.Index));
    }

    [Theory]
    // Powers of ten: seconds, milli-, micro-, nano-, picoseconds, and beyond any use.
    [InlineData(0x00, 1_700_000_000, 0, 1_700_000_000_000_000_000)]
    [InlineData(0x03, 1_700_000_000_123, 0, 1_700_000_000_123_000_000)]
    [InlineData(0x06, 1_700_000_000_123_456, 0, 1_700_000_000_123_456_000)]
    [InlineData(0x09, 1_700_000_000_123_456_789, 0, 1_700_000_000_123_456_789)]
    [InlineData(0x0A, 17_000_000_001_234_567_891, 0, 1_700_000_000_123_456_789)]
    [InlineData(0x0C, 9_000_000_000_000_001_999, 0, 9_000_000_000_000_001)]
    [InlineData(0x1B, ulong.MaxValue, 0, 18)]
    [InlineData(0x1C, ulong.MaxValue, 0, 0)]
    [InlineData(0x7F, ulong.MaxValue, 0, 0)]
    // Powers of two.
    [InlineData(0x80, 1_700_000_000, 0, 1_700_000_000_000_000_000)]
    [InlineData(0x8A, 1024, 0, 1_000_000_000)]
    [InlineData(0x8A, 1, 0, 976_562)]
    [InlineData(0xA0, 0x6553_F100_8000_0000, 0, 1_700_000_000_500_000_000)]
    [InlineData(0xFF, ulong.MaxValue, 0, 0)]
    // Offset in seconds, what 64 bits of nanoseconds cannot hold.
    [InlineData(0x06, 5_000_000, 1_700_000_000, 1_700_000_005_000_000_000)]
    [InlineData(0x09, 5_000_000_000, -2, 3_000_000_000)]
    [InlineData(0x09, 5_000_000_000, -6, 0)]
    [InlineData(0x06, 5, long.MaxValue, long.MaxValue)]
    [InlineData(0x06, 5, long.MinValue, 0)]
    [InlineData(0x00, ulong.MaxValue, 0, long.MaxValue)]
    [InlineData(0x06, ulong.MaxValue, 0, long.MaxValue)]
    public void Times_follow_resolution_and_offset(byte resolution, ulong ticks, long offset, long expectedNs)
    {
        var bytes = new CaptureBytes(true);
        bytes.Section().Interface(105, 0, (9, [resolution]), (14, bytes.Int64(offset))).Enhanced(0, ticks, First);
        Assert.Equal(expectedNs, Assert.Single(Reading.Of(bytes).Packets).TimestampNs);
    }

    [Fact]
    public void A_simple_packet_is_cut_by_the_interfaces_limit()
    {
        Reading reading = Reading.Of(new CaptureBytes(false).Section().Interface(105, 3).Simple(Second, original: 100));
        CollectingSink.Packet packet = Assert.Single(reading.Packets);
        Assert.Equal(Second, packet.Bytes);
        Assert.Equal(100, packet.OriginalLength);
    }

    [Fact]
    public void A_simple_packet_at_the_beginning_has_the_time_of_the_file()
    {
        string path = System.IO.Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, new CaptureBytes(false).Section().Interface(105).Simple(First).ToArray());
            var time = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
            File.SetLastWriteTimeUtc(path, time);
            Assert.Equal((time - DateTime.UnixEpoch).Ticks * 100, Assert.Single(Reading.OfFile(path).Packets).TimestampNs);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static TheoryData<string> Contradictions => [.. ContradictionTable.Keys];

    private static Dictionary<string, Func<CaptureBytes, CaptureBytes>> ContradictionTable { get; } = new()
    {
        ["a packet names interface 7 of 1"] = static f => f.Enhanced(7, 1, Second),
        ["a packet of 90 bytes does not fit its block"] = static f => f.Enhanced(0, 1, Second, kept: 90),
        ["a packet of 4294967295 bytes does not fit its block"] = static f => f.Enhanced(0, 1, Second, kept: uint.MaxValue),
        ["a packet has 262145 bytes (the limit is 262144)"] = static f => f.Enhanced(0, 1, new byte[262_145]),
        ["an enhanced packet block is too short"] = static f => f.Block(6, static b => b.U32(0)),
        ["a packet block is too short"] = static f => f.Block(2, static b => b.U32(0)),
        ["a simple packet block is too short"] = static f => f.Block(3, static b => { }),
        ["a packet of 9 bytes does not fit its block"] = static f => f.Simple(Second, original: 9),
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void A_packet_that_contradicts_itself_is_passed_over_and_counted(string problem)
    {
        CaptureBytes file = new CaptureBytes(false).Section().Interface(105).Enhanced(0, 1, First);
        long at = file.Length;
        ContradictionTable[problem](file).Enhanced(0, 1, Second);
        Reading reading = Reading.Of(file);
        Assert.Equal([First, Second], reading.Packets.Select(static p => p.Bytes));
        Assert.Equal($"'test.cap' is damaged at offset {at}: {problem}.", reading.Damage!.Message);
        Assert.Equal(1, reading.Counters.Drops![SourceDropReason.RecordMalformed]);
    }

    public static TheoryData<string> Breaks => [.. BreakTable.Keys];

    private static Dictionary<string, Func<CaptureBytes, CaptureBytes>> BreakTable { get; } = new()
    {
        ["a block of 36 bytes ends with a length of 37"] = static f => f.Block(6, static b => b.U32(0).U32(0).U32(0).U32(3).U32(3).Padded(Second), trailer: 37),
        ["a block of 20 bytes ends with a length of 0"] = static f => f.Block(0x77, static b => b.U32(0).U32(0), trailer: 0),
        ["a block claims 4 bytes"] = static f => f.Block(6, static b => { }, length: 4),
        ["a block claims 35 bytes"] = static f => f.Block(6, static b => { }, length: 35),
        ["a block claims 16777220 bytes (the limit is 16777216)"] = static f => f.Block(6, static b => { }, length: (16 * 1024 * 1024) + 4),
        ["a section header has no byte-order magic"] = static f => f.Block(0x0A0D0D0A, static b => b.U32(1).U32(2).U32(3).U32(4)),
        ["a section header is too short"] = static f => f.Block(0x0A0D0D0A, static b => b.U32(0x1A2B3C4D)),
        ["a section header names version 2, only 1 is known"] = static f => f.Section(2),
        ["an interface description is too short"] = static f => f.Block(1, static b => b.U32(105)),
    };

    [Theory]
    [MemberData(nameof(Breaks))]
    public void Where_the_next_block_cannot_be_told_reading_ends_with_what_came_before(string problem)
    {
        CaptureBytes file = new CaptureBytes(false).Section().Interface(105).Enhanced(0, 1, First);
        long at = file.Length;
        BreakTable[problem](file).Enhanced(0, 1, Second);
        Reading reading = Reading.Of(file);
        Assert.Equal(First, Assert.Single(reading.Packets).Bytes);
        Assert.Equal($"'test.cap' is damaged at offset {at}: {problem}.", reading.Damage!.Message);
    }

    [Fact]
    public void A_block_of_an_unknown_kind_is_passed_over_whatever_its_size()
    {
        CaptureBytes file = new CaptureBytes(false).Section().Interface(105).Enhanced(0, 1, First).Unknown(0x40000BAD, 40 * 1024 * 1024).Enhanced(0, 1, Second);
        byte[] bytes = file.ToArray();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Reading reading = Reading.Of(bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * 1024 * 1024);
        Assert.Null(reading.Damage);
        Assert.Equal([First, Second], reading.Packets.Select(static p => p.Bytes));
    }

    [Fact]
    public void Options_past_the_end_of_their_block_are_left_and_the_interface_kept()
    {
        Reading reading = Reading.Of(new CaptureBytes(false).Section()
            .Block(1, static b => b.U16(105).U16(0).U32(0).U16(2).U16(4).Padded("wlan"u8.ToArray()).U16(3).U16(60_000).Padded("x"u8.ToArray()))
            .Enhanced(0, 1, First));
        Assert.Null(reading.Damage);
        Assert.Equal("wlan", Assert.Single(reading.Packets).Origin.Id);
    }

    [Fact]
    public void Interfaces_beyond_the_limit_are_malformed_records()
    {
        CaptureBytes file = new CaptureBytes(false).Section();
        for (int i = 0; i < PcapNgReader.MaxInterfaces + 3; i++)
        {
            file.Interface(105);
        }

        file.Enhanced(PcapNgReader.MaxInterfaces - 1, 1, First).Enhanced(PcapNgReader.MaxInterfaces, 1, Second);
        Reading reading = Reading.Of(file);
        Assert.Equal(First, Assert.Single(reading.Packets).Bytes);
        Assert.Equal(4, reading.Counters.Drops![SourceDropReason.RecordMalformed]);
    }

    [Fact]
    public void Origins_beyond_the_limit_are_dropped_and_counted()
    {
        CaptureBytes file = new CaptureBytes(false);
        for (int section = 0; section < 2; section++)
        {
            file.Section();
            for (int i = 0; i < PcapNgReader.MaxInterfaces; i++)
            {
                file.Interface(105, 0, Text(2, $"s{section}i{i}"));
            }

            for (int i = 0; i < PcapNgReader.MaxInterfaces; i++)
            {
                file.Enhanced((uint)i, 1, First);
            }
        }

        Reading reading = Reading.Of(file);
        Assert.Equal(PacketRouter.MaxOrigins, reading.Origins.Count);
        Assert.Equal(PacketRouter.MaxOrigins, reading.Packets.Count);
        Assert.Equal(PcapNgReader.MaxInterfaces, reading.Counters.Drops![SourceDropReason.SensorLimit]);
    }
}
