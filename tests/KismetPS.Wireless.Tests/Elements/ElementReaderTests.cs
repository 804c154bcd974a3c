using System.Text;
using KismetPS.TestKit.Frames;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Wireless.Tests.Elements;

public sealed class ElementReaderTests
{
    private static readonly MacAddress A = MacAddress.Parse("02:AA:00:00:00:0A");
    private static readonly MacAddress B = MacAddress.Parse("02:BB:00:00:00:0B");

    [Theory]
    [InlineData("", 0, true)]
    [InlineData("00", 1, true)]
    [InlineData("00000000000000000000000000000000", 16, true)]
    [InlineData("6E6574", 3, false)]
    [InlineData("006E6574", 4, false)]
    [InlineData("20", 1, false)]
    public void SsidIsAnyBytesAndHiddenWhenEmptyOrNul(string hex, int length, bool hidden)
    {
        byte[] name = Convert.FromHexString(hex);
        DecodedFrame frame = Read(FrameBuilder.BareBeacon(A).Ssid(name));
        Assert.Equal((true, hidden, length), (frame.Elements.Has(ElementParts.Ssid), frame.Elements.Has(ElementParts.SsidHidden), frame.Elements.Ssid.Length));
        Assert.Equal(name, frame.Elements.Ssid.Of(frame.Frame).ToArray());
    }

    [Fact]
    public void SsidLongerThan32BytesIsNoName()
    {
        Assert.Equal(32, Read(FrameBuilder.BareBeacon(A).Ssid(new string('x', 32))).Elements.Ssid.Length);
        DecodedFrame frame = Read(FrameBuilder.BareBeacon(A).Ssid(new string('x', 33)).Ssid("second"));
        Assert.Equal(ElementParts.SsidTooLong, frame.Elements.Parts & (ElementParts.Ssid | ElementParts.SsidHidden | ElementParts.SsidTooLong));
        Assert.True(frame.Elements.Ssid.IsEmpty);
    }

    [Fact]
    public void FirstSsidCounts()
    {
        DecodedFrame frame = Read(FrameBuilder.BareBeacon(A).Ssid("").Ssid("evil"));
        Assert.True(frame.Elements.Has(ElementParts.SsidHidden));
        Assert.Equal(0, frame.Elements.Ssid.Length);
    }

    [Fact]
    public void NamesInsideMultipleBssidProfilesAreOthers()
    {
        // Indicator 2, subelement 0 (profile) with capability element 83 and SSID element inside: 9.4.2.45.
        DecodedFrame frame = Read(FrameBuilder.BareBeacon(A).Element(71, [2, 0, 12, 83, 2, 0x11, 0, 0, 6, .. "hidden"u8]).Ssid("outer"));
        Assert.Equal(("outer", 2), (frame.Text(frame.Elements.Ssid), frame.Elements.MaxBssidIndicator));
    }

    [Theory]
    [InlineData(new byte[] { 0x82, 0x84, 0x8B, 0x96 }, 11_000, false)]
    [InlineData(new byte[] { 0x82, 0x84, 0x8B, 0x96, 12, 108 }, 54_000, true)]
    [InlineData(new byte[] { 0x8C, 18, 0xB0 }, 24_000, true)]
    [InlineData(new byte[] { 0x82, 0xFF, 0xFE, 0xFB, 0xFA, 0x7F, 123 }, 1_000, false)]
    [InlineData(new byte[] { 44, 66 }, 33_000, false)]
    public void RatesWithoutMembershipSelectors(byte[] rates, int highest, bool ofdm)
    {
        DecodedFrame frame = Read(FrameBuilder.BareBeacon(A).Element(1, rates));
        Assert.Equal((highest, ofdm, true), (frame.Elements.MaxRateKbps, frame.Elements.Has(ElementParts.OfdmRates), frame.Elements.Has(ElementParts.Rates)));
        Assert.False(Read(FrameBuilder.BareBeacon(A).Element(1, 0xFF, 0xFB).Element(3, 1)).Elements.Has(ElementParts.Rates));
    }

