using System.Buffers.Binary;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Wireless.Tests.Radio;

public sealed class PrismReaderTests
{
    private static readonly byte[] Frame = [0xD4, 0, 0, 0, 0x02, 0, 0, 0, 0, 1];

    /// <summary>The two message codes with their families of identifiers, and the mixed form seen from some drivers; item n as identifier.</summary>
    public static TheoryData<uint, int, uint, bool> Families => new()
    {
        { 0x44, 16, 0x44, true },
        { 0x44, 16, 0x44, false },
        { 0x41, 12, 0x41, true },
        { 0x41, 12, 0x41, false },
        { 0x41, 12, 0x44, true },
        { 0x44, 16, 0x41, true },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void AllItems(uint code, int shift, uint low, bool little)
    {
        RadioInfo radio = Read(Packet(code, little, 144, shift, low, (1, 9), (2, -2), (3, 11), (4, 40), (5, 3), (6, -61), (7, -94), (8, 22), (9, 0), (10, 10)));
        Assert.Equal(
            RadioFields.Timestamp | RadioFields.Channel | RadioFields.Frequency | RadioFields.Signal | RadioFields.Noise | RadioFields.Rate | RadioFields.RawSignal, radio.Fields);
        Assert.Equal(0xFFFF_FFFEUL, radio.TimestampUs);
        Assert.Equal(11, radio.Channel);
        Assert.Equal(2462, radio.FrequencyMHz);
        Assert.Equal(Band.Ghz2, radio.Band);
        Assert.Equal(40, radio.RawSignal);
        Assert.Equal(-61, radio.SignalDbm);
        Assert.Equal(-94, radio.NoiseDbm);
        Assert.Equal(11000, radio.RateKbps);
        Assert.Equal(PhyType.Dsss, radio.Phy);
        Assert.Equal(FcsState.Unknown, radio.Fcs);
    }

    [Fact]
    public void SignalThatIsNotNegativeIsRaw()
    {
        RadioInfo radio = Read(Packet(0x44, true, 144, 16, 0x44, (4, 0), (6, 57), (7, 12)));
        Assert.Equal(RadioFields.RawSignal, radio.Fields);
        Assert.Equal(57, radio.RawSignal);
    }

    [Fact]
    public void RssiInDbmServesWhereThereIsNoSignal() => Assert.Equal(-48, Read(Packet(0x44, true, 144, 16, 0x44, (4, -48), (6, 0))).SignalDbm);

    [Fact]
    public void ItemsMarkedAbsentAreNotRead()
    {
        byte[] packet = Packet(0x44, true, 144, 16, 0x44, (3, 11), (6, -61));
        packet[24 + 4] = 1;
        packet[36 + 4] = 1;
        Assert.Equal(RadioFields.None, Read(packet).Fields);
    }

    [Fact]
    public void ValuesOutOfRangeAreNotTaken()
    {
        RadioInfo radio = Read(Packet(0x44, true, 144, 16, 0x44, (3, int.MaxValue), (4, int.MaxValue), (6, int.MinValue), (8, int.MaxValue)));
        Assert.Equal(RadioFields.RawSignal | RadioFields.Signal, radio.Fields);
        Assert.Equal(short.MinValue, radio.SignalDbm);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(24)]
    [InlineData(35)]
    [InlineData(36)]
    [InlineData(1000)]
    public void LengthOfTheMessageCounts(int length)
    {
        RadioInfo radio = Read(Packet(0x44, true, length, 16, 0x44, (3, 11)));
        Assert.Equal(length >= 36, radio.Has(RadioFields.Channel));
    }

    [Fact]
    public void Broken()
    {
        byte[] good = Packet(0x44, true, 144, 16, 0x44);
        AssertStatus(DecodeStatus.Empty, []);
        AssertStatus(DecodeStatus.RadioHeaderTruncated, good[..7]);
        AssertStatus(DecodeStatus.RadioHeaderTruncated, good[..143]);
        AssertStatus(DecodeStatus.RadioHeaderMalformed, [0x45, .. good[1..]]);
        AssertStatus(DecodeStatus.RadioHeaderMalformed, [.. good[..4], 7, .. good[5..]]);
        AssertStatus(DecodeStatus.RadioHeaderTruncated, [.. good[..7], 0x80, .. good[8..]]);
    }

    [Fact]
    public void AvsUnderThePrismNumberIsReadAsAvs()
    {
        RadioInfo radio = default;
        byte[] packet = AvsReaderTests.Packet(0x80211001, 64, channel: 6, type: 2, signal: -60, noise: -90);
        Assert.Equal(DecodeStatus.Ok, RadioHeader.TryRead(packet, LinkType.Prism, ref radio, out int length));
        Assert.Equal(64, length);
        Assert.Equal(-60, radio.SignalDbm);
    }

    public static byte[] Packet(uint code, bool little, int length, int shift, uint low, params (uint Number, int Value)[] items)
    {
        byte[] packet = new byte[Math.Max(length, 24 + (12 * items.Length))];
        Write32(packet, 0, code, little);
        Write32(packet, 4, (uint)length, little);
        "wlan0"u8.CopyTo(packet.AsSpan(8));
        for (int i = 0; i < items.Length; i++)
        {
            int at = 24 + (12 * i);
            Write32(packet, at, (items[i].Number << shift) | low, little);
            packet[at + (little ? 6 : 7)] = 4;
            Write32(packet, at + 8, (uint)items[i].Value, little);
        }

        return [.. packet[..length], .. Frame];
    }

    private static RadioInfo Read(byte[] packet)
    {
        RadioInfo radio = default;
        Assert.Equal(DecodeStatus.Ok, RadioHeader.TryRead(packet, LinkType.Prism, ref radio, out int length));
        Assert.Equal(packet.Length - Frame.Length, length);
        return radio;
    }

    private static void AssertStatus(DecodeStatus expected, byte[] packet)
    {
        RadioInfo radio = default;
        Assert.Equal(expected, RadioHeader.TryRead(packet, LinkType.Prism, ref radio, out int length));
        Assert.Equal(0, length);
    }

    private static void Write32(byte[] to, int at, uint value, bool little)
    {
        if (little)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(to.AsSpan(at), value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(to.AsSpan(at), value);
        }
    }
}
