using KismetPS.TestKit;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Wireless.Tests.Frames;

/// <summary>The 72 hand-made frames of synth-modern-*.pcap, each by its name in synth-modern.names.tsv, behind every radio header they come with.</summary>
public sealed class SynthModernTests
{
    private const FrameParts Addresses =
        FrameParts.Receiver | FrameParts.Transmitter | FrameParts.Source | FrameParts.Destination | FrameParts.Bssid;

    private static readonly MacAddress Ap = MacAddress.Parse("02:AA:BB:CC:00:01");
    private static readonly MacAddress Client = MacAddress.Parse("3C:5A:B4:11:22:33");
    private static readonly MacAddress Random = MacAddress.Parse("DA:11:22:33:44:55");
    private static readonly MacAddress Wired = MacAddress.Parse("00:11:22:33:44:66");
    private static readonly MacAddress Mesh1 = MacAddress.Parse("02:11:33:55:77:01");
    private static readonly MacAddress Mesh3 = MacAddress.Parse("02:11:33:55:77:03");

    private static readonly Dictionary<string, Action<DecodedFrame>> Checks = new(StringComparer.Ordinal)
    {
        ["beacon wpa2 ht ch6 wps country"] = f =>
        {
            Beacon(f, "synth-24", 6, Band.Ghz2, WirelessEncryption.Wpa2, "WPA2-PSK CCMP", "n");
            Assert.Equal((ushort)(('D' << 8) | 'E'), f.Elements.Country);
            Assert.True(f.Elements.Has(ElementParts.Wps | ElementParts.Country));
            Assert.Equal((2, "SynthAP"), (f.Elements.WpsState, f.Text(f.Elements.WpsDeviceName)));
        },
        ["beacon hidden zero-length"] = f => Hidden(f, 0),
        ["beacon hidden nul-filled"] = f => Hidden(f, 9),
        ["beacon open"] = f => Beacon(f, "open net", 1, Band.Ghz2, WirelessEncryption.Open, "Open", "g"),
        ["beacon wep"] = f => Beacon(f, "wep net", 1, Band.Ghz2, WirelessEncryption.Wep, "WEP", "g"),
        ["beacon wpa+rsn tkip ccmp mixed"] = f =>
            Beacon(f, "mixed", 3, Band.Ghz2, WirelessEncryption.Wpa | WirelessEncryption.Wpa2, "WPA/WPA2-PSK TKIP+CCMP", "g"),
        ["beacon wpa3 transition mfp capable"] = f =>
            Beacon(f, "wpa3-trans", 4, Band.Ghz2, WirelessEncryption.Wpa2 | WirelessEncryption.Wpa3, "WPA2/WPA3-PSK+SAE CCMP (MFP optional)", "g"),
        ["beacon wpa3 sae only h2e ft"] = f =>
        {
            Beacon(f, "wpa3", 5, Band.Ghz2, WirelessEncryption.Wpa3, "WPA3-SAE+FT-SAE CCMP (MFP required)", "g");
            Assert.True(f.Elements.Security.SaeHashToElement);
            Assert.True(f.Elements.Has(ElementParts.FastTransition));
        },
        ["beacon suite-b gcmp-256 eap"] = f =>
            Beacon(f, "ent192", 5, Band.Ghz2, WirelessEncryption.Wpa3, "WPA3-EAP-SUITE-B-192 GCMP-256 (MFP required)", "g"),
        ["beacon owe transition open bss"] = f =>
        {
            Beacon(f, "cafe", 7, Band.Ghz2, WirelessEncryption.Open, "Open (OWE transition)", "g");
            Assert.Equal(MacAddress.Parse("02:AA:BB:CC:00:0C"), f.Elements.OweBssid);
            Assert.Equal("cafe-owe", f.Text(f.Elements.OweSsid));
        },
        ["beacon owe hidden bss"] = f =>
        {
            Assert.Equal(WirelessEncryption.Owe, f.Elements.Security.Encryption);
            Assert.StartsWith("OWE CCMP (MFP required", SecurityText.Of(in f.Elements.Security), StringComparison.Ordinal);
            Assert.True(f.Elements.Has(ElementParts.SsidHidden));
        },
        ["beacon utf8 ssid emoji"] = f => Assert.Equal("caf\u00e9 \U0001F4F6", f.Text(f.Elements.Ssid)),
        ["beacon ssid 32 bytes with control chars"] = f =>
            Assert.Equal("6122625C632C647C650102090D0A3BFFFE787878787878787878787878787878", Convert.ToHexString(f.Elements.Ssid.Of(f.Frame))),
        ["beacon 5GHz vht80 ch36"] = f =>
        {
            // It has HE elements too, whose channel width set claims 20 MHz; VHT offers more: two streams, MCS 9, 80 MHz, short guard interval.
            Beacon(f, "synth-5", 36, Band.Ghz5, WirelessEncryption.Wpa2, "WPA2-PSK CCMP", "ax");
            Assert.Equal((80, 866_667), (f.Elements.WidthMHz, f.Elements.MaxRateKbps));
        },
        ["beacon 5GHz vht160 ch100"] = f =>
        {
            Beacon(f, "synth-5-160", 100, Band.Ghz5, WirelessEncryption.Wpa2, "WPA2-PSK CCMP", "ac");
            Assert.Equal(160, f.Elements.WidthMHz);
        },
        ["beacon 6GHz he80 ch37"] = f =>
        {
            Beacon(f, "synth-6", 37, Band.Ghz6, WirelessEncryption.Wpa3, "WPA3-SAE CCMP (MFP required)", "ax");
            Assert.Equal(80, f.Elements.WidthMHz);
            Assert.True(f.Elements.Has(ElementParts.He6Ghz));
        },
        ["beacon Wi-Fi7 EHT320 MLO ch37"] = f =>
        {
            Beacon(f, "synth-7", 37, Band.Ghz6, WirelessEncryption.Wpa3, "WPA3-SAE-EXT GCMP-256 (MFP required)", "be");
            Assert.Equal(320, f.Elements.WidthMHz);
            Assert.Equal((true, MacAddress.Parse("02:AA:BB:CC:FF:FF")), (f.Elements.Has(ElementParts.MultiLink), f.Elements.MldAddress));
            var reader = new MultiLinkReader(f.Frame, f.Elements.MultiLinkOffset);
            Assert.True(reader.TryRead(out MultiLinkStation station));
            Assert.Equal(new MultiLinkStation(0, MacAddress.Parse("02:AA:BB:CC:00:05")), station);
            Assert.False(reader.TryRead(out _));
        },
        ["beacon CSA to 11"] = f => Assert.Equal((true, 11), (f.Elements.Has(ElementParts.ChannelSwitch), f.Elements.SwitchChannel)),
        ["beacon Cisco CCX apname"] = f => Assert.Equal((true, "AP-ROOM-7"), (f.Elements.Has(ElementParts.ApName), f.Text(f.Elements.ApName))),
        ["beacon qbss load"] = f => Assert.Equal((true, 12, 128), (f.Elements.Has(ElementParts.Qbss), f.Elements.QbssStations, f.Elements.QbssUtilization)),
        ["beacon multiple-BSSID"] = f =>
        {
            // The element holds an indicator and half a subelement header; tshark calls it malformed, the indicator stands.
            Beacon(f, "mb-tx", 6, Band.Ghz2, WirelessEncryption.Open, "Open", "g");
            Assert.Equal((true, 3), (f.Elements.Has(ElementParts.MultipleBssid), f.Elements.MaxBssidIndicator));
        },
        ["mesh beacon"] = f => Assert.Equal(("my-mesh", true), (f.Text(f.Elements.MeshId), f.Elements.Has(ElementParts.SsidHidden))),
        ["ibss beacon"] = f =>
        {
            Assert.Equal((Wired, MacAddress.Parse("06:DE:AD:BE:EF:01")), (f.Facts.Transmitter, f.Facts.Bssid));
            Assert.Equal(0x0002, f.Facts.Capability & 0x0003);
        },
        ["probe resp reveals hidden"] = f => Assert.Equal(("now-visible", Client), (f.Text(f.Elements.Ssid), f.Facts.Destination)),
        ["probe req wildcard randomized"] = f =>
        {
            Assert.Equal((Random, true), (f.Facts.Source, f.Facts.Bssid.IsBroadcast));
            Assert.True(f.Elements.Has(ElementParts.SsidHidden));
            Assert.Equal(WirelessEncryption.Unknown, f.Elements.Security.Encryption);
        },
        ["probe req directed"] = f => Assert.Equal("home-net", f.Text(f.Elements.Ssid)),
        ["auth open 1"] = f => Assert.Equal((0, 1, 0), (f.Facts.AuthAlgorithm, f.Facts.AuthSequence, f.Facts.Code)),
        ["auth sae commit"] = f => Assert.Equal((3, 1, false), (f.Facts.AuthAlgorithm, f.Facts.AuthSequence, f.Facts.Has(FrameParts.Elements))),
        ["assoc req"] = f => Assert.Equal(("synth-24", WirelessEncryption.Wpa2), (f.Text(f.Elements.Ssid), f.Elements.Security.Encryption)),
        ["assoc resp"] = f => Assert.Equal((true, 0, WirelessEncryption.Unknown), (f.Facts.Has(FrameParts.Status), f.Facts.Code, f.Elements.Security.Encryption)),
        ["reassoc req"] = f => Assert.Equal("synth-5", f.Text(f.Elements.Ssid)),
        ["disassoc"] = f => Assert.Equal((true, 8), (f.Facts.Has(FrameParts.Reason), f.Facts.Code)),
        ["deauth bcast"] = f => Assert.Equal((true, 7, true), (f.Facts.Has(FrameParts.Reason), f.Facts.Code, f.Facts.Destination.IsBroadcast)),
        ["deauth protected"] = f => Assert.Equal((false, 0, Client), (f.Facts.Has(FrameParts.Reason), f.Facts.Code, f.Facts.Destination)),
        ["action CSA"] = f => Assert.Equal((0, 4, true), (f.Facts.ActionCategory, f.Facts.ActionCode, f.Elements.Has(ElementParts.ChannelSwitch))),
        ["action no ack"] = f => Assert.Equal(21, f.Facts.ActionCategory),
        ["data from-ds ccmp"] = f =>
        {
            Assert.Equal((Client, Ap, Wired, Client, Ap), (f.Facts.Receiver, f.Facts.Transmitter, f.Facts.Source, f.Facts.Destination, f.Facts.Bssid));
            Assert.Equal(DataCipher.Ccmp, f.Facts.DataCipher);
        },
        ["data to-ds ccmp"] = f =>
            Assert.Equal((Ap, Client, Client, Wired, Ap), (f.Facts.Receiver, f.Facts.Transmitter, f.Facts.Source, f.Facts.Destination, f.Facts.Bssid)),
        ["qos data to-ds ccmp retry"] = f => Assert.Equal((6, FrameControlFlags.Retry), (f.Facts.Tid, f.Facts.Flags & FrameControlFlags.Retry)),
        ["qos data to-ds with HTC(order)"] = f => Assert.Equal((30, true, DataCipher.Ccmp), (f.Facts.HeaderLength, f.Facts.Has(FrameParts.HtControl), f.Facts.DataCipher)),
        ["wds 4addr"] = f => Wds(f, 30),
        ["wds 4addr qos"] = f => Wds(f, 32),
        ["mesh data 4addr with mesh ctl"] = f => Assert.Equal((true, Mesh3, Client), (f.Facts.Has(FrameParts.Mesh), f.Facts.Destination, f.Facts.Source)),
        ["mesh data AE 2 (6 addr)"] = f => Assert.Equal((Mesh3, Mesh1, Client, Wired), (f.Facts.Destination, f.Facts.Source, f.Facts.MeshDestination, f.Facts.MeshSource)),
        ["a-msdu 2 subframes from-ds"] = f =>
        {
            Assert.Equal(Addresses & ~FrameParts.Source, f.Facts.Parts & Addresses);
            var reader = new AmsduReader(f.Frame[f.Facts.HeaderLength..]);
            Assert.True(reader.TryRead(out MacAddress destination, out MacAddress source));
            Assert.Equal((Client, Wired), (destination, source));
            Assert.True(reader.TryRead(out destination, out source));
            Assert.Equal((Client, Random), (destination, source));
            Assert.False(reader.TryRead(out _, out _));
        },
        ["fragment 0 more"] = f => Assert.Equal((0, FrameControlFlags.MoreFragments), (f.Facts.Fragment, f.Facts.Flags & FrameControlFlags.MoreFragments)),
        ["fragment 1"] = f => Assert.Equal(1, f.Facts.Fragment),
        ["null to-ds ps"] = f => Assert.Equal((false, FrameControlFlags.PowerManagement), (f.Facts.Has(FrameParts.Payload), f.Facts.Flags & FrameControlFlags.PowerManagement)),
        ["qos null"] = f => Assert.Equal((26, false), (f.Facts.HeaderLength, f.Facts.Has(FrameParts.Payload))),
        ["eapol key from-ds"] = f => Assert.Equal((true, 1), (f.Facts.Has(FrameParts.EapolKey), f.Facts.EapolMessage)),
        ["ibss data 00"] = f => Assert.Equal((Wired, Client, MacAddress.Parse("06:DE:AD:BE:EF:01")), (f.Facts.Source, f.Facts.Destination, f.Facts.Bssid)),
        ["rts"] = f => Control(f, Ap, Client),
        ["cts"] = f => Control(f, Client, null),
        ["ack"] = f => Control(f, Client, null),
        ["ps-poll"] = f => Control(f, Ap, Client, Ap),
        ["cf-end"] = f => Control(f, MacAddress.Broadcast, Ap, Ap),
        ["cf-end-ack"] = f => Control(f, MacAddress.Broadcast, Ap, Ap),
        ["bar"] = f => Control(f, Ap, Client),
        ["ba compressed"] = f => Control(f, Client, Ap),
        ["vht ndpa"] = f => Control(f, Client, Ap),
        ["trigger basic"] = f => Control(f, MacAddress.Broadcast, Ap),
        ["bf report poll"] = f => Control(f, Client, Ap),
        ["ctl wrapper(cts)"] = f => Control(f, Client, null),
        ["ctl-ext dmg poll"] = f => Control(f, Client, Ap),
        ["truncated beacon (ie cut)"] = f =>
        {
            Assert.True(f.Elements.Has(ElementParts.Truncated));
            Assert.Equal("synth-24", f.Text(f.Elements.Ssid));
            Assert.Equal(WirelessEncryption.Unknown, f.Elements.Security.Encryption); // privacy, and whatever was cut off
        },
        ["ie length past end"] = f => Assert.Equal(("x", true), (f.Text(f.Elements.Ssid), f.Elements.Has(ElementParts.Truncated))),
        ["ssid too long (60)"] = f =>
        {
            Assert.Equal(ElementParts.SsidTooLong, f.Elements.Parts & (ElementParts.SsidTooLong | ElementParts.Ssid));
            Assert.True(f.Elements.Ssid.IsEmpty);
        },
    };