    [Fact]
    public void ChannelComesFromTheStrongestWord()
    {
        Assert.Equal((6, Band.Ghz2), Channel(FrameBuilder.BareBeacon(A).Element(3, 6)));
        Assert.Equal((11, Band.Ghz2), Channel(FrameBuilder.BareBeacon(A).Element(3, 10).Ht(11)));
        Assert.Equal((149, Band.Ghz5), Channel(FrameBuilder.BareBeacon(A).Ht(149).Element(3, 10)));
        Assert.Equal((37, Band.Ghz6), Channel(FrameBuilder.BareBeacon(A).Element(3, 10).Ht(11).Element(255, SixGhzOperation(37, 2))));
        Assert.Equal((10, Band.Ghz2), Channel(FrameBuilder.BareBeacon(A).Element(3, 10).Ht(0)));
        Assert.Equal((0, Band.Ghz6), Channel(FrameBuilder.BareBeacon(A).ExtendedElement(59, 0x34, 0x12)));
        Assert.Equal((0, Band.Unknown), Channel(FrameBuilder.BareBeacon(A).Ssid("x")));

        static (int, Band) Channel(FrameBuilder frame)
        {
            DecodedFrame decoded = Read(frame);
            Assert.Equal(decoded.Elements.Channel != 0, decoded.Elements.Has(ElementParts.Channel));
            return (decoded.Elements.Channel, decoded.Elements.Band);
        }
    }

    [Fact]
    public void WidthComesFromTheNewestOperationElement()
    {
        Assert.Equal(0, Width(FrameBuilder.BareBeacon(A).Element(3, 6)));
        Assert.Equal(20, Width(FrameBuilder.BareBeacon(A).Ht(6)));
        Assert.Equal(40, Width(FrameBuilder.BareBeacon(A).Ht(6, secondary: 1)));
        Assert.Equal(40, Width(FrameBuilder.BareBeacon(A).Ht(6, secondary: 3)));
        // A secondary channel that must not be used at present (STA channel width 0).
        Assert.Equal(20, Width(FrameBuilder.BareBeacon(A).Element(61, [6, 1, .. new byte[20]])));
        Assert.Equal(40, Width(FrameBuilder.BareBeacon(A).Ht(36, secondary: 1).Vht(0, 0)));
        Assert.Equal(80, Width(FrameBuilder.BareBeacon(A).Ht(36, secondary: 1).Vht(1, 42)));
        Assert.Equal(160, Width(FrameBuilder.BareBeacon(A).Ht(36, secondary: 1).Vht(1, 42, 50)));
        Assert.Equal(160, Width(FrameBuilder.BareBeacon(A).Ht(36, secondary: 1).Vht(1, 42, 155)));
        Assert.Equal(160, Width(FrameBuilder.BareBeacon(A).Ht(36, secondary: 1).Vht(2, 50)));
        Assert.Equal(160, Width(FrameBuilder.BareBeacon(A).Ht(36, secondary: 1).Vht(3, 42, 155)));
        Assert.Equal(80, Width(FrameBuilder.BareBeacon(A).Ht(36).ExtendedElement(36, [0, 0x40, 0, 0, 0xFC, 0xFF, 1, 42, 0])));
        for (int code = 0; code < 4; code++)
        {
            Assert.Equal(20 << code, Width(FrameBuilder.BareBeacon(A).Element(255, SixGhzOperation(5, code))));
        }

        // VHT information (3 bytes) and co-hosted indicator (1) stand before the 6 GHz information.
        Assert.Equal(80, Width(FrameBuilder.BareBeacon(A).ExtendedElement(36, [0, 0xC0, 2, 0, 0xFC, 0xFF, 0, 0, 0, 9, 37, 2, 39, 0, 6])));
        Assert.Equal(320, Width(FrameBuilder.BareBeacon(A).Element(255, SixGhzOperation(5, 3)).ExtendedElement(106, [1, 0x44, 0x44, 0x44, 0x44, 4, 31, 63])));
        Assert.Equal(160, Width(FrameBuilder.BareBeacon(A).Element(255, SixGhzOperation(5, 3)).ExtendedElement(106, [0, 0x44, 0x44, 0x44, 0x44])));

        static int Width(FrameBuilder frame)
        {
            DecodedFrame decoded = Read(frame);
            Assert.Equal(decoded.Elements.WidthMHz != 0, decoded.Elements.Has(ElementParts.Width));
            return decoded.Elements.WidthMHz;
        }
    }

