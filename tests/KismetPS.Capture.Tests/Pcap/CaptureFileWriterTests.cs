using System.Globalization;
using KismetPS.Capture.Pcap;
using KismetPS.TestKit;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Capture.Tests.Pcap;

public sealed class CaptureFileWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kismetps").FullName;

    public static TheoryData<string> Captures => OracleCaptures.All;

    public void Dispose() => Directory.Delete(_folder, true);

    [CapturesTheory]
    [MemberData(nameof(Captures))]
    public void Packets_of_a_capture_come_back_from_pcapng_as_they_were(string file)
    {
        Reading original = Reading.OfFile(OracleCaptures.Path(file));
        string path = Write("out.pcapng", new CaptureWriterOptions(), original.Packets);
        Reading copy = Reading.OfFile(path);
        Assert.Null(copy.Damage);
        Assert.Equal(original.Packets.Count, copy.Packets.Count);
        for (int i = 0; i < original.Packets.Count; i++)
        {
            CollectingSink.Packet was = original.Packets[i];
            CollectingSink.Packet now = copy.Packets[i];
            Assert.Equal(was.Bytes, now.Bytes);
            Assert.Equal(was.TimestampNs, now.TimestampNs);
            Assert.Equal(was.LinkType, now.LinkType);
            Assert.Equal(was.OriginalLength, now.OriginalLength);
            Assert.Equal(was.Origin.Id, now.Origin.Id);
        }
    }

    [CapturesTheory]
    [MemberData(nameof(Captures))]
    public void As_pcap_every_capture_becomes_radiotap_with_the_same_frames_and_facts(string file)
    {
        Reading original = Reading.OfFile(OracleCaptures.Path(file));
        string path = Path.Combine(_folder, "out.pcap");
        var writer = new CaptureFileWriter(path, new CaptureWriterOptions { Format = CaptureFormat.Pcap });
        foreach (CollectingSink.Packet packet in original.Packets)
        {
            writer.Write(packet.Bytes, Info(packet));
        }

        writer.Dispose();
        // The truncated Prism header of this one tells no frame.
        bool broken = file == "aircrack-wpaclean_crash.pcap";
        Assert.Equal(broken ? 1 : 0, writer.Skipped);
        Assert.Equal(original.Packets.Count, writer.Packets + writer.Skipped);
        Reading copy = Reading.OfFile(path);
        Assert.Equal(writer.Packets, copy.Packets.Count);
        for (int i = 0; i < copy.Packets.Count; i++)
        {
            CollectingSink.Packet was = original.Packets[i];
            CollectingSink.Packet now = copy.Packets[i];
            Assert.Equal(LinkType.Radiotap, now.LinkType);
            Assert.Equal(was.TimestampNs, now.TimestampNs);
            RadioInfo before = was.Radio;
            RadioInfo after = default;
            DecodeStatus status = RadioHeader.TryRead(was.Bytes, was.LinkType, ref before, out int beforeLength);
            Assert.Equal(status, RadioHeader.TryRead(now.Bytes, now.LinkType, ref after, out int afterLength));
            if (status != DecodeStatus.Ok)
            {
                Assert.Equal(was.Bytes, now.Bytes);
                continue;
            }

            Assert.Equal(was.Bytes[beforeLength..], now.Bytes[afterLength..]);
            Assert.Equal(before.Has(RadioFields.Signal), after.Has(RadioFields.Signal));
            Assert.Equal(before.SignalDbm, after.SignalDbm);
            Assert.Equal(before.FrequencyMHz, after.FrequencyMHz);
            Assert.Equal(before.RateKbps, after.RateKbps);
            Assert.Equal(before.TimestampUs, after.TimestampUs);
        }
    }

    [TsharkCapturesTheory]
    [MemberData(nameof(Captures))]
    public void Frames_from_TZSP_are_read_by_tshark_with_signal_channel_rate_time_and_sensor(string file)
    {
        Reading wrapped = Reading.OfFile(OracleCaptures.TzspPath(file));
        if (wrapped.Packets.Count == 0)
        {
            return;
        }

        string ng = Write("out.pcapng", new CaptureWriterOptions(), wrapped.Packets);
        string classic = Write("out.pcap", new CaptureWriterOptions { Format = CaptureFormat.Pcap }, wrapped.Packets);
        string[] fields =
        [
            "frame.time_epoch", "radiotap.dbm_antsignal", "radiotap.dbm_antnoise", "radiotap.channel.freq", "radiotap.datarate",
            "radiotap.mactime", "frame.len", "frame.cap_len", "radiotap.length", "frame.interface_name",
        ];
        string[][] ngRows = Tshark.Fields(ng, fields);
        string[][] classicRows = Tshark.Fields(classic, fields);
        Assert.Equal(wrapped.Packets.Count, ngRows.Length);
        Assert.Equal(wrapped.Packets.Count, classicRows.Length);
        for (int i = 0; i < ngRows.Length; i++)
        {
            CollectingSink.Packet packet = wrapped.Packets[i];
            string[] row = ngRows[i];
            Assert.Equal(row[..9], classicRows[i][..9]);
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{packet.TimestampNs / 1_000_000_000}.{packet.TimestampNs % 1_000_000_000:D9}"), row[0]);
            Assert.Equal(Cell(packet.Radio.Has(RadioFields.Signal), packet.Radio.SignalDbm), row[1]);
            // These sensors told a ratio: the noise floor is the signal less that.
            Assert.True(packet.Radio.Has(RadioFields.Snr) && packet.Radio.Has(RadioFields.Signal));
            Assert.Equal(Cell(true, packet.Radio.SignalDbm - packet.Radio.SnrDb), row[2]);
            if (packet.Radio.Has(RadioFields.Frequency))
            {
                Assert.Equal(Cell(true, packet.Radio.FrequencyMHz), row[3]);
            }
            else
            {
                Assert.Equal(packet.Radio.Has(RadioFields.Channel), row[3].Length > 0);
            }

            Assert.Equal(packet.Radio.Has(RadioFields.Rate) ? (packet.Radio.RateKbps / 1000.0).ToString(CultureInfo.InvariantCulture) : string.Empty, row[4]);
            Assert.Equal(packet.Radio.Has(RadioFields.Timestamp) ? packet.Radio.TimestampUs.ToString(CultureInfo.InvariantCulture) : string.Empty, row[5]);
            Assert.Equal(packet.Bytes.Length + int.Parse(row[8], CultureInfo.InvariantCulture), int.Parse(row[7], CultureInfo.InvariantCulture));
            Assert.Equal(packet.Origin.Id, row[9]);
        }

        // And by ourselves: the same frames under the same sensor, facts in the header.
        Reading copy = Reading.OfFile(ng);
        Assert.Equal(wrapped.Origins.Select(static o => (o.Id, o.Serial)), copy.Origins.Select(static o => (o.Id, o.Serial)));
        for (int i = 0; i < copy.Packets.Count; i++)
        {
            RadioInfo radio = default;
            Assert.Equal(DecodeStatus.Ok, RadioHeader.TryRead(copy.Packets[i].Bytes, LinkType.Radiotap, ref radio, out int length));
            Assert.Equal(wrapped.Packets[i].Bytes, copy.Packets[i].Bytes[length..]);
            Assert.Equal(wrapped.Packets[i].Radio.SignalDbm, radio.SignalDbm);
            Assert.Equal(wrapped.Packets[i].TimestampNs, copy.Packets[i].TimestampNs);
        }
    }

    [TsharkFact]
    public void The_sensor_is_an_interface_with_name_description_and_address()
    {
        var sensor = new FrameOrigin(0, "00:0C:42:01:02:03", "tower \u00e9") { Serial = "00:0C:42:01:02:03", Location = "north mast", Address = "192.0.2.7:40000" };
        var plain = new FrameOrigin(1, "192.0.2.8");
        byte[] beacon = [0x80, 0, 0, 0, 255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 9, 2, 0, 0, 0, 0, 9, 0, 0];
        string path = Path.Combine(_folder, "sensors.pcapng");
        using (var writer = new CaptureFileWriter(path, new CaptureWriterOptions()))
        {
            var info = new FrameInfo { TimestampNs = 1_700_000_000_123_456_789, LinkType = LinkType.Ieee80211, OriginalLength = beacon.Length, Origin = sensor };
            info.Radio.SetSignal(-60);
            writer.Write(beacon, in info);
            info.Origin = plain;
            writer.Write(beacon, in info);
            info.Origin = sensor;
            info.Radio = default;
            writer.Write(beacon, in info);
            info.LinkType = LinkType.Ethernet;
            writer.Write(beacon, in info);
            info.LinkType = LinkType.Unknown;
            writer.Write(beacon, in info);
            Assert.Equal((4, 1), (writer.Packets, writer.Skipped));
        }

        string[][] rows = Tshark.Fields(path, "frame.interface_name", "frame.interface_description", "frame.encap_type", "frame.time_epoch");
        Assert.Equal(
            [
                "00:0C:42:01:02:03|tower \u00e9|23|1700000000.123456789",
                "192.0.2.8||23|1700000000.123456789",
                "00:0C:42:01:02:03|tower \u00e9|20|1700000000.123456789",
                "00:0C:42:01:02:03|tower \u00e9|1|1700000000.123456789",
            ],
            rows.Select(static r => string.Join('|', r)));
        Reading copy = Reading.OfFile(path);
        // The Ethernet one is looked into for TZSP.
        Assert.Equal(3, copy.Packets.Count);
        Assert.Equal([("00:0C:42:01:02:03", "tower \u00e9", "00:0C:42:01:02:03"), ("192.0.2.8", "192.0.2.8", null)], copy.Origins.Select(static o => (o.Id, o.Name, o.Serial)));
    }

    [Fact]
    public void The_FCS_is_told_where_the_frames_carry_it()
    {
        byte[] frame = new byte[40];
        frame[0] = 0x80;
        frame[30] = 7;
        byte[] withFcs = [.. frame, .. BitConverter.GetBytes(Crc(frame))];
        byte[] bent = (byte[])withFcs.Clone();
        bent[20] ^= 1;
        var packets = Enumerable.Repeat(withFcs, 30).Append(bent).Append(withFcs)
            .Select(static b => new CollectingSink.Packet(b, 1, LinkType.Ieee80211, b.Length, new FrameOrigin(0, "s"), Signal(-50))).ToList();
        FrameOrigin one = packets[0].Origin;
        Reading copy = Reading.OfFile(Write("fcs.pcapng", new CaptureWriterOptions(), packets.Select(p => p with { Origin = one })));
        Assert.Equal(32, copy.Packets.Count);
        for (int i = 0; i < 32; i++)
        {
            RadioInfo radio = default;
            RadioHeader.TryRead(copy.Packets[i].Bytes, LinkType.Radiotap, ref radio, out _);
            Assert.Equal(i == 30 ? FcsState.PresentBad : FcsState.Present, radio.Fcs);
        }
    }

    [Theory]
    [InlineData(FcsState.Absent, 104, 100)]
    [InlineData(FcsState.AbsentBad, 104, 100)]
    [InlineData(FcsState.Absent, 300, 300)]
    [InlineData(FcsState.Unknown, 104, 104)]
    internal void A_stripped_FCS_is_not_written_as_a_cut_frame(FcsState fcs, int original, int expected)
    {
        RadioInfo radio = Signal(-50);
        radio.Fcs = fcs;
        var packet = new CollectingSink.Packet(new byte[100], 1, LinkType.Ieee80211, original, new FrameOrigin(0, "s"), radio);
        CollectingSink.Packet copy = Assert.Single(Reading.OfFile(Write("cut.pcapng", new CaptureWriterOptions(), [packet])).Packets);
        Assert.Equal(expected - 100, copy.OriginalLength - copy.Bytes.Length);
    }

    [Fact]
    public void A_packet_above_the_limit_is_cut_and_says_so()
    {
        var packet = new CollectingSink.Packet(new byte[CaptureReader.MaxPacketBytes + 10], 1, LinkType.Ieee80211, CaptureReader.MaxPacketBytes + 10, new FrameOrigin(0, "s"), Signal(-50));
        CollectingSink.Packet copy = Assert.Single(Reading.OfFile(Write("large.pcapng", new CaptureWriterOptions(), [packet])).Packets);
        Assert.Equal(CaptureReader.MaxPacketBytes, copy.Bytes.Length);
        Assert.True(copy.OriginalLength > copy.Bytes.Length);
    }

    [Theory]
    [InlineData(CaptureFormat.PcapNg, ".pcapng")]
    [InlineData(CaptureFormat.Pcap, ".pcap")]
    public void Files_roll_by_size_each_complete_in_itself(CaptureFormat format, string extension)
    {
        var packets = Enumerable.Range(0, 100).Select(i => Packet(i, 200)).ToList();
        FrameOrigin one = packets[0].Origin;
        string path = Path.Combine(_folder, "roll" + extension);
        var time = new ManualTime(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)));
        using (var writer = new CaptureFileWriter(path, new CaptureWriterOptions { Format = format, Rolling = new FileRolling { MaxBytes = 4000 } }, time))
        {
            Assert.Equal(Path.Combine(_folder, "roll_00001_20251231T220000" + extension), writer.Path);
            foreach (CollectingSink.Packet packet in packets)
            {
                writer.Write(packet.Bytes, Info(packet with { Origin = one }));
            }
        }

        string[] files = [.. Directory.GetFiles(_folder).Order(StringComparer.Ordinal)];
        Assert.InRange(files.Length, 6, 9);
        Assert.All(files, static f => Assert.InRange(new FileInfo(f).Length, 1, 4000));
        Reading[] parts = [.. files.Select(static f => Reading.OfFile(f))];
        Assert.All(parts, static p => Assert.Null(p.Damage));
        Assert.Equal(packets.Select(static p => p.TimestampNs), parts.SelectMany(static p => p.Packets).Select(static p => p.TimestampNs));
    }

    [Fact]
    public void Files_roll_by_age_in_packet_time_and_the_oldest_go()
    {
        var packets = Enumerable.Range(0, 50).Select(i => Packet(i * 1_000_000_000L, 50)).ToList();
        // A clock that steps back begins no new file.
        packets.Insert(25, Packet(0, 50));
        string path = Write("age.pcapng", new CaptureWriterOptions { Rolling = new FileRolling { MaxAge = TimeSpan.FromSeconds(10), MaxFiles = 2 } }, packets);
        string[] files = [.. Directory.GetFiles(_folder).Select(static f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        Assert.Equal(2, files.Length);
        Assert.StartsWith("age_00004_", files[0], StringComparison.Ordinal);
        Assert.StartsWith("age_00005_", files[1], StringComparison.Ordinal);
        Assert.Equal(Path.Combine(_folder, files[1]), path);
        Assert.Equal(10, Reading.OfFile(path).Packets.Count);
    }

    [Fact]
    public void Files_kept_of_one_that_never_rolls_are_refused_and_nothing_is_left()
    {
        var options = new CaptureWriterOptions { Rolling = new FileRolling { MaxFiles = 2 } };
        KismetException e = Assert.Throws<KismetException>(() => new CaptureFileWriter(Path.Combine(_folder, "one.pcapng"), options));
        Assert.Equal(KismetErrorId.ArgumentInvalid, e.Id);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_exists_is_left_alone_with_NoClobber_and_replaced_without()
    {
        string path = Path.Combine(_folder, "there.pcapng");
        File.WriteAllText(path, "mine");
        KismetException e = Assert.Throws<KismetException>(() => new CaptureFileWriter(path, new CaptureWriterOptions { NoClobber = true }));
        Assert.Equal(KismetErrorId.FileExists, e.Id);
        Assert.Equal("mine", File.ReadAllText(path));
        Write("there.pcapng", new CaptureWriterOptions(), [Packet(1, 10)]);
        Assert.Single(Reading.OfFile(path).Packets);
        Write("new.pcapng", new CaptureWriterOptions { NoClobber = true }, [Packet(1, 10)]);
    }

    [Fact]
    public void A_folder_that_is_not_there_cannot_be_written_to()
    {
        KismetException e = Assert.Throws<KismetException>(() => new CaptureFileWriter(Path.Combine(_folder, "no", "x.pcapng"), new CaptureWriterOptions()));
        Assert.Equal(KismetErrorId.FileNotWritable, e.Id);
        Assert.NotNull(e.Advice);
        Assert.EndsWith("its folder does not exist.", e.Message, StringComparison.Ordinal);
        KismetException folder = Assert.Throws<KismetException>(() => new CaptureFileWriter(_folder, new CaptureWriterOptions()));
        Assert.Equal(KismetErrorId.FileNotWritable, folder.Id);
        Assert.Equal($"'{_folder}' cannot be written: it is a folder.", folder.Message);
    }

    [FullDeviceFact]
    public void A_full_disk_is_told_by_flush_and_write_and_by_the_end_if_nobody_asked()
    {
        CollectingSink.Packet packet = Packet(1, 1000);
        var writer = new CaptureFileWriter(FullDeviceFactAttribute.Device, new CaptureWriterOptions());
        writer.Write(packet.Bytes, Info(packet));
        Assert.Equal(KismetErrorId.FileNotWritable, Assert.Throws<KismetException>(writer.Flush).Id);
        Assert.Equal(KismetErrorId.FileNotWritable, Assert.Throws<KismetException>(() => writer.Write(packet.Bytes, Info(packet))).Id);
        writer.Dispose();
        writer.Dispose();

        // Nobody asked before the end: the end says it.
        var silent = new CaptureFileWriter(FullDeviceFactAttribute.Device, new CaptureWriterOptions());
        silent.Write(packet.Bytes, Info(packet));
        Assert.Equal(KismetErrorId.FileNotWritable, Assert.Throws<KismetException>(silent.Dispose).Id);
        silent.Dispose();

        // The buffer is one megabyte: at the latest then a write fails.
        using var large = new CaptureFileWriter(FullDeviceFactAttribute.Device, new CaptureWriterOptions());
        Assert.Throws<KismetException>(() =>
        {
            for (int i = 0; i < 2000; i++)
            {
                large.Write(packet.Bytes, Info(packet));
            }
        });
    }

    [Theory]
    [InlineData(CaptureFormat.Pcap, false)]
    [InlineData(CaptureFormat.PcapNg, false)]
    [InlineData(CaptureFormat.PcapNg, true)]
    public void Where_the_disk_fills_up_the_file_ends_with_the_last_whole_record_that_fitted(CaptureFormat format, bool tooLarge)
    {
        CollectingSink.Packet packet = Packet(1, 1000);
        long kept = 0;
        foreach (int room in new[] { 0, 10, 100, 5_000, 100_000, 1_000_000, 1_500_000 })
        {
            string path = Path.Combine(_folder, $"full{room}");
            List<long> ends = [0];
            using (var output = new CaptureOutput(path, new SmallDisk(path, room, tooLarge)))
            {
                Begin(output, format, packet.Origin, ends);
                Assert.Throws<KismetException>(() =>
                {
                    while (ends.Count < 4_000)
                    {
                        Add(output, format, packet);
                        ends.Add(output.Length);
                    }
                });
            }

            kept = ends.FindLast(end => end <= room);
            Assert.Equal(kept, new FileInfo(path).Length);
            if (kept > 0)
            {
                Reading reading = Reading.OfFile(path);
                Assert.Null(reading.Damage);
                Assert.Equal(Math.Max(0, ends.IndexOf(kept) - (format == CaptureFormat.Pcap ? 1 : 2)), reading.Packets.Count);
                Assert.All(reading.Packets, p => Assert.Equal(packet.Bytes, p.Bytes));
            }
        }

        Assert.True(kept > 1_400_000);
    }

    [Fact]
    public void Nothing_is_allocated_per_packet()
    {
        CollectingSink.Packet packet = Packet(1, 300);
        FrameInfo info = Info(packet);
        using var writer = new CaptureFileWriter(Path.Combine(_folder, "a.pcapng"), new CaptureWriterOptions());
        for (int i = 0; i < 20_000; i++)
        {
            writer.Write(packet.Bytes, in info);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20_000; i++)
        {
            writer.Write(packet.Bytes, in info);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 19_999);
    }

    private static string Cell(bool told, int value) => told ? value.ToString(CultureInfo.InvariantCulture) : string.Empty;

    private static RadioInfo Signal(int dbm)
    {
        RadioInfo radio = default;
        radio.SetSignal(dbm);
        return radio;
    }

    private static void Begin(CaptureOutput output, CaptureFormat format, FrameOrigin origin, List<long> ends)
    {
        if (format == CaptureFormat.Pcap)
        {
            PcapFormat.WriteFileHeader(output, LinkType.Ieee80211);
        }
        else
        {
            PcapNgFormat.WriteSection(output);
            ends.Add(output.Length);
            PcapNgFormat.WriteInterface(output, origin, LinkType.Ieee80211);
        }

        ends.Add(output.Length);
    }

    private static void Add(CaptureOutput output, CaptureFormat format, CollectingSink.Packet packet)
    {
        if (format == CaptureFormat.Pcap)
        {
            PcapFormat.WritePacket(output, packet.TimestampNs, default, packet.Bytes, 0);
        }
        else
        {
            PcapNgFormat.WritePacket(output, 0, packet.TimestampNs, default, packet.Bytes, 0);
        }
    }

    /// <summary>A file on a disk with so much room: what fits is written, then the disk is full.</summary>
    private sealed class SmallDisk(string path, int room, bool tooLarge) : FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 0)
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            int fits = (int)Math.Min(count, room - Length);
            base.Write(buffer, offset, fits);
            if (fits < count)
            {
                // What FileStream throws for ENOSPC and for EFBIG.
                throw tooLarge ? new ArgumentOutOfRangeException("value", "Specified file length was too large for the file system.") : new IOException("No space left on device");
            }
        }
    }

    private static CollectingSink.Packet Packet(long ns, int length) =>
        new(new byte[length], 1_700_000_000_000_000_000 + ns, LinkType.Ieee80211, length, new FrameOrigin(0, "sensor"), Signal(-50));

    private static FrameInfo Info(CollectingSink.Packet packet) => new()
    {
        TimestampNs = packet.TimestampNs,
        LinkType = packet.LinkType,
        OriginalLength = packet.OriginalLength,
        Origin = packet.Origin,
        Radio = packet.Radio,
    };

    private static uint Crc(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }

    private string Write(string name, CaptureWriterOptions options, IEnumerable<CollectingSink.Packet> packets)
    {
        using var writer = new CaptureFileWriter(Path.Combine(_folder, name), options);
        foreach (CollectingSink.Packet packet in packets)
        {
            writer.Write(packet.Bytes, Info(packet));
        }

        return writer.Path;
    }
}
