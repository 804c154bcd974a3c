using System.Buffers.Binary;
using KismetPS.Capture.Tzsp;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Capture.Tests.Tzsp;

public sealed class TzspReaderTests
{
    /// <summary>Tags in hexadecimal and what they say, behind "Frame Received 18 Ieee80211 frame=39".</summary>
    [Theory]
    [InlineData("0A01C4", "signal=-60dBm")]
    [InlineData("0A02FFC4", "signal=-60dBm")]
    [InlineData("0A04FFFFFFC4", "signal=-60dBm")]
    [InlineData("0A03FFFFC4", "")]
    [InlineData("0A00", "")]
    [InlineData("0A0100", "signal=0raw")]
    [InlineData("0A0128", "signal=40raw")]
    [InlineData("0A02FF37", "signal=-201raw")]
    [InlineData("0A047FFFFFFF", "")]
    [InlineData("0A01C40A0128", "signal=40raw")]
    [InlineData("0A01280A01C4", "signal=-60dBm")]
    [InlineData("0A01C40A03000000", "signal=-60dBm")]
    [InlineData("0B01A1", "noise=-95dBm")]
    [InlineData("0B02FFA1", "noise=-95dBm")]
    [InlineData("0B0123", "snr=35dB")]
    [InlineData("0B0100", "snr=0dB")]
    [InlineData("0B01A10B0123", "snr=35dB")]
    [InlineData("0B020FFF", "")]
    [InlineData("0C0102", "rate=1000kbps")]
    [InlineData("0C010A", "rate=1000kbps")]
    [InlineData("0C0114", "rate=2000kbps")]
    [InlineData("0C0137", "rate=5500kbps")]
    [InlineData("0C016C", "rate=54000kbps")]
    [InlineData("0C0100", "")]
    [InlineData("0C0182", "rate=65000kbps?")]
    [InlineData("0C0202BC", "rate=350000kbps?")]
    [InlineData("0C04FFFFFFFF", "")]
    [InlineData("0D0400000001", "time=1us")]
    [InlineData("0D080000000100000000", "time=4294967296us")]
    [InlineData("0D020001", "")]
    [InlineData("120106", "channel=6 Ghz2:2437MHz")]
    [InlineData("12010E", "channel=14 Ghz2:2484MHz")]
    [InlineData("120195", "channel=149 Ghz5:5745MHz")]
    [InlineData("1201B8", "channel=184 Ghz4:4920MHz")]
    [InlineData("1201BF", "channel=1 Ghz6:5955MHz")]
    [InlineData("120201A7", "channel=233 Ghz6:7115MHz")]
    [InlineData("120201A8", "")]
    [InlineData("12020985", "channel=6 Ghz2:2437MHz")]
    [InlineData("12021743", "channel=1 Ghz6:5955MHz")]
    [InlineData("120216EE", "channel=174 Ghz5:5870MHz")]
    [InlineData("12020986", "Ghz2:2438MHz")]
    [InlineData("120207D0", "")]
    [InlineData("120100", "")]
    [InlineData("120114", "channel=20")]
    [InlineData("1200", "")]
    [InlineData("120106120100", "")]
    [InlineData("110101", "fcs=AbsentBad fcserror=True")]
    [InlineData("110100", "fcserror=False")]
    [InlineData("110102", "")]
    [InlineData("110101110100", "fcserror=False")]
    [InlineData("110101110105", "")]
    [InlineData("100100", "decrypted=True")]
    [InlineData("100101", "decrypted=False")]
    [InlineData("100102", "")]
    [InlineData("2804FFFFFFFF", "count=4294967295")]
    [InlineData("28020001", "")]
    [InlineData("29029C40", "length=40000")]
    [InlineData("2902002B", "fcs=Absent length=43")]
    [InlineData("2902002B110101", "fcs=AbsentBad fcserror=True length=43")]
    [InlineData("29020027", "length=39")]
    [InlineData("3C06020000000001", "serial=02:00:00:00:00:01")]
    [InlineData("3C06000000000000", "serial=00:00:00:00:00:00")]
    [InlineData("3C06534E30313233", "serial=SN0123")]
    [InlineData("3C06534E30310000", "serial=53:4E:30:31:00:00")]
    [InlineData("3C08534E303100000000", "serial=SN01")]
    [InlineData("3C0301FF02", "serial=01FF02")]
    [InlineData("3C00", "")]
    [InlineData("5004C384C396", "name=ÄÖ")]
    [InlineData("5200", "")]
    [InlineData("520800000001000000FF", "clock=1000000255")]
    [InlineData("5208000000013B9ACA00", "")]
    [InlineData("540400000007", "id=7")]
    public void ReadsTagsByTheirLength(string tags, string told)
    {
        string expected = "Frame Received 18 Ieee80211 frame=39";
        string summary = TzspSummary.Of(TzspBytes.Message(Convert.FromHexString(tags)));
        Assert.Equal(Join(expected, told), summary);

        // The same with padding everywhere and an unknown tag of no length in front.
        summary = TzspSummary.Of(TzspBytes.Message([0, 0, 200, 0, .. Convert.FromHexString(tags), 0]));
        Assert.Equal(Join(expected, told), summary);
    }

