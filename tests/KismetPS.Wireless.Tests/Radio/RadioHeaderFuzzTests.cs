using KismetPS.TestKit;
using KismetPS.Wireless.Radio;
using Xunit;
using static KismetPS.Wireless.Tests.Radio.RadiotapBuilder;

namespace KismetPS.Wireless.Tests.Radio;

/// <summary>Headers cut at every byte, with every byte changed, and pure noise: a status and consistent facts, whatever comes.</summary>
public sealed class RadioHeaderFuzzTests
{
    private static readonly byte[] Frame = [0xD4, 0, 0, 0, 0x02, 0, 0, 0, 0, 1];
    private static readonly LinkType[] Links = [LinkType.Radiotap, LinkType.Prism, LinkType.Avs, LinkType.Ppi, LinkType.Ieee80211];

    private static readonly (LinkType Link, byte[] Packet)[] Seeds =
    [
        (LinkType.Radiotap, new RadiotapBuilder().With(0, 1, 2, 3, 4, 5, 6, 7, 8).With(1, 0x10).With(2, 12).With(3, Le16(2437, 0x480)).With(5, 0xC4).With(6, 0xA1).With(11, 1)
            .NextVendor([1, 2, 3, 4, 5], 7).NextRadiotap().With(5, 0xC0).With(11, 0).With(19, 7, 1, 7).NextRadiotap().With(5, 0xC0).With(11, 1).ToArray(Frame)),
        (LinkType.Radiotap, new RadiotapBuilder().With(1, 0x10).With(3, Le16(6135, 0x40)).With(21, 0x44, 0, 4, 4, 0x92, 0, 0, 0, 0, 0, 0, 0).With(23, Le16(0x4020, 2, 0x0B00, 0, 2, 2))
            .With(27, Le16(3, 0)).WithTlv(33, Le32(0x0001_0002, 0, 0)).WithTlv(34, Le32(0x0040_0004, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0x00D0_0092)).WithTlv(30, 1, 2, 3).ToArray(Frame)),
        (LinkType.Prism, PrismReaderTests.Packet(0x44, true, 144, 16, 0x44, (2, 5), (3, 11), (4, 40), (6, -61), (7, -94), (8, 22))),
        (LinkType.Prism, PrismReaderTests.Packet(0x41, false, 144, 12, 0x41, (2, 5), (3, 11), (4, 40), (6, -61), (7, -94), (8, 22))),
        (LinkType.Avs, AvsReaderTests.Packet(0x80211001, 64, 4, 11, 110, 2, 2, -55, -97, 77)),
        (LinkType.Ppi, PpiReaderTests.Packet(1, 105, (30002, new byte[5]), (2, PpiReaderTests.CommonField(1, 12, 2437, 0x480, -70, -96)), (4, new byte[48]))),
    ];

    /// <summary>A packet that ends inside its header is truncated (or says nothing at all); from the header's end on its facts never change.</summary>
    [Fact]
    public void CutAtEveryByte()
    {
        foreach ((LinkType link, byte[] packet) in Seeds)
        {
            RadioInfo whole = default;
            Assert.Equal(DecodeStatus.Ok, RadioHeader.TryRead(packet, link, ref whole, out int headerLength));
            Assert.Equal(packet.Length - Frame.Length, headerLength);
            for (int length = 0; length < packet.Length; length++)
            {
                RadioInfo radio = default;
                DecodeStatus status = RadioHeader.TryRead(packet.AsSpan(0, length), link, ref radio, out int found);
                if (length >= headerLength)
                {
                    Assert.Equal(DecodeStatus.Ok, status);
                    Assert.Equal(headerLength, found);
                    Assert.Equal(whole, radio);
                }
                else
                {
                    Assert.Equal(length == 0 ? DecodeStatus.Empty : DecodeStatus.RadioHeaderTruncated, status);
                    Assert.Equal(0, found);
                    Assert.Equal(default, radio);
                }
            }
        }
    }

    [Fact]
    public void EveryByteChangedToEveryValue()
    {
        foreach ((LinkType link, byte[] packet) in Seeds)
        {
            for (int at = 0; at < packet.Length - Frame.Length; at++)
            {
                byte kept = packet[at];
                for (int value = 0; value < 256; value++)
                {
                    packet[at] = (byte)value;
                    Judge(packet, link);
                }

                packet[at] = kept;
            }
        }
    }