    /// <summary>Rates of IEEE Std 802.11-2020 tables 19-27 ff. and 21-29 ff., 802.11ax-2021 27.5, 802.11be-2024 36.5.</summary>
    [Fact]
    public void HighestRateOfTheCapabilitiesWithinTheOperatingWidth()
    {
        Assert.Equal(54_000, Rate(FrameBuilder.BareBeacon(A).Rates2G()));
        Assert.Equal(144_444, Rate(FrameBuilder.BareBeacon(A).Rates2G().Ht(6, streams: 2)));
        Assert.Equal(300_000, Rate(FrameBuilder.BareBeacon(A).Rates2G().Ht(6, streams: 2, secondary: 1)));
        // A client says what it can; no operation element limits it.
        Assert.Equal(150_000, Rate(FrameBuilder.ProbeRequest(B).HtCapabilities(streams: 1)));
        Assert.Equal(866_667, Rate(FrameBuilder.BareBeacon(A).Ht(36, secondary: 1).Vht(1, 42)));
        Assert.Equal(1_733_333, Rate(FrameBuilder.BareBeacon(A).Ht(36, secondary: 1).Vht(1, 42, 50)));
        Assert.Equal(400_000, Rate(FrameBuilder.BareBeacon(A).Ht(36, secondary: 1).Vht(0, 0)));
        Assert.Equal(1_733_333, Rate(FrameBuilder.ProbeRequest(B).HtCapabilities().VhtCapabilities()));

        byte[] he160 = HeCapabilities(0x0C, 0xFFFA, 0xFFFA);
        Assert.Equal(2_401_961, Rate(FrameBuilder.ProbeRequest(B).Element(255, he160)));
        Assert.Equal(1_200_980, Rate(FrameBuilder.BareBeacon(A).Element(255, he160).Element(255, SixGhzOperation(37, 2))));
        Assert.Equal(286_765, Rate(FrameBuilder.BareBeacon(A).Ht(6).Element(255, HeCapabilities(0x02, 0xFFFA))));
        // Two streams up to 80 MHz, one beyond; which map counts depends on the width in use.
        Assert.Equal(1_200_980, Rate(FrameBuilder.BareBeacon(A).Element(255, HeCapabilities(0x0C, 0xFFFA, 0xFFFE)).Element(255, SixGhzOperation(37, 2))));
        Assert.Equal(1_200_980, Rate(FrameBuilder.ProbeRequest(B).Element(255, HeCapabilities(0x0C, 0xFFFA, 0xFFFE))));

        byte[] eht320 = [108, 0, 0, 0x02, .. new byte[8], 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22];
        Assert.Equal(5_764_706, Rate(FrameBuilder.BareBeacon(A).Element(255, he160).Element(255, eht320)
            .Element(255, SixGhzOperation(37, 3)).ExtendedElement(106, [1, 0x44, 0x44, 0x44, 0x44, 4, 31, 63])));
        // Its 4096-QAM at one stream only: 11 (1024-QAM) with two is faster.
        byte[] mixed = [108, 0, 0, 0x02, .. new byte[8], 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x11];
        Assert.Equal(4_803_922, Rate(FrameBuilder.ProbeRequest(B).Element(255, he160).Element(255, mixed)));
        // A 20 MHz client: four bytes for MCS 0-7, 8-9, 10-11, 12-13.
        Assert.Equal(172_059 * 2, Rate(FrameBuilder.ProbeRequest(B).Element(255, HeCapabilities(0, 0xFFFA)).ExtendedElement(108, [0, 0, .. new byte[9], 0x22, 0x22, 0x22, 0x22])), 2.0);
        Assert.Equal(0, Rate(FrameBuilder.BareBeacon(A).Ssid("x")));

        static int Rate(FrameBuilder frame) => Read(frame).Elements.MaxRateKbps;
    }

    [Theory]
    [InlineData("DE ", 0x4445)]
    [InlineData("us\0", 0x5553)]
    [InlineData("\0\0\0", 0)]
    [InlineData("1A ", 0)]
    [InlineData("DE", 0)]
    public void CountryIsTwoLetters(string text, int country)
    {
        DecodedFrame frame = Read(FrameBuilder.BareBeacon(A).Element(7, Encoding.ASCII.GetBytes(text)));
        Assert.Equal((country, country != 0), (frame.Elements.Country, frame.Elements.Has(ElementParts.Country)));
    }