    [Theory]
    [InlineData(1, LinkType.Ethernet)]
    [InlineData(7, LinkType.RawIP)]
    [InlineData(18, LinkType.Ieee80211)]
    [InlineData(119, LinkType.Prism)]
    [InlineData(126, LinkType.Radiotap)]
    [InlineData(127, LinkType.Avs)]
    [InlineData(0, LinkType.Unknown)]
    [InlineData(105, LinkType.Unknown)]
    [InlineData(0x1200, LinkType.Unknown)]
    public void KnowsEncapsulations(int number, LinkType link)
    {
        Assert.Equal(TzspStatus.Frame, TzspReader.Read(TzspBytes.Of(0, number, [], TzspBytes.Beacon), out TzspFacts facts, out _));
        Assert.Equal(link, facts.LinkType);
        Assert.Equal(number, facts.Encapsulation);
        if (link != LinkType.Unknown)
        {
            Assert.True(TzspEncapsulation.TryFromLinkType(link, out ushort back));
            Assert.Equal(number, back);
        }
    }

    /// <summary>The flag nibble does not hide the type while the tags can be read, and is never guessed around where they cannot.</summary>
    [Theory]
    [InlineData(0x80, "01", "Frame Received 18 Ieee80211 frame=1 flags=8")]
    [InlineData(0x10, "01", "Frame Received 18 Ieee80211 frame=1 flags=1")]
    [InlineData(0x11, "01", "Frame Transmit 18 Ieee80211 frame=1 flags=1")]
    [InlineData(0x14, "01", "Control Keepalive 18 Ieee80211 frame=1 flags=1")]
    [InlineData(0x80, "0AFF", "Type")]
    [InlineData(0x83, "0AFF", "Type")]
    [InlineData(0x06, "01", "Type")]
    [InlineData(0x0F, "01", "Type")]
    [InlineData(0xFF, "01", "Type")]
    [InlineData(0x03, "0AFF", "Configuration Configuration 18 Ieee80211 tags=unreadable")]
    public void SplitsTheTypeByte(int type, string tags, string expected)
    {
        byte[] message = [1, (byte)type, 0, 18, .. Convert.FromHexString(tags), 0x80];
        Assert.Equal(expected, TzspSummary.Of(message));
    }

    [Fact]
    public void ReadsATagListLongerThan255Bytes()
    {
        byte[] tags = [.. Enumerable.Repeat(TzspBytes.Tag(200, new byte[98]), 20).SelectMany(t => t), .. TzspBytes.Tag(10, 0xC4)];
        Assert.Equal("Frame Received 18 Ieee80211 frame=39 signal=-60dBm", TzspSummary.Of(TzspBytes.Message(tags)));
        byte[] padding = new byte[65_000];
        Assert.Equal("Frame Received 18 Ieee80211 frame=39 signal=-60dBm", TzspSummary.Of(TzspBytes.Message([.. padding, .. TzspBytes.Tag(10, 0xC4)])));
    }

    [Fact]
    public void ASerialBeyond64KiBOfAFilesMessageIsLeftOut()
    {
        byte[] message = TzspBytes.Message([.. new byte[70_000], .. TzspBytes.Tag(60, 2, 0, 0, 0, 0, 1)]);
        Assert.Equal("Frame Received 18 Ieee80211 frame=39", TzspSummary.Of(message));
    }

    /// <summary>Cut before END it is no frame; behind it the same message with a shorter frame.</summary>
    [Fact]
    public void CutAtEveryByte()
    {
        byte[] message = TzspBytes.Message(Convert.FromHexString("0A01C40B01A10C01020D0400000001100100110100120106280400000001290202003C06020000000001500141510142520800000001000000FF540400000007"));
        string whole = TzspSummary.Of(message);
        int end = message.Length - TzspBytes.Beacon.Length;
        for (int length = 0; length < message.Length; length++)
        {
            string cut = TzspSummary.Of(message.AsSpan(0, length));
            string expected = length < end ? "Truncated"
                : length == end ? whole.Replace("Frame ", "Empty ", StringComparison.Ordinal).Replace("frame=39", "frame=0", StringComparison.Ordinal)
                : whole.Replace("frame=39", $"frame={length - end}", StringComparison.Ordinal);
            Assert.Equal(expected, cut);
        }
    }

