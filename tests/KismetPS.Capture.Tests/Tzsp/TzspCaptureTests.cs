using System.Globalization;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.TestKit;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Capture.Tests.Tzsp;

/// <summary>The corpus wrapped in TZSP by a program of its own: what we read of it is tshark's reading, what we wrap ourselves carries the same frames.</summary>
public sealed class TzspCaptureTests
{
    private const int UdpPayload = 42;

    /// <summary>Where our wrapping carries other bytes, and why.</summary>
    private static readonly Dictionary<string, (int[] Frames, string Why)> OtherFrames = new(StringComparer.Ordinal)
    {
        ["aircrack-test1.pcap"] = ([11, 12, 19, 43, 84, 98, 104, 105, 160, 161, 163, 164],
            "sent by the capturing machine itself, radiotap tells a rate only: no FCS is found on them; the corpus took four bytes off, going by the file's other frames"),
        ["aircrack-wpaclean_crash.pcap"] = ([1], "the Prism header is cut: it goes as it is, the corpus has an empty frame"),
        ["tcpdump-ieee802.11_meshhdr-oobr.pcap"] = ([1], "the radiotap header runs past the packet: likewise"),
        ["tcpdump-ieee802.11_rates_oobr.pcap"] = ([1], "likewise"),
        ["tcpdump-radiotap-heapoverflow.pcap"] = ([1], "likewise"),
    };

    public static TheoryData<string> Files => OracleCaptures.All;

    /// <summary>Every message has its nine tags, running counts and a frame that is the original's bytes behind its radio header.</summary>
    [CapturesTheory]
    [MemberData(nameof(Files))]
    public void EveryMessageIsReadAndHoldsTheOriginalsBytes(string file)
    {
        IReadOnlyList<CapturedPacket> originals = OracleCaptures.Packets(file);
        IReadOnlyList<CapturedPacket> wrapped = PcapFileReader.ReadAll(OracleCaptures.TzspPath(file));
        Assert.Equal(originals.Count, wrapped.Count);
        int empty = 0;
        for (int i = 0; i < wrapped.Count; i++)
        {
            byte[] message = wrapped[i].Bytes[UdpPayload..];
            TzspStatus status = TzspReader.Read(message, out TzspFacts facts, out RadioInfo radio);
            Assert.Equal((uint)i + 1, facts.PacketCount);
            Assert.Equal("02:00:00:C0:FF:EE", TzspText.Serial(facts.Serial.Of(message)));
            const RadioFields Told = RadioFields.Signal | RadioFields.Snr | RadioFields.Rate | RadioFields.Timestamp | RadioFields.Channel;
            Assert.Equal(Told, radio.Fields & Told);
            Assert.Equal(facts.FcsError, radio.Fcs == FcsState.AbsentBad);
            if (status == TzspStatus.Empty)
            {
                empty++;
                continue;
            }

            Assert.Equal(TzspStatus.Frame, status);
            ReadOnlySpan<byte> frame = message.AsSpan(facts.FrameOffset);
            ReadOnlySpan<byte> original = originals[i].Bytes;
            bool stripped = facts.OriginalLength == frame.Length + 4 && !original.EndsWith(frame);
            Assert.True((stripped ? original[..^4] : original).EndsWith(frame), $"Frame {i + 1} is not in the original.");
        }

        // Radio headers that the corpus' program could not read.
        Assert.Equal(OtherFrames.TryGetValue(file, out var other) && file != "aircrack-test1.pcap" ? other.Frames.Length : 0, empty);
    }

    [CapturesTheory]
    [MemberData(nameof(Files))]
    public void WhatWeWrapCarriesTheSameFramesAndFacts(string file)
    {
        IReadOnlyList<CapturedPacket> originals = OracleCaptures.Packets(file);
        IReadOnlyList<CapturedPacket> wrapped = PcapFileReader.ReadAll(OracleCaptures.TzspPath(file));
        TzspFrameWrapper wrapper = new(new TzspSenderOptions { Serial = MacAddress.Parse("02:00:00:C0:FF:EE"), DeviceName = "sensor" });
        FrameOrigin origin = new(0, file);
        byte[] ours = new byte[TzspSender.MaxMessage];
        List<int> different = [];
        for (int i = 0; i < originals.Count; i++)
        {
            FrameInfo info = new() { LinkType = (LinkType)originals[i].LinkType, OriginalLength = originals[i].OriginalLength, Origin = origin };
            int length = wrapper.Wrap(originals[i].Bytes, in info, ours);
            ReadOnlySpan<byte> message = ours.AsSpan(0, length);
            Assert.Equal(TzspStatus.Frame, TzspReader.Read(message, out TzspFacts facts, out RadioInfo radio));
            Assert.Equal("02:00:00:C0:FF:EE", TzspText.Serial(facts.Serial.Of(message)));
            Assert.Equal("sensor", TzspText.Text(facts.DeviceName.Of(message)));
            byte[] theirs = wrapped[i].Bytes[UdpPayload..];
            TzspReader.Read(theirs, out TzspFacts theirFacts, out RadioInfo theirRadio);
            Assert.Equal(theirFacts.PacketCount, facts.PacketCount);
            if (!message[facts.FrameOffset..].SequenceEqual(theirs.AsSpan(theirFacts.FrameOffset)))
            {
                different.Add(i + 1);
                continue;
            }

            Assert.Equal(theirFacts.FcsError, facts.FcsError);

            // A capture that was cut told its program the length of the cut; we tell that on the air.
            Assert.Equal(originals[i].OriginalLength > originals[i].Bytes.Length, theirFacts.OriginalLength != facts.OriginalLength);

            // The program made up a signal where the header had none, and put 6 GHz channels as they are numbered there.
            if (radio.Has(RadioFields.Signal))
            {
                Assert.Equal(theirRadio.SignalDbm, radio.SignalDbm);
            }

            if (radio.Has(RadioFields.Channel) && radio.Band != Band.Ghz6)
            {
                Assert.Equal((theirRadio.Channel, theirRadio.FrequencyMHz), (radio.Channel, radio.FrequencyMHz));
            }
        }

        Assert.Equal(OtherFrames.TryGetValue(file, out var other) ? other.Frames : [], different);
    }

