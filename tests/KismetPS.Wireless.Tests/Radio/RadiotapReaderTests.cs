using KismetPS.Wireless.Radio;
using Xunit;
using static KismetPS.Wireless.Tests.Radio.RadiotapBuilder;

namespace KismetPS.Wireless.Tests.Radio;

public sealed class RadiotapReaderTests
{
    private static readonly byte[] Frame = [0xD4, 0, 0, 0, 0x02, 0, 0, 0, 0, 1];

    [Fact]
    public void AllPlainFields()
    {
        RadioInfo radio = Read(new RadiotapBuilder()
            .With(0, 1, 2, 3, 4, 5, 6, 7, 8)
            .With(1, 0x32)
            .With(2, 108)
            .With(3, Le16(5180, 0x0140))
            .With(5, 0xC4)
            .With(6, 0xA1)
            .With(11, 3));
        Assert.Equal(RadioFields.Timestamp | RadioFields.Rate | RadioFields.Frequency | RadioFields.Channel | RadioFields.Signal | RadioFields.Noise | RadioFields.Antenna, radio.Fields);
        Assert.Equal(0x0807060504030201UL, radio.TimestampUs);
        Assert.Equal(FcsState.Present, radio.Fcs);
        Assert.True(radio.DataPad);
        Assert.Equal(54000, radio.RateKbps);
        Assert.Equal(PhyType.Ofdm, radio.Phy);
        Assert.Equal(5180, radio.FrequencyMHz);
        Assert.Equal(36, radio.Channel);
        Assert.Equal(Band.Ghz5, radio.Band);
        Assert.Equal(-60, radio.SignalDbm);
        Assert.Equal(-95, radio.NoiseDbm);
        Assert.Equal(3, radio.Antenna);
    }

    [Theory]
    [InlineData(0x00, FcsState.Absent)]
    [InlineData(0x10, FcsState.Present)]
    [InlineData(0x50, FcsState.PresentBad)]
    [InlineData(0x40, FcsState.AbsentBad)]
    [InlineData(0x8F, FcsState.Absent)]
    internal void Flags(byte flags, FcsState expected) => Assert.Equal(expected, Read(new RadiotapBuilder().With(1, flags)).Fcs);

    [Fact]
    public void WithoutFlagsTheFcsStaysAsTold()
    {
        RadioInfo radio = new() { Fcs = FcsState.AbsentBad };
        RadioHeader.TryRead(new RadiotapBuilder().With(2, 2).ToArray(Frame), LinkType.Radiotap, ref radio, out _);
        Assert.Equal(FcsState.AbsentBad, radio.Fcs);
    }

    /// <summary>Every field alone behind a one-byte field, and a marker after it: only right sizes and alignments find the marker.</summary>
    [Fact]
    public void EveryFieldIsAlignedAndSkippedByItsSize()
    {
        for (int field = 0; field < Layout.Length; field++)
        {
            if (field is 1 or 27)
            {
                continue;
            }

            byte[] data = new byte[Layout[field].Size];
            RadiotapBuilder builder = field < 1 ? new RadiotapBuilder().With(field, data).With(1, 0x10) : new RadiotapBuilder().With(1, 0x10).With(field, data);
            RadioInfo radio = Read(builder.NextRadiotap().With(6, 0x99));
            Assert.Equal(FcsState.Present, radio.Fcs);
            Assert.Equal(field == 6 ? 0 : -103, radio.NoiseDbm);
        }
    }

    [Fact]
    public void FirstSignalIsTheReceiversAndLaterOnesAreAntennas()
    {
        RadioInfo radio = Read(new RadiotapBuilder()
            .With(5, 0xCE)
            .NextRadiotap().With(5, 0xC9).With(11, 0)
            .NextRadiotap().With(5, 0xC0).With(11, 1));
        Assert.Equal(-50, radio.SignalDbm);
        Assert.False(radio.Has(RadioFields.Antenna));
    }

