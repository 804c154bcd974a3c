using System.Buffers.Binary;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Wireless.Tests.Radio;

public sealed class AvsReaderTests
{
    private static readonly byte[] Frame = [0xD4, 0, 0, 0, 0x02, 0, 0, 0, 0, 1];

    [Theory]
    [InlineData(0x80211001u, 64)]
    [InlineData(0x80211002u, 80)]
    [InlineData(0x80211002u, 100)]
    public void AllFields(uint magic, int length)
    {
        RadioInfo radio = Read(Packet(magic, length, phy: 4, channel: 11, rate: 110, antenna: 2, type: 2, signal: -55, noise: -97, time: 77));
        Assert.Equal(
            RadioFields.Timestamp | RadioFields.Channel | RadioFields.Frequency | RadioFields.Rate | RadioFields.Antenna | RadioFields.Signal | RadioFields.Noise, radio.Fields);
        Assert.Equal(77UL, radio.TimestampUs);
        Assert.Equal(11, radio.Channel);
        Assert.Equal(2462, radio.FrequencyMHz);
        Assert.Equal(11000, radio.RateKbps);
        Assert.Equal(PhyType.Dsss, radio.Phy);
        Assert.Equal(2, radio.Antenna);
        Assert.Equal(-55, radio.SignalDbm);
        Assert.Equal(-97, radio.NoiseDbm);
        Assert.Equal(FcsState.Unknown, radio.Fcs);
    }

    [Theory]
    [InlineData(0u, 0, 0)]
    [InlineData(14u, 14, 2484)]
    [InlineData(36u, 36, 5180)]
    [InlineData(5745u, 149, 5745)]
    [InlineData(2437u, 6, 2437)]
    [InlineData(200u, 200, 0)]
    [InlineData(0x10000u, 0, 0)]
    [InlineData(0xFFFFFFFFu, 0, 0)]
    public void Channel(uint told, int channel, int mhz)
    {
        RadioInfo radio = Read(Packet(0x80211001, 64, channel: told));
        Assert.Equal(channel, radio.Channel);
        Assert.Equal(mhz, radio.FrequencyMHz);
        Assert.Equal(channel != 0, radio.Has(RadioFields.Channel));
        Assert.Equal(mhz != 0, radio.Has(RadioFields.Frequency));
    }

    [Fact]
    public void HopSequenceIsNoChannel()
    {
        RadioInfo radio = Read(Packet(0x80211001, 64, phy: 1, channel: 0x01020300));
        Assert.False(radio.Has(RadioFields.Channel | RadioFields.Frequency));
        Assert.Equal(PhyType.Fhss, radio.Phy);
    }

    [Theory]
    [InlineData(0u, 0)]
    [InlineData(10u, 1000)]
    [InlineData(540u, 54000)]
    [InlineData(54_000_000u, 54000)]
    [InlineData(0xFFFFFFFFu, 4294967)]
    public void Rate(uint told, int kbps) => Assert.Equal(kbps, Read(Packet(0x80211001, 64, rate: told)).RateKbps);

    [Theory]
    [InlineData(0u, RadioFields.None)]
    [InlineData(1u, RadioFields.RawSignal)]
    [InlineData(2u, RadioFields.Signal | RadioFields.Noise)]
    [InlineData(3u, RadioFields.RawSignal)]
    [InlineData(4u, RadioFields.None)]
    internal void SignalTypes(uint type, RadioFields expected) =>
        Assert.Equal(expected, Read(Packet(0x80211001, 64, type: type, signal: -55, noise: -97)).Fields & (RadioFields.Signal | RadioFields.Noise | RadioFields.RawSignal));

    [Fact]
    public void Broken()
    {
        byte[] good = Packet(0x80211001, 64);
        AssertStatus(DecodeStatus.Empty, []);
        AssertStatus(DecodeStatus.RadioHeaderTruncated, good[..7]);
        AssertStatus(DecodeStatus.RadioHeaderTruncated, good[..63]);
        AssertStatus(DecodeStatus.RadioHeaderMalformed, [.. good[..3], 3, .. good[4..]]);
        AssertStatus(DecodeStatus.RadioHeaderMalformed, [.. good[..7], 63, .. good[8..]]);
        AssertStatus(DecodeStatus.RadioHeaderTruncated, [.. good[..4], 0x80, .. good[5..]]);
    }

    [Fact]
    public void RadiotapUnderTheAvsNumberIsReadAsRadiotap()
    {
        RadioInfo radio = default;
        byte[] packet = new RadiotapBuilder().With(5, 0xC4).ToArray(Frame);
        Assert.Equal(DecodeStatus.Ok, RadioHeader.TryRead(packet, LinkType.Avs, ref radio, out int length));
        Assert.Equal(9, length);
        Assert.Equal(-60, radio.SignalDbm);
    }

    public static byte[] Packet(uint magic, int length, uint phy = 0, uint channel = 0, uint rate = 0, uint antenna = 0, uint type = 0, int signal = 0, int noise = 0, ulong time = 0)
    {
        byte[] packet = new byte[length];
        Span<byte> p = packet;
        BinaryPrimitives.WriteUInt32BigEndian(p, magic);
        BinaryPrimitives.WriteInt32BigEndian(p[4..], length);
        BinaryPrimitives.WriteUInt64BigEndian(p[8..], time);
        BinaryPrimitives.WriteUInt32BigEndian(p[24..], phy);
        BinaryPrimitives.WriteUInt32BigEndian(p[28..], channel);
        BinaryPrimitives.WriteUInt32BigEndian(p[32..], rate);
        BinaryPrimitives.WriteUInt32BigEndian(p[36..], antenna);
        BinaryPrimitives.WriteUInt32BigEndian(p[44..], type);
        BinaryPrimitives.WriteInt32BigEndian(p[48..], signal);
        BinaryPrimitives.WriteInt32BigEndian(p[52..], noise);
        return [.. packet, .. Frame];
    }

    private static RadioInfo Read(byte[] packet)
    {
        RadioInfo radio = default;
        Assert.Equal(DecodeStatus.Ok, RadioHeader.TryRead(packet, LinkType.Avs, ref radio, out int length));
        Assert.Equal(packet.Length - Frame.Length, length);
        return radio;
    }

    private static void AssertStatus(DecodeStatus expected, byte[] packet)
    {
        RadioInfo radio = default;
        Assert.Equal(expected, RadioHeader.TryRead(packet, LinkType.Avs, ref radio, out int length));
        Assert.Equal(0, length);
    }
}