    [TsharkCapturesFact]
    public void ValuesAreTsharks()
    {
        List<byte[]> packets = [.. OracleCaptures.Files().Where(f => f != "aircrack-wep_64_ptw.cap")
            .SelectMany(f => PcapFileReader.ReadAll(OracleCaptures.TzspPath(f))).Select(p => p.Bytes)];
        string[][] rows = AskTshark(packets, LinkType.Ethernet, ValueFields);
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal(rows[i], Values(packets[i].AsSpan(UdpPayload)));
        }

        Assert.InRange(packets.Count, 2500, int.MaxValue);
    }

    /// <summary>What our writer makes, tshark reads: every value where tshark reads tags of that length.</summary>
    [TsharkFact]
    public void TsharkReadsWhatWeWrite()
    {
        List<byte[]> messages = [];
        TzspFrameWrapper wrapper = new(new TzspSenderOptions { Serial = MacAddress.Parse("02:00:00:C0:FF:EE"), DeviceName = "Halle 3" });
        foreach (int mhz in new[] { 2412, 2484, 5180, 5825, 5955, 7115, 5935 })
        {
            foreach (int kbps in new[] { 0, 1000, 5500, 11000, 54000, 65000, 27500 })
            {
                byte[] message = new byte[300];
                FrameInfo info = new() { LinkType = LinkType.Ieee80211, OriginalLength = 1500 };
                info.Radio.Fields = RadioFields.Signal | RadioFields.Noise | RadioFields.Frequency | RadioFields.Timestamp | (kbps > 0 ? RadioFields.Rate : 0);
                info.Radio.SignalDbm = (short)(-30 - messages.Count);
                info.Radio.NoiseDbm = -95;
                info.Radio.FrequencyMHz = (ushort)mhz;
                info.Radio.RateKbps = kbps;
                info.Radio.TimestampUs = 0x1_2345_6789;
                info.Radio.Fcs = messages.Count % 2 == 0 ? FcsState.AbsentBad : FcsState.Absent;
                messages.Add(message[..wrapper.Wrap(TzspBytes.Beacon, in info, message)]);
            }
        }

        string[][] rows = AskTshark(messages, LinkType.Tzsp, [.. ValueFields, "tzsp.device_name", "_ws.malformed", "wlan.sa"]);
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal([.. Values(messages[i]), "Halle 3", "", "02:00:00:00:00:09"], rows[i]);
        }
    }

    private static string[][] AskTshark(List<byte[]> packets, LinkType link, string[] fields)
    {
        string path = Path.Combine(Path.GetTempPath(), $"tzsp-{Guid.NewGuid():N}.pcap");
        try
        {
            PcapFileWriter.Write(path, (int)link, packets);
            string[][] rows = Tshark.Fields(path, fields);
            Assert.Equal(packets.Count, rows.Length);
            return rows;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static readonly string[] ValueFields =
    [
        "tzsp.type", "tzsp.encap", "tzsp.wlan.signal", "tzsp.wlan.silence", "tzsp.wlan.rate", "tzsp.wlan.time", "tzsp.wlan.status.fcs_err", "tzsp.wlan.channel",
        "tzsp.packet_id", "tzsp.original_length", "tzsp.sensormac",
    ];

    private static string[] Values(ReadOnlySpan<byte> message)
    {
        TzspReader.Read(message, out TzspFacts facts, out RadioInfo radio);
        int? channel = radio.Has(RadioFields.Channel) ? radio.Channel + (radio.Band == Band.Ghz6 ? 190 : 0) : null;

        // Channel 2 of 6 GHz has no number; it goes as MHz.
        if (radio.FrequencyMHz == 5935)
        {
            channel = 5935;
        }

        int? noise = radio.Has(RadioFields.Snr) ? radio.SnrDb : radio.Has(RadioFields.Noise) ? radio.NoiseDbm : null;
        return
        [
            Text((int)facts.Type), Text(facts.Encapsulation), Text(radio.Has(RadioFields.Signal) ? radio.SignalDbm : null), Text(noise),
            Text(radio.Has(RadioFields.Rate) ? radio.RateKbps / 500 : null),
            radio.Has(RadioFields.Timestamp) ? "0x" + radio.TimestampUs.ToString("x8", CultureInfo.InvariantCulture) : "",
            facts.Has(TzspFields.FcsError) ? facts.FcsError ? "1" : "0" : "", Text(channel),
            facts.Has(TzspFields.PacketCount) ? facts.PacketCount.ToString(CultureInfo.InvariantCulture) : "",
            Text(facts.Has(TzspFields.OriginalLength) ? facts.OriginalLength : null),
            TzspText.Serial(facts.Serial.Of(message))?.ToLowerInvariant() ?? "",
        ];
    }

    private static string Text(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}

/// <summary>Needs the captures and a tshark.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TsharkCapturesFactAttribute : FactAttribute
{
    public TsharkCapturesFactAttribute() => Skip = OracleCaptures.SkipReason ?? Tshark.SkipReason;
}