    [Fact]
    public void SignalOfALaterWordCountsWhereTheFirstHasNone()
    {
        RadioInfo radio = Read(new RadiotapBuilder().With(2, 2).NextRadiotap().With(5, 0xC9).With(11, 1));
        Assert.Equal(-55, radio.SignalDbm);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    public void VendorDataIsSkippedByItsLength(int length)
    {
        byte[] junk = [.. Enumerable.Repeat((byte)0xFF, length)];
        RadioInfo radio = Read(new RadiotapBuilder().With(1, 0x10).NextVendor(junk, 0x0FFF_FFFF).NextRadiotap().With(5, 0xC4).With(6, 0xA1));
        Assert.Equal(FcsState.Present, radio.Fcs);
        Assert.Equal(-60, radio.SignalDbm);
        Assert.Equal(-95, radio.NoiseDbm);
    }

    [Fact]
    public void VendorDataBeyondTheHeaderEndsTheFields()
    {
        byte[] packet = new RadiotapBuilder().With(1, 0x10).NextVendor([1, 2, 3, 4], 1).NextRadiotap().With(5, 0xC4).ToArray(Frame);

        // Three presence words end at 16; flags 16, padding 17, OUI 18, sub-namespace 21, length 22.
        Assert.Equal(4, packet[22]);
        packet[23] = 0xFF;
        RadioInfo radio = default;
        Assert.Equal(DecodeStatus.Ok, RadioHeader.TryRead(packet, LinkType.Radiotap, ref radio, out int length));
        Assert.Equal(packet.Length - Frame.Length, length);
        Assert.False(radio.Has(RadioFields.Signal));
        Assert.Equal(FcsState.Present, radio.Fcs);
    }

    /// <summary>A word that neither restarts nor leaves the namespace goes on with bits 32 and up, which nobody has defined.</summary>
    [Fact]
    public void WordWithoutNamespaceSwitchEndsTheFields()
    {
        byte[] packet = new RadiotapBuilder().With(5, 0xC4).NextRadiotap().With(6, 0xA1).ToArray(Frame);
        packet[7] &= 0xDF;
        RadioInfo radio = default;
        Assert.Equal(DecodeStatus.Ok, RadioHeader.TryRead(packet, LinkType.Radiotap, ref radio, out _));
        Assert.Equal(-60, radio.SignalDbm);
        Assert.False(radio.Has(RadioFields.Noise));
    }

    [Theory]
    [InlineData(2407 + 5, 1, Band.Ghz2)]
    [InlineData(2484, 14, Band.Ghz2)]
    [InlineData(4920, 184, Band.Ghz4)]
    [InlineData(5885, 177, Band.Ghz5)]
    [InlineData(5935, 2, Band.Ghz6)]
    [InlineData(5955, 1, Band.Ghz6)]
    [InlineData(7115, 233, Band.Ghz6)]
    [InlineData(58320, 1, Band.Ghz60)]
    [InlineData(2413, 0, Band.Ghz2)]
    internal void Channel(int mhz, int channel, Band band)
    {
        RadioInfo radio = Read(new RadiotapBuilder().With(3, Le16(mhz, 0)));
        Assert.True(radio.Has(RadioFields.Frequency));
        Assert.Equal(mhz, radio.FrequencyMHz);
        Assert.Equal(channel, radio.Channel);
        Assert.Equal(channel != 0, radio.Has(RadioFields.Channel));
        Assert.Equal(band, radio.Band);
    }

    [Theory]
    [InlineData(2, 0x0480, PhyType.Dsss)]
    [InlineData(22, 0x00A0, PhyType.Dsss)]
    [InlineData(12, 0x0480, PhyType.Ofdm)]
    [InlineData(0, 0x00A0, PhyType.Dsss)]
    [InlineData(0, 0x0140, PhyType.Ofdm)]
    [InlineData(0, 0x0880, PhyType.Fhss)]
    [InlineData(0, 0x0480, PhyType.Unknown)]
    internal void LegacyModulation(byte rate, int channelFlags, PhyType phy)
    {
        RadioInfo radio = Read(new RadiotapBuilder().With(2, rate).With(3, Le16(2437, channelFlags)));
        Assert.Equal(phy, radio.Phy);
        Assert.Equal(rate != 0, radio.Has(RadioFields.Rate));
    }

    [Fact]
    public void FhssField() => Assert.Equal(PhyType.Fhss, Read(new RadiotapBuilder().With(4, 1, 2)).Phy);

    [Fact]
    public void XChannelReplacesChannel()
    {
        RadioInfo radio = Read(new RadiotapBuilder().With(3, Le16(2412, 0x0480)).With(18, [.. Le32(0x0001_0140), .. Le16(5240), 48, 20]));
        Assert.Equal(5240, radio.FrequencyMHz);
        Assert.Equal(48, radio.Channel);
        Assert.Equal(PhyType.Ofdm, radio.Phy);
    }

    [Fact]
    public void XChannelWithoutFrequencyGivesItsNumber()
    {
        RadioInfo radio = Read(new RadiotapBuilder().With(18, [.. Le32(0x0000_0140), .. Le16(0), 44, 20]));
        Assert.Equal(44, radio.Channel);
        Assert.Equal(5220, radio.FrequencyMHz);
        Assert.Equal(Band.Ghz5, radio.Band);
    }

    [Fact]
    public void DecibelsOverAReferenceAreRawAndTheirDifferenceTheSnr()
    {
        RadioInfo radio = Read(new RadiotapBuilder().With(12, 55).With(13, 20));
        Assert.Equal(RadioFields.RawSignal | RadioFields.Snr, radio.Fields);
        Assert.Equal(55, radio.RawSignal);
        Assert.Equal(35, radio.SnrDb);
    }

    [Fact]
    public void DbmComesBeforeDecibels()
    {
        RadioInfo radio = Read(new RadiotapBuilder().With(5, 0xC4).With(6, 0xA1).With(12, 55).With(13, 20));
        Assert.Equal(RadioFields.Signal | RadioFields.Noise, radio.Fields);
    }

    [Theory]
    [InlineData(0, 5, 5000UL)]
    [InlineData(1, 5, 5UL)]
    [InlineData(2, 5000, 5UL)]
    [InlineData(0x31, 5, 5UL)]
    public void TimestampField(byte unit, ushort value, ulong microseconds)
    {
        byte[] data = [(byte)value, (byte)(value >> 8), 0, 0, 0, 0, 0, 0, 0, 0, unit, 0];
        RadioInfo radio = Read(new RadiotapBuilder().With(22, data));
        Assert.Equal(microseconds, radio.TimestampUs);
        Assert.Equal(7UL, Read(new RadiotapBuilder().With(0, 7, 0, 0, 0, 0, 0, 0, 0).With(22, data)).TimestampUs);
    }

    [Theory]
    [InlineData(0x07, 0x01, 7, 135000, 1, 40)]
    [InlineData(0x07, 0x05, 15, 300000, 2, 40)]
    [InlineData(0x07, 0x02, 3, 26000, 1, 20)]
    [InlineData(0x07, 0x00, 32, 0, 1, 20)]
    [InlineData(0x07, 0x05, 76, 495000, 4, 40)]
    [InlineData(0x06, 0x00, 7, 0, 1, 0)]
    [InlineData(0x03, 0x00, 7, 0, 1, 20)]
    [InlineData(0x05, 0x00, 7, 0, 0, 20)]
    public void Mcs(byte known, byte flags, byte index, int kbps, int streams, int width)
    {
        RadioInfo radio = Read(new RadiotapBuilder().With(19, known, flags, index));
        Assert.Equal(PhyType.Ht, radio.Phy);
        Assert.Equal((known & 2) != 0, radio.Has(RadioFields.Mcs));
        Assert.Equal((known & 2) != 0 ? index : 0, radio.Mcs);
        Assert.Equal(streams, radio.Streams);
        Assert.Equal(width != 0, radio.Has(RadioFields.Width));
        Assert.Equal(width, radio.WidthMHz);
        Assert.Equal(kbps, radio.RateKbps);
        Assert.Equal(kbps != 0, radio.Has(RadioFields.Rate));
    }

    [Fact]
    public void McsThatDoesNotExistIsNotTaken() => Assert.False(Read(new RadiotapBuilder().With(19, 0x07, 0, 77)).Has(RadioFields.Mcs | RadioFields.Rate));

    [Theory]
    [InlineData(0x44, 0x00, 0, 0x11, 13000, 1, 1, 20)]
    [InlineData(0x44, 0x04, 4, 0x92, 866667, 9, 2, 80)]
    [InlineData(0x44, 0x04, 11, 0x94, 3466667, 9, 4, 160)]
    [InlineData(0x44, 0x00, 5, 0x71, 135000, 7, 1, 40)]
    [InlineData(0x44, 0x00, 25, 0x81, 78000, 8, 1, 20)]
    [InlineData(0x44, 0x00, 26, 0x81, 0, 8, 1, 0)]
    [InlineData(0x40, 0x00, 4, 0x92, 0, 9, 2, 80)]
    [InlineData(0x04, 0x00, 4, 0x92, 0, 9, 2, 0)]
    public void Vht(byte known, byte flags, byte bandwidth, byte user, int kbps, int mcs, int streams, int width)
    {
        RadioInfo radio = Read(new RadiotapBuilder().With(21, known, 0, flags, bandwidth, user, 0, 0, 0, 0, 0, 0, 0));
        Assert.Equal(PhyType.Vht, radio.Phy);
        Assert.Equal(mcs, radio.Mcs);
        Assert.Equal(streams, radio.Streams);
        Assert.Equal(width, radio.WidthMHz);
        Assert.Equal(kbps, radio.RateKbps);
    }

    [Fact]
    public void VhtTakesTheFirstUserWithStreams()
    {
        RadioInfo radio = Read(new RadiotapBuilder().With(21, 0x44, 0, 0, 4, 0x30, 0x50, 0x81, 0x92, 0, 0, 0, 0));
        Assert.Equal(8, radio.Mcs);
        Assert.Equal(1, radio.Streams);
    }

    // data1 0x4020: MCS and bandwidth known; data2 0x0002: GI known; data3 MCS << 8; data5 bandwidth, GI << 4; data6 streams.
    [Theory]
    [InlineData(0x4020, 0x0002, 0x0B00, 0x0002, 2, 1200980, 11, 2, 80)]
    [InlineData(0x4020, 0x0002, 0x0000, 0x0020, 1, 7313, 0, 1, 20)]
    [InlineData(0x4020, 0x0002, 0x0B00, 0x0003, 8, 9607843, 11, 8, 160)]
    [InlineData(0x4020, 0x0002, 0x0B00, 0x0004, 1, 14706, 11, 1, 0)]
    [InlineData(0x4020, 0x0002, 0x0B00, 0x000A, 1, 1200980, 11, 1, 0)]
    [InlineData(0x4020, 0x0002, 0x0B00, 0x000B, 1, 0, 11, 1, 0)]
    [InlineData(0x4020, 0x0002, 0x0B00, 0x0032, 1, 0, 11, 1, 80)]
    [InlineData(0x4060, 0x0002, 0x1000, 0x0000, 1, 4301, 0, 1, 20)]
    [InlineData(0x4220, 0x0002, 0x8700, 0x0000, 2, 86029, 7, 1, 20)]
    [InlineData(0x4020, 0x0000, 0x0B00, 0x0002, 2, 0, 11, 2, 80)]
    [InlineData(0x0020, 0x0002, 0x0B00, 0x0002, 2, 0, 11, 2, 0)]
    [InlineData(0x4000, 0x0002, 0x0B00, 0x0002, 2, 0, 0, 2, 80)]
    [InlineData(0x4020, 0x0002, 0x0B00, 0x0002, 15, 0, 11, 0, 80)]
    public void He(int data1, int data2, int data3, int data5, int data6, int kbps, int mcs, int streams, int width)
    {
        RadioInfo radio = Read(new RadiotapBuilder().With(23, Le16(data1, data2, data3, 0, data5, data6)));
        Assert.Equal(PhyType.He, radio.Phy);
        Assert.Equal((data1 & 0x20) != 0, radio.Has(RadioFields.Mcs));
        Assert.Equal(mcs, radio.Mcs);
        Assert.Equal(streams, radio.Streams);
        Assert.Equal(width, radio.WidthMHz);
        Assert.Equal(kbps, radio.RateKbps);
    }

    // U-SIG common: width known 0x2, width << 15. EHT: GI known 0x4, unit known 0x400000; user: MCS and streams known and data 0x92, MCS << 20, streams - 1 << 24.
    [Theory]
    [InlineData(0x0002_0002u, 0x4u, 0u, 0u, 0x01D0_0092u, 5764706, 13, 2, 320)]
    [InlineData(0x0002_8002u, 0x4u, 0u, 0u, 0x01D0_0092u, 5764706, 13, 2, 320)]
    [InlineData(0x0000_0002u, 0x4u, 0x100u, 0u, 0x0000_0092u, 7313, 0, 1, 20)]
    [InlineData(0x0001_0002u, 0x4u, 0x080u, 0u, 0x03B0_0092u, 2268519, 11, 4, 80)]
    [InlineData(0x0001_0002u, 0x0040_0004u, 0u, 10u, 0x00D0_0092u, 516176, 13, 1, 80)]
    [InlineData(0x0001_0002u, 0x4u, 0u, 0u, 0x00F0_0092u, 18015, 15, 1, 80)]
    [InlineData(0x0001_0002u, 0x4u, 0u, 0u, 0x00E0_0092u, 8603, 14, 1, 80)]
    [InlineData(0x0001_0002u, 0x0u, 0u, 0u, 0x00D0_0092u, 0, 13, 1, 80)]
    [InlineData(0x0001_0000u, 0x4u, 0u, 0u, 0x00D0_0092u, 0, 13, 1, 0)]
    public void Eht(uint common, uint known, uint data0, uint data1, uint user, int kbps, int mcs, int streams, int width)
    {
        byte[] usig = Le32(common, 0, 0);
        byte[] eht = Le32(known, data0, data1, 0, 0, 0, 0, 0, 0, 0, 0x0030_0012, user, 0x0050_0012);
        foreach (bool usigFirst in new[] { true, false })
        {
            RadiotapBuilder builder = new RadiotapBuilder().With(1, 0x10).With(3, Le16(6105, 0x0040));
            RadioInfo radio = Read(usigFirst ? builder.WithTlv(33, usig).WithTlv(34, eht) : builder.WithTlv(34, eht).WithTlv(33, usig));
            Assert.Equal(PhyType.Eht, radio.Phy);
            Assert.Equal(mcs, radio.Mcs);
            Assert.Equal(streams, radio.Streams);
            Assert.Equal(width, radio.WidthMHz);
            Assert.Equal(kbps, radio.RateKbps);
            Assert.Equal(31, radio.Channel);
            Assert.Equal(FcsState.Present, radio.Fcs);
        }
    }

    [Fact]
    public void EhtTakesTheOnlyUserEvenUnmarked()
    {
        RadioInfo radio = Read(new RadiotapBuilder().WithTlv(34, Le32(4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0070_0012)).WithTlv(33, Le32(0x0000_8002, 0, 0)));
        Assert.Equal(7, radio.Mcs);
        Assert.Equal(40, radio.WidthMHz);
        Assert.Equal(172059, radio.RateKbps);
    }

    [Fact]
    public void TlvsOfOtherKindsAreSkippedAndPlainFieldsRead()
    {
        RadioInfo radio = Read(new RadiotapBuilder().With(2, 2).WithTlv(30, 1, 2, 3, 4, 5).WithTlv(5, 0xC4).WithTlv(999).WithTlv(6, 0xA1).WithTlv(3, 1));
        Assert.Equal(-60, radio.SignalDbm);
        Assert.Equal(-95, radio.NoiseDbm);
        Assert.False(radio.Has(RadioFields.Frequency));
    }

    [Fact]
    public void S1GTlv() => Assert.Equal(PhyType.S1G, Read(new RadiotapBuilder().WithTlv(32, Le16(0, 0, 0))).Phy);

    [Fact]
    public void NewestModulationCountsAndOlderFieldsBesideItDoNot()
    {
        RadioInfo radio = Read(new RadiotapBuilder().With(2, 12).With(19, 7, 5, 31).With(23, Le16(0x4020, 2, 0x0B00, 0, 2, 2)));
        Assert.Equal(PhyType.He, radio.Phy);
        Assert.Equal(11, radio.Mcs);
        Assert.Equal(1200980, radio.RateKbps);
    }

    [Fact]
    public void FieldsBeyondTheHeaderAreNotRead()
    {
        byte[] packet = new RadiotapBuilder().With(1, 0x10).With(5, 0xC4).ToArray(Frame);
        packet[2] = 9;
        RadioInfo radio = default;
        Assert.Equal(DecodeStatus.Ok, RadioHeader.TryRead(packet, LinkType.Radiotap, ref radio, out int length));
        Assert.Equal(9, length);
        Assert.Equal(FcsState.Present, radio.Fcs);
        Assert.False(radio.Has(RadioFields.Signal));
    }

    [Theory]
    [InlineData(new byte[] { }, DecodeStatus.Empty)]
    [InlineData(new byte[] { 0, 0, 8, 0, 0, 0, 0 }, DecodeStatus.RadioHeaderTruncated)]
    [InlineData(new byte[] { 1, 0, 8, 0, 0, 0, 0, 0 }, DecodeStatus.RadioHeaderMalformed)]
    [InlineData(new byte[] { 0, 0, 7, 0, 0, 0, 0, 0 }, DecodeStatus.RadioHeaderMalformed)]
    [InlineData(new byte[] { 0, 0, 9, 0, 0, 0, 0, 0 }, DecodeStatus.RadioHeaderTruncated)]
    [InlineData(new byte[] { 0, 0, 8, 0, 0, 0, 0, 0x80 }, DecodeStatus.RadioHeaderMalformed)]
    [InlineData(new byte[] { 0, 0, 8, 0, 0, 0, 0, 0x80, 0, 0, 0, 0 }, DecodeStatus.RadioHeaderMalformed)]
    [InlineData(new byte[] { 0, 0, 8, 0, 0, 0, 0, 0 }, DecodeStatus.Ok)]
    internal void Broken(byte[] packet, DecodeStatus expected)
    {
        RadioInfo radio = default;
        Assert.Equal(expected, RadioHeader.TryRead(packet, LinkType.Radiotap, ref radio, out int length));
        Assert.Equal(expected == DecodeStatus.Ok ? 8 : 0, length);
    }

    private static RadioInfo Read(RadiotapBuilder builder)
    {
        byte[] packet = builder.ToArray(Frame);
        RadioInfo radio = default;
        Assert.Equal(DecodeStatus.Ok, RadioHeader.TryRead(packet, LinkType.Radiotap, ref radio, out int length));
        Assert.Equal(packet.Length - Frame.Length, length);
        return radio;
    }
}