    private static readonly Dictionary<string, DecodeStatus> Refused = new(StringComparer.Ordinal)
    {
        ["ext dmg beacon"] = DecodeStatus.UnsupportedType,
        ["ext s1g beacon"] = DecodeStatus.UnsupportedType,
        ["reserved version 1"] = DecodeStatus.UnsupportedVersion,
        ["truncated mgmt header"] = DecodeStatus.HeaderTruncated,
        ["truncated ack"] = DecodeStatus.HeaderTruncated,
    };

    [CapturesTheory]
    [InlineData("synth-modern-raw.pcap")]
    [InlineData("synth-modern-radiotap.pcap")]
    [InlineData("synth-modern-radiotap-fcs.pcap")]
    [InlineData("synth-modern-prism.pcap")]
    [InlineData("synth-modern-avs.pcap")]
    public void EveryFrameIsWhatItsNameSays(string file)
    {
        string[] names = File.ReadAllLines(OracleCaptures.Path("synth-modern.names.tsv"));
        OracleTable oracle = OracleCaptures.Frames(file);
        IReadOnlyList<CapturedPacket> packets = OracleCaptures.Packets(file);
        Assert.Equal(72, packets.Count);
        Assert.Equal(names.Length, packets.Count);
        var detector = new FcsDetector();
        for (int i = 0; i < names.Length; i++)
        {
            string name = names[i].Split('\t')[1];
            var frame = new DecodedFrame(packets[i], detector);
            bool badFcs = oracle[i, "radiotap.flags.badfcs"] == "1" || oracle[i, "wlan.fcs.status"] == "0";
            DecodeStatus expected = badFcs ? DecodeStatus.FcsError : Refused.GetValueOrDefault(name, DecodeStatus.Ok);
            Assert.True(expected == frame.Status, $"{name}: {frame.Status}, not {expected}");
            if (expected == DecodeStatus.Ok)
            {
                Checks[name](frame);
            }
            else
            {
                Assert.Equal(FrameParts.None, frame.Facts.Parts);
                Assert.Equal((default, default, default), (frame.Facts.Receiver, frame.Facts.Transmitter, frame.Facts.Bssid));
            }
        }

        Assert.Equal(names.Length, Checks.Count + Refused.Count);
    }