    [Fact]
    public void LoadSwitchAndPlainFlags()
    {
        DecodedFrame frame = Read(FrameBuilder.BareBeacon(A).Element(11, 0x2C, 0x01, 200, 0, 0).Element(37, 0, 11, 3).Element(54, 1, 2, 3)
            .Element(70, 0, 0, 0, 0, 0).VendorElement(0x0050F2, 2, 1, 1).VendorElement(0x506F9A, 9, 2));
        Assert.Equal((300, 200, 11, 3), (frame.Elements.QbssStations, frame.Elements.QbssUtilization, frame.Elements.SwitchChannel, frame.Elements.SwitchCount));
        const ElementParts All = ElementParts.Qbss | ElementParts.ChannelSwitch | ElementParts.FastTransition | ElementParts.RadioMeasurement | ElementParts.Wmm | ElementParts.P2P;
        Assert.Equal(All, frame.Elements.Parts);

        DecodedFrame extended = Read(FrameBuilder.BareBeacon(A).Element(60, 1, 131, 37, 9));
        Assert.Equal((37, 9), (extended.Elements.SwitchChannel, extended.Elements.SwitchCount));
    }

    [Fact]
    public void WpsAttributesAreFoundInOneElementAndInSeveral()
    {
        byte[] attributes = Wps((0x104A, [0x10]), (0x1044, [2]), (0x1057, [1]), (0x1021, "Maker"u8.ToArray()), (0x1023, "Model"u8.ToArray()),
            (0x1024, "42"u8.ToArray()), (0x1042, "S-1"u8.ToArray()), (0x1049, new byte[40]), (0x1011, "Living room"u8.ToArray()));
        for (int cut = 0; cut < attributes.Length; cut++)
        {
            DecodedFrame frame = Read(cut == 0
                ? FrameBuilder.BareBeacon(A).VendorElement(0x0050F2, 4, attributes)
                : FrameBuilder.BareBeacon(A).VendorElement(0x0050F2, 4, attributes[..cut]).VendorElement(0x0050F2, 4, attributes[cut..]));

            // Only an attribute that the cut goes through is missing, or all behind it where the cut goes through its type and length.
            foreach ((string text, int start, int end) in Places(attributes))
            {
                ByteRange range = text switch
                {
                    "Maker" => frame.Elements.WpsManufacturer,
                    "Model" => frame.Elements.WpsModelName,
                    "42" => frame.Elements.WpsModelNumber,
                    "S-1" => frame.Elements.WpsSerial,
                    _ => frame.Elements.WpsDeviceName,
                };
                bool whole = cut <= start || cut >= end;
                Assert.True(frame.Text(range) == text || range.IsEmpty, $"cut {cut}: {text} became {frame.Text(range)}");
                Assert.True(!whole || IsHeaderCut(attributes, cut) || frame.Text(range) == text, $"cut {cut}: {text} lost");
            }

            if (cut == 0)
            {
                Assert.Equal((2, true), (frame.Elements.WpsState, frame.Elements.WpsLocked));
            }

            Assert.True(frame.Elements.Has(ElementParts.Wps));
        }

        static IEnumerable<(string, int, int)> Places(byte[] attributes)
        {
            for (int at = 0; at < attributes.Length;)
            {
                int type = (attributes[at] << 8) | attributes[at + 1];
                int length = (attributes[at + 2] << 8) | attributes[at + 3];
                if (type is 0x1021 or 0x1023 or 0x1024 or 0x1042 or 0x1011)
                {
                    yield return (Encoding.ASCII.GetString(attributes, at + 4, length), at, at + 4 + length);
                }

                at += 4 + length;
            }
        }

        static bool IsHeaderCut(byte[] attributes, int cut)
        {
            for (int at = 0; at < attributes.Length;)
            {
                if (cut > at && cut < at + 4)
                {
                    return true;
                }

                at += 4 + ((attributes[at + 2] << 8) | attributes[at + 3]);
            }

            return false;
        }

        static byte[] Wps(params (int Type, byte[] Value)[] attributes)
        {
            var bytes = new List<byte>();
            foreach ((int type, byte[] value) in attributes)
            {
                bytes.AddRange([(byte)(type >> 8), (byte)type, (byte)(value.Length >> 8), (byte)value.Length, .. value]);
            }

            return bytes.ToArray();
        }
    }

