using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.Wireless;
using Xunit;

namespace KismetPS.Capture.Tests.Tzsp;

public sealed class TzspCodecTests
{
    [Fact]
    public void AMessageBecomesAPacket()
    {
        byte[] tags = Convert.FromHexString("0A01C40B01A10C01160D0400000001100101110101120201A7280400000007290201003C060200000000015002415051036C6F625208655532F1000000055303696E665404000000079001AA");
        DateTimeOffset at = new(2024, 5, 6, 7, 8, 9, TimeSpan.Zero);
        Assert.True(TzspCodec.TryDecode(TzspBytes.Message(tags), "192.0.2.1:40000", at, out TzspPacket? packet, out _));
        Assert.Equal((1, TzspType.Received, 18, LinkType.Ieee80211), (packet!.Version, packet.Type, packet.Encapsulation, packet.LinkType));
        Assert.Equal((-60, -95, null, 11.0), (packet.SignalDbm, packet.NoiseDbm, packet.SnrDb, packet.RateMbps));
        Assert.Equal((233, 7115, 1L, 7L, 256), (packet.Channel, packet.FrequencyMHz, packet.SensorTime, packet.PacketCount, packet.OriginalLength));
        Assert.Equal((true, false), (packet.FcsError, packet.Decrypted));
        Assert.Equal(("02:00:00:00:00:01", "AP", "lob"), (packet.Serial, packet.DeviceName, packet.Location));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(0x655532F1), packet.SensorClock);
        Assert.Equal(("192.0.2.1:40000", at, TzspBytes.Beacon.Length), (packet.Sensor, packet.ReceivedAt, packet.Length));
        Assert.Equal(TzspBytes.Beacon, packet.GetFrameBytes());
        Assert.Equal(
            "RawRssi=-60; Snr=-95; DataRate=11; Timestamp=1; Decrypted=1; FcsError=1; RxChannel=423; PacketCount=7; RxFrameLength=256; "
            + "WlanRadioHdrSerial=02:00:00:00:00:01; DeviceName=AP; CaptureLocation=lob; CaptureTime=11/15/2023 21:06:57 +00:00; CaptureInformation=inf; CaptureId=7; Unknown=AA",
            packet.Tags.ToString());
        Assert.Equal("TZSP Received Ieee80211 39 bytes", packet.ToString());