    private static void Beacon(DecodedFrame frame, string ssid, int channel, Band band, WirelessEncryption encryption, string security, string standard)
    {
        Assert.Equal(Addresses, frame.Facts.Parts & Addresses);
        Assert.Equal(ssid, frame.Text(frame.Elements.Ssid));
        Assert.Equal((channel, band), (frame.Elements.Channel, frame.Elements.Band));
        Assert.Equal(encryption, frame.Elements.Security.Encryption);
        Assert.Equal(security, SecurityText.Of(in frame.Elements.Security));
        Assert.Equal(standard, StandardName.Of(frame.Elements.Parts, frame.Elements.Band));
    }

    private static void Hidden(DecodedFrame frame, int length)
    {
        Assert.True(frame.Elements.Has(ElementParts.SsidHidden) && frame.Elements.Has(ElementParts.Ssid));
        Assert.Equal(length, frame.Elements.Ssid.Length);
    }

    private static void Wds(DecodedFrame frame, int header)
    {
        Assert.Equal(Addresses & ~FrameParts.Bssid, frame.Facts.Parts & Addresses);
        Assert.Equal((MacAddress.Parse("02:AA:BB:CC:00:05"), Ap, Client, Wired),
            (frame.Facts.Receiver, frame.Facts.Transmitter, frame.Facts.Destination, frame.Facts.Source));
        Assert.Equal(header, frame.Facts.HeaderLength);
    }

    private static void Control(DecodedFrame frame, MacAddress receiver, MacAddress? transmitter, MacAddress? bssid = null)
    {
        FrameParts parts = FrameParts.Receiver | (transmitter is null ? 0 : FrameParts.Transmitter) | (bssid is null ? 0 : FrameParts.Bssid);
        Assert.Equal(parts, frame.Facts.Parts);
        Assert.Equal((receiver, transmitter ?? default, bssid ?? default), (frame.Facts.Receiver, frame.Facts.Transmitter, frame.Facts.Bssid));
    }
}