    [Fact]
    public void NoWpsAttributeIsMadeOfTheMiddleOfAnother()
    {
        // Type 0x1049, length 0x1011, cut between the two: what follows only looks like a device name.
        DecodedFrame frame = Read(FrameBuilder.BareBeacon(A).VendorElement(0x0050F2, 4, 0x10, 0x44, 0, 1, 2, 0x10, 0x49).VendorElement(0x0050F2, 4, 0x10, 0x11, 0, 3, 97, 98, 99));
        Assert.Equal((2, true), (frame.Elements.WpsState, frame.Elements.WpsDeviceName.IsEmpty));
    }

    [Fact]
    public void CiscoNameIsCutAtItsFirstNul()
    {
        byte[] payload = new byte[30];
        "AP-ROOM-7"u8.CopyTo(payload.AsSpan(10));
        DecodedFrame frame = Read(FrameBuilder.BareBeacon(A).Element(133, payload));
        Assert.Equal("AP-ROOM-7", frame.Text(frame.Elements.ApName));

        payload.AsSpan(10, 16).Fill((byte)'x');
        frame = Read(FrameBuilder.BareBeacon(A).Element(133, payload));
        Assert.Equal(new string('x', 16), frame.Text(frame.Elements.ApName));

        Assert.False(Read(FrameBuilder.BareBeacon(A).Element(133, new byte[30])).Elements.Has(ElementParts.ApName));
        Assert.False(Read(FrameBuilder.BareBeacon(A).Element(133, payload[..25])).Elements.Has(ElementParts.ApName));
    }

    [Fact]
    public void OweTransitionNamesItsPartner()
    {
        byte[] payload = [0x02, 0xBB, 0, 0, 0, 0x0B, 4, .. "_owe"u8, 81, 6];
        DecodedFrame frame = Read(FrameBuilder.BareBeacon(A).Ssid("cafe").VendorElement(0x506F9A, 0x1C, payload));
        Assert.Equal((B, "_owe", true), (frame.Elements.OweBssid, frame.Text(frame.Elements.OweSsid), frame.Elements.Security.OweTransition));

        payload[6] = 33;
        Assert.False(Read(FrameBuilder.BareBeacon(A).VendorElement(0x506F9A, 0x1C, [.. payload, .. new byte[40]])).Elements.Has(ElementParts.OweTransition));
        payload[6] = 7;
        Assert.False(Read(FrameBuilder.BareBeacon(A).VendorElement(0x506F9A, 0x1C, payload)).Elements.Has(ElementParts.OweTransition));
    }

    [Fact]
    public void BeaconOfAMultiLinkAccessPoint()
    {
        MacAddress link = MacAddress.Parse("02:AA:00:00:00:1A");
        DecodedFrame frame = Read(FrameBuilder.Beacon(A, "seven", 0, SecurityPreset.Wpa3Sae).Country("DE").QbssLoad(3, 40).CiscoName("ap-1").Wps(2, "Maker", "Model", "Lab")
            .He6Ghz(37, 160).Eht(320).MultiLink(B, (2, link)).Neighbor(link, 115, 36));
        Assert.Equal((37, Band.Ghz6, 320, 5_764_706), (frame.Elements.Channel, frame.Elements.Band, frame.Elements.WidthMHz, frame.Elements.MaxRateKbps));
        Assert.Equal((B, 1, 3, 40), (frame.Elements.MldAddress, frame.Elements.NeighborCount, frame.Elements.QbssStations, frame.Elements.QbssUtilization));
        Assert.Equal(("ap-1", "Maker", "Model", "Lab"), (frame.Text(frame.Elements.ApName), frame.Text(frame.Elements.WpsManufacturer),
            frame.Text(frame.Elements.WpsModelName), frame.Text(frame.Elements.WpsDeviceName)));
        Assert.Equal("be", StandardName.Of(frame.Elements.Parts, frame.Elements.Band));
        var neighbors = new RnrReader(frame.Elements.ReducedNeighborReport.Of(frame.Frame));
        Assert.True(neighbors.TryRead(out RnrNeighbor neighbor));
        Assert.Equal(new RnrNeighbor(link, 115, 36), neighbor);
        var links = new MultiLinkReader(frame.Frame, frame.Elements.MultiLinkOffset);
        Assert.True(links.TryRead(out MultiLinkStation station));
        Assert.Equal(new MultiLinkStation(2, link), station);
    }

