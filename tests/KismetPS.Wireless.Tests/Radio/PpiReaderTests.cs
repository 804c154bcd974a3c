using KismetPS.TestKit;
using KismetPS.Wireless.Radio;
using Xunit;
using static KismetPS.Wireless.Tests.Radio.RadiotapBuilder;

namespace KismetPS.Wireless.Tests.Radio;

public sealed class PpiReaderTests
{
    private static readonly byte[] Frame = [0xD4, 0, 0, 0, 0x02, 0, 0, 0, 0, 1];

    [Fact]
    public void Common()
    {
        RadioInfo radio = Read(Packet(0, 105, (2, CommonField(0x1, 12, 2437, 0x0480, -70, -96))));
        Assert.Equal(RadioFields.Timestamp | RadioFields.Rate | RadioFields.Frequency | RadioFields.Channel | RadioFields.Signal | RadioFields.Noise, radio.Fields);
        Assert.Equal(1000UL, radio.TimestampUs);
        Assert.Equal(FcsState.Present, radio.Fcs);
        Assert.Equal(6000, radio.RateKbps);
        Assert.Equal(PhyType.Ofdm, radio.Phy);
        Assert.Equal(6, radio.Channel);
        Assert.Equal(2437, radio.FrequencyMHz);
        Assert.Equal(-70, radio.SignalDbm);
        Assert.Equal(-96, radio.NoiseDbm);
    }

    [Theory]
    [InlineData(0, FcsState.Absent)]
    [InlineData(1, FcsState.Present)]
    [InlineData(5, FcsState.PresentBad)]
    [InlineData(4, FcsState.AbsentBad)]
    internal void Fcs(int flags, FcsState expected) => Assert.Equal(expected, Read(Packet(0, 105, (2, CommonField(flags, 2, 2412, 0, -1, -1)))).Fcs);

    [Fact]
    public void TsfInMilliseconds() => Assert.Equal(1_000_000UL, Read(Packet(0, 105, (2, CommonField(2, 2, 2412, 0, -1, -1)))).TimestampUs);

    [Fact]
    public void InvalidMarksGiveNoValue()
    {
        byte[] common = CommonField(0, 0, 0, 0, -128, -128);
        Array.Clear(common, 0, 8);
        Assert.Equal(RadioFields.None, Read(Packet(0, 105, (2, common))).Fields);
    }

    [Theory]
    [InlineData(0x6, 15, 2, 300000, 40)]
    [InlineData(0x2, 7, 1, 135000, 40)]
    [InlineData(0x0, 7, 0, 65000, 20)]
    public void MacPhy(int flags, byte mcs, byte streams, int kbps, int width)
    {
        byte[] field = new byte[48];
        field[0] = (byte)flags;
        field[9] = mcs;
        field[10] = streams;
        RadioInfo radio = Read(Packet(0, 105, (4, field), (2, CommonField(0, 12, 2437, 0, -70, -96))));
        Assert.Equal(PhyType.Ht, radio.Phy);
        Assert.Equal(mcs, radio.Mcs);
        Assert.Equal((mcs >> 3) + 1, radio.Streams);
        Assert.Equal(kbps, radio.RateKbps);
        Assert.Equal(width, radio.WidthMHz);
    }