        // A copy: nobody changes the packet's bytes.
        packet.GetFrameBytes()[0] = 1;
        packet.Tags[0].GetBytes()[0] = 1;
        Assert.Equal(TzspBytes.Message(tags), TzspCodec.Encode(packet));
    }

    [Fact]
    public void WhatIsNotToldIsNull()
    {
        Assert.True(TzspCodec.TryDecode(TzspBytes.Message(), null, default, out TzspPacket? packet, out _));
        Assert.Null(packet!.SignalDbm);
        Assert.Null(packet.NoiseDbm);
        Assert.Null(packet.SnrDb);
        Assert.Null(packet.RateMbps);
        Assert.Null(packet.Channel);
        Assert.Null(packet.FrequencyMHz);
        Assert.Null(packet.SensorTime);
        Assert.Null(packet.SensorClock);
        Assert.Null(packet.PacketCount);
        Assert.Null(packet.OriginalLength);
        Assert.Null(packet.FcsError);
        Assert.Null(packet.Decrypted);
        Assert.Null(packet.Serial);
        Assert.Null(packet.DeviceName);
        Assert.Null(packet.Location);
        Assert.Empty(packet.Tags);
    }

    [Theory]
    [InlineData("", "TzspTruncated")]
    [InlineData("010000", "TzspTruncated")]
    [InlineData("01000012", "TzspTruncated")]
    [InlineData("010000120A01", "TzspTruncated")]
    [InlineData("0200001201", "TzspVersion")]
    [InlineData("0106001201", "TzspType")]
    [InlineData("018000120A01", "TzspType")]
    public void WhatCannotBeReadHasAReason(string hex, string reason)
    {
        Assert.False(TzspCodec.TryDecode(Convert.FromHexString(hex), null, default, out TzspPacket? packet, out SourceDropReason why));
        Assert.Null(packet);
        Assert.Equal(reason, why.ToString());
    }

    /// <summary>Types without a known layout: hexadecimal, then tags, then frame.</summary>
    [Theory]
    [InlineData("01040000", "", "")]
    [InlineData("0104000001", "", "")]
    [InlineData("010400003C02534E", "WlanRadioHdrSerial=SN", "")]
    [InlineData("010400003C0253", "", "3C0253")]
    [InlineData("010500120A01C40180", "RawRssi=-60", "80")]
    [InlineData("01030000530363666701", "CaptureInformation=cfg", "")]
    [InlineData("010300005303636667", "CaptureInformation=cfg", "")]
    [InlineData("0103000053FF", "", "53FF")]
    [InlineData("0183001201AB", "", "AB")]
    public void ControlAndConfigurationComeBackAsTheyWere(string hex, string tags, string frame)
    {
        Assert.True(TzspCodec.TryDecode(Convert.FromHexString(hex), null, default, out TzspPacket? packet, out _));
        Assert.Equal(tags, packet!.Tags.ToString());
        Assert.Equal(frame, Convert.ToHexString(packet.GetFrameBytes()));
        Assert.Equal(hex, Convert.ToHexString(TzspCodec.Encode(packet)));
    }

    [Fact]
    public void PaddingIsNotKept()
    {
        Assert.True(TzspCodec.TryDecode(TzspBytes.Message(0, 0, 10, 1, 0xC4, 0), null, default, out TzspPacket? packet, out _));
        Assert.Equal(TzspBytes.Message(10, 1, 0xC4), TzspCodec.Encode(packet!));
    }

    [Fact]
    public void ATagHasANumberAndBytesTheProtocolHasRoomFor()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TzspTag(1, "End", null, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TzspTag(256, "Unknown", null, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TzspTag(200, "Unknown", null, new byte[256]));
        Assert.Equal("Unknown=00FF", new TzspTag(200, "Unknown", null, [0, 255]).ToString());
    }

    /// <summary>The writer leaves out what has no room instead of writing past its span.</summary>
    [Fact]
    public void TheWriterStaysInItsSpan()
    {
        byte[] whole = new byte[200];
        int length = Write(whole, out bool fits);
        Assert.True(fits);
        Assert.Equal("Frame Received 18 Ieee80211 frame=39 signal=-60dBm noise=-130dBm channel=6 Ghz2:2437MHz count=9 length=300 name=Ä", TzspSummary.Of(whole.AsSpan(0, length)));
        for (int room = 0; room < length; room++)
        {
            byte[] small = new byte[room];
            int written = Write(small, out fits);
            Assert.InRange(written, 0, room);
            Assert.False(fits);
            Assert.Equal(whole[..written], small[..written]);
            Assert.NotEqual(TzspStatus.Frame, TzspReader.Read(small.AsSpan(0, written), out _, out _));
        }

        TzspWriter writer = new(new byte[1000], TzspType.Received, 18);
        writer.Tag(200, new byte[256]);
        Assert.False(writer.Fits);
        Assert.Equal(254, TzspText.Encode(new string('Ä', 200)).Length);
    }

    private static int Write(Span<byte> to, out bool fits)
    {
        TzspWriter writer = new(to, TzspType.Received, 18);
        writer.Signed(10, -60);
        writer.Signed(11, -130);
        writer.Byte(18, 6);
        writer.UInt32(40, 9);
        writer.UInt16(41, 300);
        writer.Tag(80, TzspText.Encode("Ä"));
        writer.End();
        writer.Frame(TzspBytes.Beacon);
        fits = writer.Fits;
        return writer.Length;
    }
}