    [Fact]
    public void TruncatedElementKeepsWhatCameBefore()
    {
        byte[] whole = FrameBuilder.Beacon(A, "network", 6, SecurityPreset.Wpa2Psk).Build();
        int ssidEnd = 36 + 2 + 7;
        for (int length = ssidEnd; length < whole.Length; length++)
        {
            var frame = new DecodedFrame(whole[..length]);
            Assert.Equal("network", frame.Text(frame.Elements.Ssid));
        }

        Assert.True(new DecodedFrame(whole[..^1]).Elements.Has(ElementParts.Truncated));
        Assert.True(new DecodedFrame([.. whole, 221]).Elements.Has(ElementParts.Truncated));
        Assert.False(new DecodedFrame(whole).Elements.Has(ElementParts.Truncated));
        Assert.False(new DecodedFrame(whole[..(ssidEnd - 1)]).Elements.Has(ElementParts.Ssid));
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 5 })]
    [InlineData(new byte[] { 5, 1 })]
    [InlineData(new byte[] { 5, 255, 1, 2 })]
    public void WhatIsNoWholeElementIsToldAndNothingBehindItRead(byte[] tail)
    {
        // An extension without its number, an element without payload and one at the very end are elements.
        byte[] frame = [.. FrameBuilder.Beacon(A, "n", 6).Build(), 255, 0, 5, 0, 114, 2, 65, 66, .. tail];
        var read = new DecodedFrame(frame);
        Assert.Equal("AB", read.Text(read.Elements.MeshId));
        Assert.Equal(frame.Length - tail.Length - 2, read.Elements.MeshId.Offset);
        Assert.Equal(tail.Length != 0, read.Elements.Has(ElementParts.Truncated));
    }

    [Theory]
    [InlineData(2, "be")]
    [InlineData(5, "be")]
    public void StandardIsTheNewestGeneration(int ghz, string newest)
    {
        Band band = ghz == 2 ? Band.Ghz2 : Band.Ghz5;
        ElementParts parts = ElementParts.Rates;
        Assert.Equal("b", StandardName.Of(parts, band));
        parts |= ElementParts.OfdmRates;
        Assert.Equal(ghz == 2 ? "g" : "a", StandardName.Of(parts, band));
        Assert.Null(StandardName.Of(parts, Band.Unknown));
        parts |= ElementParts.Ht;
        Assert.Equal("n", StandardName.Of(parts, band));
        parts |= ElementParts.Vht;
        Assert.Equal("ac", StandardName.Of(parts, band));
        parts |= ElementParts.He;
        Assert.Equal("ax", StandardName.Of(parts, Band.Ghz6));
        Assert.Equal(newest, StandardName.Of(parts | ElementParts.Eht, band));
        Assert.Null(StandardName.Of(ElementParts.Ssid, band));
    }

    [Fact]
    public void FramesWithoutElementsGiveNothing()
    {
        var frame = new DecodedFrame(FrameBuilder.Deauthentication(A, B, A).Build());
        Assert.Equal(default, frame.Elements.Parts);
        ElementFacts facts = default;
        facts.Channel = 9;
        ElementReader.Read(frame.Frame, in frame.Facts, ref facts);
        Assert.Equal(0, facts.Channel);
    }

    private static DecodedFrame Read(FrameBuilder builder)
    {
        var frame = new DecodedFrame(builder.Build());
        Assert.Equal(DecodeStatus.Ok, frame.Status);
        Assert.False(frame.Facts.Has(FrameParts.BodyTruncated));
        return frame;
    }

    /// <summary>HE operation with 6 GHz information: primary channel, control with the width code, centres, lowest rate.</summary>
    private static byte[] SixGhzOperation(int channel, int width) => [36, 0, 0, 2, 0, 0xFC, 0xFF, (byte)channel, (byte)width, 0, 0, 6];

    /// <summary>HE capabilities with a channel width set and an Rx=Tx map for 80 MHz and below, and one for 160.</summary>
    private static byte[] HeCapabilities(byte widths, params int[] maps)
    {
        var bytes = new List<byte> { 35, 0, 0, 0, 0, 0, 0, widths, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
        foreach (int map in maps)
        {
            bytes.AddRange([(byte)map, (byte)(map >> 8), (byte)map, (byte)(map >> 8)]);
        }

        return bytes.ToArray();
    }
}