    [Fact]
    public void MacFieldAloneTellsNoRate()
    {
        RadioInfo radio = Read(Packet(0, 105, (3, new byte[12]), (2, CommonField(0, 12, 2437, 0, -70, -96))));
        Assert.Equal(6000, radio.RateKbps);
        Assert.False(radio.Has(RadioFields.Mcs));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 5)]
    [InlineData(1, 8)]
    public void OtherFieldsAreSkippedWithTheirPadding(byte flags, int size)
    {
        RadioInfo radio = Read(Packet(flags, 105, (30002, new byte[size]), (2, CommonField(0, 2, 2412, 0, -42, -90))));
        Assert.Equal(-42, radio.SignalDbm);
    }

    [Fact]
    public void FieldBeyondTheHeaderEndsTheFields()
    {
        byte[] packet = Packet(0, 105, (2, CommonField(0, 2, 2412, 0, -42, -90)), (2, CommonField(0, 2, 2412, 0, -43, -90)));
        packet[8 + 24 + 2] = 21;
        Assert.Equal(-42, Read(packet).SignalDbm);
    }

    [Theory]
    [InlineData(127u, DecodeStatus.NotWireless)]
    [InlineData(1u, DecodeStatus.NotWireless)]
    internal void OtherInnerLinks(uint dlt, DecodeStatus expected) => AssertStatus(expected, Packet(0, dlt, (2, CommonField(0, 2, 2412, 0, -42, -90))));

    [Fact]
    public void Broken()
    {
        AssertStatus(DecodeStatus.Empty, []);
        AssertStatus(DecodeStatus.RadioHeaderTruncated, [0, 0, 8, 0, 105, 0, 0]);
        AssertStatus(DecodeStatus.RadioHeaderMalformed, [0, 0, 7, 0, 105, 0, 0, 0]);
        AssertStatus(DecodeStatus.RadioHeaderMalformed, [1, 0, 8, 0, 105, 0, 0, 0]);
        AssertStatus(DecodeStatus.RadioHeaderTruncated, [0, 0, 9, 0, 105, 0, 0, 0]);
        AssertStatus(DecodeStatus.Ok, [0, 0, 8, 0, 105, 0, 0, 0]);
    }

    [TsharkFact]
    public void CommonFieldIsReadAsTsharkReadsIt()
    {
        Random random = new(192);
        List<byte[]> packets = [];
        for (int i = 0; i < 300; i++)
        {
            byte[] junk = new byte[random.Next(20)];
            packets.Add(Packet(
                (byte)random.Next(2),
                105,
                (30000 + random.Next(4) + 10, junk),
                (2, CommonField(random.Next(8) & 0x5, random.Next(1, 109), new[] { 2412, 2472, 5180, 5825 }[random.Next(4)], 0, (sbyte)random.Next(-127, -1), (sbyte)random.Next(-127, -1)))));
        }

        string file = Path.Combine(Path.GetTempPath(), $"kismetps-ppi-{Guid.NewGuid():N}.pcap");
        try
        {
            PcapFileWriter.Write(file, (int)LinkType.Ppi, packets);
            string[][] rows = Tshark.Fields(file, "ppi.length", "ppi.80211-common.chan.freq", "ppi.80211-common.dbm.antsignal", "ppi.80211-common.dbm.antnoise", "wlan_radio.data_rate", "wlan_radio.channel", "ppi.80211-common.flags.fcs-invalid");
            Assert.Equal(packets.Count, rows.Length);
            for (int i = 0; i < rows.Length; i++)
            {
                RadioInfo radio = default;
                Assert.Equal(DecodeStatus.Ok, RadioHeader.TryRead(packets[i], LinkType.Ppi, ref radio, out int length));
                string[] ours =
                [
                    $"{length}", $"{radio.FrequencyMHz}", $"{radio.SignalDbm}", $"{radio.NoiseDbm}", FormattableString.Invariant($"{radio.RateKbps / 1000.0}"), $"{radio.Channel}",
                    radio.Fcs is FcsState.PresentBad or FcsState.AbsentBad ? "1" : "0",
                ];
                Assert.Equal(string.Join(' ', rows[i]), string.Join(' ', ours));
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static byte[] CommonField(int flags, int rate, int mhz, int channelFlags, sbyte signal, sbyte noise) =>
        [0xE8, 3, 0, 0, 0, 0, 0, 0, .. Le16(flags, rate, mhz, channelFlags), 0, 0, (byte)signal, (byte)noise];

    public static byte[] Packet(byte flags, uint dlt, params (int Type, byte[] Data)[] fields)
    {
        List<byte> bytes = [0, flags, 0, 0, .. Le32(dlt)];
        foreach ((int type, byte[] data) in fields)
        {
            bytes.AddRange([.. Le16(type, data.Length), .. data]);
            while ((flags & 1) != 0 && bytes.Count % 4 != 0)
            {
                bytes.Add(0);
            }
        }

        bytes[2] = (byte)bytes.Count;
        bytes[3] = (byte)(bytes.Count >> 8);
        return [.. bytes, .. Frame];
    }

    private static RadioInfo Read(byte[] packet)
    {
        RadioInfo radio = default;
        Assert.Equal(DecodeStatus.Ok, RadioHeader.TryRead(packet, LinkType.Ppi, ref radio, out int length));
        Assert.Equal(packet.Length - Frame.Length, length);
        return radio;
    }

    private static void AssertStatus(DecodeStatus expected, byte[] packet)
    {
        RadioInfo radio = default;
        Assert.Equal(expected, RadioHeader.TryRead(packet, LinkType.Ppi, ref radio, out int length));
        Assert.Equal(expected == DecodeStatus.Ok ? 8 : 0, length);
    }
}