    [Fact]
    public void SeveralBytesChangedAndTheLengthWithThem()
    {
        Random random = new(11);
        foreach ((LinkType link, byte[] packet) in Seeds)
        {
            for (int round = 0; round < 30_000; round++)
            {
                byte[] changed = (byte[])packet.Clone();
                for (int flips = random.Next(1, 6); flips > 0; flips--)
                {
                    changed[random.Next(random.Next(2) == 0 ? 24 : changed.Length)] = (byte)random.Next(256);
                }

                Judge(changed.AsSpan(0, random.Next(changed.Length + 1)), link);
            }
        }
    }

    /// <summary>Noise behind the bytes that let a reader go on.</summary>
    [Fact]
    public void Noise()
    {
        Random random = new(12);
        byte[] noise = new byte[300];
        for (int round = 0; round < 200_000; round++)
        {
            int length = random.Next(noise.Length + 1);
            random.NextBytes(noise.AsSpan(0, length));
            LinkType link = Links[random.Next(Links.Length)];
            if (length >= 8)
            {
                switch (link)
                {
                    case LinkType.Radiotap or LinkType.Ppi:
                        noise[0] = 0;
                        noise[3] = 0;
                        break;
                    case LinkType.Prism:
                        new byte[] { 0x44, 0, 0, 0, (byte)random.Next(256), 0, 0, 0 }.CopyTo(noise, 0);
                        break;
                    case LinkType.Avs:
                        new byte[] { 0x80, 0x21, 0x10, 1, 0, 0, 0, (byte)random.Next(256) }.CopyTo(noise, 0);
                        break;
                }
            }

            Judge(noise.AsSpan(0, length), link);
        }
    }

    [Theory]
    [InlineData(LinkType.Ethernet)]
    [InlineData(LinkType.RawIP)]
    [InlineData(LinkType.Tzsp)]
    [InlineData(LinkType.Unknown)]
    public void OtherLinksAreNotWireless(LinkType link)
    {
        RadioInfo radio = default;
        Assert.Equal(DecodeStatus.NotWireless, RadioHeader.TryRead(Frame, link, ref radio, out int length));
        Assert.Equal(0, length);
    }

    [CapturesFact]
    public void NothingIsAllocatedPerFrame()
    {
        List<CapturedPacket> packets = [.. OracleCaptures.Files().SelectMany(static f => OracleCaptures.Packets(f))];
        FcsDetector detector = new();
        int frames = 0;
        long allocated = Allocation.Least(() => frames = ReadAll(packets, detector), times: 5);
        Assert.True(frames > 60_000);
        Assert.Equal(0, allocated);
    }

    private static int ReadAll(List<CapturedPacket> packets, FcsDetector detector)
    {
        int frames = 0;
        for (int i = 0; i < packets.Count; i++)
        {
            RadioInfo radio = default;
            if (RadioHeader.TryRead(packets[i].Bytes, (LinkType)packets[i].LinkType, ref radio, out int length) == DecodeStatus.Ok)
            {
                detector.Resolve(packets[i].Bytes.AsSpan(length));
                frames++;
            }
        }

        return frames;
    }

    private static void Judge(ReadOnlySpan<byte> packet, LinkType link)
    {
        // A value the transport told must survive a header that cannot be read.
        RadioInfo told = new() { SignalDbm = -33, Fields = RadioFields.Signal };
        RadioInfo radio = told;
        DecodeStatus status = RadioHeader.TryRead(packet, link, ref radio, out int length);
        if (status != DecodeStatus.Ok)
        {
            Assert.Equal(0, length);
            Assert.Equal(told, radio);
            Assert.Contains(status, new[] { DecodeStatus.Empty, DecodeStatus.RadioHeaderTruncated, DecodeStatus.RadioHeaderMalformed, DecodeStatus.NotWireless });
            return;
        }

        Assert.InRange(length, link == LinkType.Ieee80211 ? 0 : 8, packet.Length);
        Assert.Equal(radio.Has(RadioFields.Rate), radio.RateKbps > 0);
        Assert.Equal(radio.Has(RadioFields.Frequency), radio.FrequencyMHz != 0);
        Assert.Equal(radio.Has(RadioFields.Channel), radio.Channel != 0);
        Assert.Equal(radio.Has(RadioFields.Width), radio.WidthMHz is 20 or 40 or 80 or 160 or 320);
        Assert.InRange(radio.Streams, 0, 8);
        Assert.True(radio.Mcs <= 76);
        if (radio.Has(RadioFields.Frequency) && radio.Has(RadioFields.Channel))
        {
            Assert.Equal(radio.FrequencyMHz, WirelessChannel.FrequencyMHz(radio.Band, radio.Channel));
        }
    }
}
