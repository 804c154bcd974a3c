using System.IO.Compression;
using KismetPS.Capture.Pcap;
using KismetPS.TestKit;
using Xunit;
using static KismetPS.Capture.Tests.Pcap.CaptureBytes;

namespace KismetPS.Capture.Tests.Pcap;

/// <summary>Files cut and bent anywhere: what was whole before the damage is delivered, nothing throws, memory stays bounded.</summary>
public class DamageTests
{
    private static readonly byte[] First = [1, 2, 3, 4, 5];
    private static readonly byte[] Second = [9, 8, 7];

    public static TheoryData<bool, bool, bool> Kinds => new()
    {
        { false, false, false }, { false, true, false }, { true, false, false }, { true, true, false },
        { false, false, true }, { true, true, true },
    };

    private static CaptureBytes Sample(bool ng, bool bigEndian)
    {
        var file = new CaptureBytes(bigEndian);
        return ng
            ? file.Section().Interface(127, 0, Text(2, "wlan0"), (9, [9])).Enhanced(0, 5, First).Unknown(5, 40).Simple(Second)
                .Section().Interface(105).Enhanced(0, 6, First, options: Text(1, "x")).Obsolete(0, 7, Second)
            : file.PcapHeader(0xA1B2C3D4, 127).PcapRecord(1, 2, First).PcapRecord(2, 3, Second).PcapRecord(3, 4, []).PcapRecord(4, 5, First);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Cut_at_every_byte_the_packets_whole_before_the_cut_come_and_one_damage_with_its_offset(bool ng, bool bigEndian, bool trickle)
    {
        CaptureBytes sample = Sample(ng, bigEndian);
        byte[] whole = sample.ToArray();
        Reading reference = Reading.Of(whole);
        Assert.Null(reference.Damage);
        Assert.Equal(sample.PacketEnds.Count, reference.Packets.Count);
        for (int cut = 0; cut <= whole.Length; cut++)
        {
            Stream stream = trickle ? new TrickleStream(whole[..cut], 3) : new MemoryStream(whole, 0, cut, false);
            if (cut < 4)
            {
                Assert.Equal(KismetErrorId.CaptureFormatUnknown, Assert.Throws<KismetException>(() => Reading.Of(stream)).Id);
                continue;
            }

            Reading reading = Reading.Of(stream);
            Assert.Equal(sample.PacketEnds.Count(e => e <= cut), reading.Packets.Count);
            Assert.Equal(reference.Packets.Take(reading.Packets.Count).Select(static p => p.Bytes), reading.Packets.Select(static p => p.Bytes));
            Assert.Equal(reference.Packets.Take(reading.Packets.Count).Select(static p => p.TimestampNs), reading.Packets.Select(static p => p.TimestampNs));
            if (sample.Ends.Contains(cut))
            {
                Assert.Null(reading.Damage);
            }
            else
            {
                long at = sample.Ends.LastOrDefault(e => e < cut);
                Assert.StartsWith($"'test.cap' is damaged at offset {at}: the file ends inside ", reading.Damage!.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bytes_may_come_one_at_a_time(bool ng)
    {
        byte[] whole = Sample(ng, true).ToArray();
        Reading reference = Reading.Of(whole);
        foreach (int step in new[] { 1, 2, 7, 64 })
        {
            Reading reading = Reading.Of(new TrickleStream(whole, step));
            Assert.Null(reading.Damage);
            Assert.Equal(reference.Packets.Select(static p => p.Bytes), reading.Packets.Select(static p => p.Bytes));
            Assert.Equal(0, reading.Counters.Length);
        }
    }

    [Fact]
    public void Random_corruption_gives_no_exception_but_ours_and_no_more_memory()
    {
        var random = new Random(20260101);
        byte[][] samples = [Sample(false, false).ToArray(), Sample(false, true).ToArray(), Sample(true, false).ToArray(), Sample(true, true).ToArray()];
        int damaged = 0;
        for (int round = 0; round < 6000; round++)
        {
            byte[] bytes = (byte[])samples[round % samples.Length].Clone();
            int flips = random.Next(1, 6);
            for (int i = 0; i < flips; i++)
            {
                bytes[random.Next(bytes.Length)] = random.Next(4) switch { 0 => 0xFF, 1 => 0, 2 => 0x80, _ => (byte)random.Next(256) };
            }

            damaged += ReadGuarded(bytes) ? 1 : 0;
        }

        // Not a test that nothing was bent: most rounds hit a length, an order or a magic.
        Assert.InRange(damaged, 1000, 6000);
    }

    [CapturesFact]
    public void Real_captures_survive_random_corruption_too()
    {
        var random = new Random(7);
        foreach (string file in OracleCaptures.Files())
        {
            byte[] content = File.ReadAllBytes(OracleCaptures.Path(file));
            byte[] part = content[..Math.Min(content.Length, 20_000)];
            for (int round = 0; round < 40; round++)
            {
                byte[] bytes = (byte[])part.Clone();
                for (int i = random.Next(1, 30); i > 0; i--)
                {
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                }

                ReadGuarded(bytes);
            }
        }
    }

    [Fact]
    public void Every_length_field_set_to_every_extreme()
    {
        uint[] extremes = [0, 1, 3, 4, 7, 8, 11, 12, 13, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFC, uint.MaxValue];
        foreach (bool ng in new[] { false, true })
        {
            byte[] whole = Sample(ng, false).ToArray();
            for (int at = 0; at + 4 <= whole.Length; at += 4)
            {
                foreach (uint value in extremes)
                {
                    byte[] bytes = (byte[])whole.Clone();
                    System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
                    ReadGuarded(bytes);
                }
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gzip_is_unpacked_with_progress_in_packed_bytes(bool ng)
    {
        byte[] whole = Sample(ng, false).ToArray();
        byte[] packed = Gzip(whole);
        Reading reading = Reading.Of(packed);
        Assert.Null(reading.Damage);
        Assert.Equal(Reading.Of(whole).Packets.Select(static p => p.Bytes), reading.Packets.Select(static p => p.Bytes));
        Assert.Equal(packed.Length, reading.Counters.Length);
        Assert.Equal(packed.Length, reading.Counters.Position);

        // Through a pipe, and as two members one behind the other (gzip -c a >> b).
        Assert.Equal(reading.Packets.Count, Reading.Of(new TrickleStream(packed, 5)).Packets.Count);
        byte[] twice = [.. Gzip(whole[..30]), .. Gzip(whole[30..])];
        Reading members = Reading.Of(twice);
        Assert.Null(members.Damage);
        Assert.Equal(reading.Packets.Count, members.Packets.Count);
    }

    [Fact]
    public void A_gzip_file_cut_anywhere_gives_a_prefix_and_says_so()
    {
        var file = new CaptureBytes(false).PcapHeader(0xA1B2C3D4, 127);
        var random = new Random(3);
        for (uint i = 0; i < 300; i++)
        {
            byte[] data = new byte[random.Next(20, 90)];
            random.NextBytes(data);
            file.PcapRecord(i, 0, data);
        }

        byte[] packed = Gzip(file.ToArray());
        Reading reference = Reading.Of(packed);
        Assert.Equal(300, reference.Packets.Count);
        for (int cut = 0; cut < packed.Length; cut += cut < 40 || cut > packed.Length - 40 ? 1 : 97)
        {
            byte[] part = packed[..cut];
            try
            {
                Reading reading = Reading.Of(part);
                Assert.True(reading.Damage != null, $"cut at {cut} of {packed.Length} went unnoticed");
                Assert.Equal(reference.Packets.Take(reading.Packets.Count).Select(static p => p.Bytes), reading.Packets.Select(static p => p.Bytes));
            }
            catch (KismetException e)
            {
                Assert.Equal(KismetErrorId.CaptureFormatUnknown, e.Id);
                Assert.InRange(cut, 0, 400);
            }
        }

        byte[] bent = (byte[])packed.Clone();
        bent[packed.Length / 2] ^= 0x55;
        Reading damaged = Reading.Of(bent);
        Assert.NotNull(damaged.Damage);
        Assert.InRange(damaged.Packets.Count, 1, 299);
    }

    private static byte[] Gzip(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static bool ReadGuarded(byte[] bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Reading reading = Reading.Of(bytes);
            Assert.All(reading.Packets, p => Assert.InRange(p.Bytes.Length, 0, bytes.Length));
            // The window, doubled at most by what is really there, and what the test keeps.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3 * 1024 * 1024);
            return reading.Damage != null;
        }
        catch (KismetException e)
        {
            Assert.Equal(KismetErrorId.CaptureFormatUnknown, e.Id);
            return true;
        }
    }
}