    /// <summary>Random messages against a walk written apart and plainly; half of them near a valid message.</summary>
    [Fact]
    public void AgreesWithAPlainWalkOnRandomBytes()
    {
        Random random = new(20240611);
        byte[] valid = TzspBytes.Message(Convert.FromHexString("0A01C40B01A1000C01020D0400000001280400000001290202003C06020000000001500141"));
        int frames = 0;
        for (int round = 0; round < 200_000; round++)
        {
            byte[] message;
            if (round % 2 == 0)
            {
                message = (byte[])valid.Clone();
                for (int flips = random.Next(1, 4); flips > 0; flips--)
                {
                    message[random.Next(message.Length)] = (byte)random.Next(256);
                }

                message = message[..random.Next(message.Length + 1)];
            }
            else
            {
                message = new byte[random.Next(60)];
                random.NextBytes(message);
                if (message.Length > 4 && random.Next(4) != 0)
                {
                    message[0] = 1;
                    message[1] &= 0x87;
                }

                for (int i = 4; i < message.Length; i++)
                {
                    message[i] = random.Next(3) == 0 ? (byte)random.Next(4) : message[i];
                }
            }

            (TzspStatus expected, int offset) = PlainWalk(message);
            TzspStatus status = TzspReader.Read(message, out TzspFacts facts, out RadioInfo radio);
            Assert.Equal(expected, status);
            if (status is TzspStatus.Frame or TzspStatus.Empty)
            {
                frames++;
                Assert.Equal(offset, facts.FrameOffset);
                foreach (ByteRange place in new[] { facts.Serial, facts.DeviceName, facts.Location })
                {
                    Assert.True(place.IsEmpty || (place.Offset >= 6 && place.Offset + place.Length < facts.FrameOffset));
                }

                Assert.False(radio.Has(RadioFields.Signal) && radio.Has(RadioFields.RawSignal));
                Assert.False(radio.Has(RadioFields.Noise) && radio.Has(RadioFields.Snr));
                Assert.True(!radio.Has(RadioFields.Signal) || radio.SignalDbm is < 0 and >= -200);
            }

            // And the way through objects: what can be read is encoded to the same but for padding, hence read to the same again.
            if (TzspCodec.TryDecode(message, null, default, out TzspPacket? packet, out _))
            {
                byte[] again = TzspCodec.Encode(packet!);
                Assert.True(again.Length <= message.Length);
                Assert.True(TzspCodec.TryDecode(again, null, default, out TzspPacket? second, out _));
                Assert.Equal(again, TzspCodec.Encode(second!));
                Assert.Equal(packet!.GetFrameBytes(), second!.GetFrameBytes());
                Assert.Equal(packet.Tags.ToString(), second.Tags.ToString());
            }
        }

        Assert.True(frames > 10_000, $"Only {frames} messages could be read.");
    }

    private static (TzspStatus Status, int Offset) PlainWalk(byte[] message)
    {
        if (message.Length < 4)
        {
            return (TzspStatus.Truncated, 0);
        }

        if (message[0] != 1)
        {
            return (TzspStatus.Version, 0);
        }

        int type = message[1] % 16;
        if (type > 5)
        {
            return (TzspStatus.Type, 0);
        }

        if (type is 4 or 5)
        {
            return (TzspStatus.Control, 0);
        }

        Queue<byte> rest = new(message.Skip(4));
        while (rest.TryDequeue(out byte tag))
        {
            if (tag == 1)
            {
                return (type == 3 ? TzspStatus.Configuration : rest.Count == 0 ? TzspStatus.Empty : TzspStatus.Frame, message.Length - rest.Count);
            }

            if (tag == 0)
            {
                continue;
            }

            if (!rest.TryDequeue(out byte length) || length > rest.Count)
            {
                break;
            }

            for (int i = 0; i < length; i++)
            {
                rest.Dequeue();
            }
        }

        return (message[1] > 15 ? TzspStatus.Type : type == 3 ? TzspStatus.Configuration : TzspStatus.Truncated, 0);
    }

    private static string Join(string start, string rest) => rest.Length == 0 ? start : start + " " + rest;
}
