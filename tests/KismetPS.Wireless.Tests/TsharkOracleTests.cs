using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Wireless.Tests;

/// <summary>Every frame of every capture against tshark's fields. What differs on purpose is listed with its reason.</summary>
public sealed class TsharkOracleTests
{
    /// <summary>Columns that are compared, in tshark's words.</summary>
    private static readonly string[] Columns =
    [
        "wlan.fc.type_subtype", "wlan.fc.ds", "wlan.fc.retry", "wlan.fc.pwrmgt", "wlan.fc.frag", "wlan.fc.protected", "wlan.fc.order",
        "wlan.bssid", "wlan.sa", "wlan.ta", "wlan.da", "wlan.ra", "wlan.staa", "wlan.seq", "wlan.frag", "wlan.qos.tid", "wlan.qos.amsdupresent",
        "wlan.ssid", "wlan.mesh.id", "channel", "wlan.fixed.beacon", "wlan.fixed.capabilities.privacy", "wlan.country_info.code",
        "group", "pairwise", "akm", "wlan.rsn.capabilities.mfpr", "wlan.rsn.capabilities.mfpc",
        "wps.wifi_protected_setup_state", "wps.device_name", "wlan.fixed.reason_code", "wlan.fixed.status_code", "wlan.fixed.auth.alg", "eapol",
    ];

    /// <summary>Frames that are refused where tshark shows at least something. A frame whose FCS is wrong is found out by the test itself.</summary>
    private static readonly (string Files, int Frame, DecodeStatus Status, string Reason)[] Refusals =
    [
        ("synth-modern-", 65, DecodeStatus.UnsupportedType, "DMG beacon: tshark reads its BSSID, which stands alone in a short header"),
        ("synth-modern-", 66, DecodeStatus.UnsupportedType, "S1G beacon: tshark reads SA and SSID out of the short header"),
        ("synth-modern-", 67, DecodeStatus.UnsupportedVersion, "PV1: tshark shows a receiver of zeros"),
        ("synth-modern-", 69, DecodeStatus.HeaderTruncated, "a beacon of 17 bytes: tshark shows the receiver, here a cut header gives no address"),
        ("synth-modern-", 70, DecodeStatus.HeaderTruncated, "an ACK of 5 bytes"),
        ("tcpdump-ieee802.11_tim_ie_oobr.pcap", 3, DecodeStatus.HeaderTruncated, "10 bytes of a management frame: tshark shows the receiver"),
        ("tcpdump-ieee802.11_meshhdr-oobr.pcap", 1, DecodeStatus.RadioHeaderMalformed, "a radiotap version that does not exist"),
        ("tcpdump-ieee802.11_rates_oobr.pcap", 1, DecodeStatus.RadioHeaderMalformed, "a radiotap version that does not exist"),
        ("tcpdump-radiotap-heapoverflow.pcap", 1, DecodeStatus.RadioHeaderMalformed, "a radiotap version that does not exist"),
        ("aircrack-wpaclean_crash.pcap", 1, DecodeStatus.RadioHeaderMalformed, "17 bytes that begin with no Prism header"),
    ];

    /// <summary>Cells that differ, and why. A prefix of the file name; no frame number: any frame with such a cell.</summary>
    private static readonly (string Files, int? Frame, string? Column, string Reason)[] Deviations =
    [
        ("synth-modern-", 16, "channel", "tshark has no field for the primary channel of HE operation"),
        ("synth-modern-", 17, "channel", "as frame 16"),
        ("synth-modern-", 45, "wlan.sa", "A-MSDU: tshark lists the addresses of the subframes, here AmsduReader gives them"),
        ("synth-modern-", 45, "wlan.da", "as wlan.sa"),
        ("synth-modern-", 56, "wlan.ta", "CF-End: the second address is BSSID and TA (9.3.1.6); tshark shows one of the two"),
        ("synth-modern-", 57, "wlan.bssid", "CF-End+CF-Ack: as CF-End, but tshark shows the other one"),
        ("synth-modern-", 63, null, "control wrapper: tshark shows the carried frame control too"),
        ("synth-modern-", 64, null, "control frame extension: tshark puts the extension into the type and shows no flags"),
        ("synth-modern-", 72, "wlan.ssid", "60 bytes are no SSID: flagged, not used"),
        ("tcpdump-ieee802.11_parse_elements_oobr.pcap", 1, "group", "element 48 of version 0x3030 is no RSN element that could be read"),
        ("tcpdump-ieee802.11_tim_ie_oobr.pcap", null, "group", "as above"),
        ("tcpdump-ieee802.11_tim_ie_oobr.pcap", null, "pairwise", "as above; and a list of 12336 suites in a few bytes"),
    ];

    public static TheoryData<string> Files => OracleCaptures.All;

    [CapturesTheory]
    [MemberData(nameof(Files))]
    public void FramesAreTsharks(string file)
    {
        OracleTable table = OracleCaptures.Frames(file);
        var detector = new FcsDetector();
        var differences = new StringBuilder();
        int frames = 0;
        foreach (CapturedPacket packet in OracleCaptures.Packets(file))
        {
            int row = packet.Number - 1;
            var frame = new DecodedFrame(packet, detector);
            frames++;
            DecodeStatus expected = FcsIsWrong(packet, table[row, "radiotap.flags.fcs"]) ? DecodeStatus.FcsError : DecodeStatus.Ok;
            foreach ((string files, int number, DecodeStatus status, string _) in Refusals)
            {
                if (expected == DecodeStatus.Ok && number == packet.Number && file.StartsWith(files, StringComparison.Ordinal))
                {
                    expected = status;
                }
            }

            if (expected != frame.Status)
            {
                differences.AppendLine(CultureInfo.InvariantCulture, $"frame {packet.Number}: {expected} expected, {frame.Status} here");
                continue;
            }

            if (expected != DecodeStatus.Ok)
            {
                Assert.Equal(FrameParts.None, frame.Facts.Parts);
                continue;
            }

            foreach (string column in Columns)
            {
                if (!IsCompared(column, in frame.Facts))
                {
                    continue;
                }

                string theirs = Expected(table, row, column);
                string ours = Actual(frame, column);
                if (theirs != ours && !Array.Exists(Deviations, d => file.StartsWith(d.Files, StringComparison.Ordinal)
                    && (d.Frame ?? packet.Number) == packet.Number && (d.Column ?? column) == column))
                {
                    differences.AppendLine(CultureInfo.InvariantCulture, $"frame {packet.Number} {column}: tshark '{theirs}', here '{ours}'");
                }
            }
        }

        Assert.Equal(table.Count, frames);
        Assert.True(differences.Length == 0, differences.ToString());
    }

    /// <summary>The handshakes in the captures, message by message; 0 is an EAPOL frame of another kind (EAP, start).</summary>
    [CapturesTheory]
    [InlineData("aircrack-capture_wds-01.cap", "1234")]
    [InlineData("aircrack-n-02.cap", "1234")]
    [InlineData("aircrack-wpa.cap", "1234")]
    [InlineData("aircrack-wpa2-psk-linksys.cap", "123412341234")]
    [InlineData("aircrack-wpa3-psk.pcap", "1234")]
    [InlineData("ws-owe.pcapng", "1234")]
    [InlineData("ws-wpa-Induction.pcap", "1234")]
    [InlineData("ws-wpa-eap-tls.pcap", "0000000000000000000001234")]
    [InlineData("ws-wpa1-gtk-rekey.pcapng", "1233344")]
    [InlineData("ws-wpa2-psk-mfp.pcapng", "1234")]
    [InlineData("ws-wpa3-sae.pcapng", "1234")]
    public void HandshakesAreNumbered(string file, string messages)
    {
        var detector = new FcsDetector();
        var found = new StringBuilder();
        foreach (CapturedPacket packet in OracleCaptures.Packets(file))
        {
            var frame = new DecodedFrame(packet, detector);
            if (frame.Facts.Has(FrameParts.Eapol))
            {
                found.Append(frame.Facts.EapolMessage);
            }
        }

        Assert.Equal(messages, found.ToString());
    }

    /// <summary>Captures whose data frames use one cipher, and what the IVs show. ExtendedIv is the frame in some hundred that fits both forms.</summary>
    [CapturesTheory]
    [InlineData("aircrack-wep_64_ptw.cap", 1)]
    [InlineData("ws-wep.pcapng", 1)]
    [InlineData("aircrack-wpa.cap", 2)]
    [InlineData("ws-wpa1-gtk-rekey.pcapng", 2)]
    [InlineData("aircrack-n-02.cap", 3)]
    [InlineData("aircrack-wpa2-psk-linksys.cap", 3)]
    [InlineData("ws-owe.pcapng", 3)]
    [InlineData("ws-wpa3-sae.pcapng", 3)]
    public void CipherOfTheCapture(string file, int cipher)
    {
        var detector = new FcsDetector();
        int right = 0;
        int undecided = 0;
        foreach (CapturedPacket packet in OracleCaptures.Packets(file))
        {
            var frame = new DecodedFrame(packet, detector);
            if (frame.Facts.Has(FrameParts.DataCipher))
            {
                Assert.True(frame.Facts.DataCipher == (DataCipher)cipher || frame.Facts.DataCipher == DataCipher.ExtendedIv, $"frame {packet.Number}: {frame.Facts.DataCipher}");
                right += frame.Facts.DataCipher == (DataCipher)cipher ? 1 : 0;
                undecided += frame.Facts.DataCipher == DataCipher.ExtendedIv ? 1 : 0;
            }
        }

        Assert.True(right > 0 && undecided <= 1 + (right / 100), $"{right} right, {undecided} undecided");
    }

    /// <summary>An entry that no frame needs any more is a mistake in the list.</summary>
    [CapturesFact]
    public void EveryDeviationIsNeeded()
    {
        foreach ((string files, int? number, string? column, string reason) in Deviations)
        {
            string file = OracleCaptures.Files().First(f => f.StartsWith(files, StringComparison.Ordinal));
            OracleTable table = OracleCaptures.Frames(file);
            var detector = new FcsDetector();
            bool needed = false;
            foreach (CapturedPacket packet in OracleCaptures.Packets(file))
            {
                var frame = new DecodedFrame(packet, detector);
                if (frame.Status == DecodeStatus.Ok && (number ?? packet.Number) == packet.Number)
                {
                    needed |= Columns.Any(c => (column ?? c) == c && IsCompared(c, in frame.Facts) && Expected(table, packet.Number - 1, c) != Actual(frame, c));
                }
            }

            Assert.True(needed, $"{files} {number} {column}: {reason}");
        }
    }

    /// <summary>Columns that tshark fills from somewhere that is no matter of this frame kind here.</summary>
    private static bool IsCompared(string column, in FrameFacts facts) => column switch
    {
        // tshark finds the RSN element in the key data of EAPOL frames.
        "group" or "pairwise" or "akm" or "wlan.rsn.capabilities.mfpr" or "wlan.rsn.capabilities.mfpc" => facts.Type == FrameType.Management,

        // The status in an action frame (block ack response) is a field of that action.
        "wlan.fixed.status_code" => facts.Subtype is not (FrameSubtype.Action or FrameSubtype.ActionNoAck),

        // Bit 7 of QoS control has no meaning in frames without a body.
        "wlan.qos.amsdupresent" => facts.Subtype != FrameSubtype.QosNull,
        _ => true,
    };

    /// <summary>Whether radiotap promises an FCS and the last four bytes are none, by the tests' own CRC.</summary>
    private static bool FcsIsWrong(CapturedPacket packet, string flag)
    {
        if (flag != "1" || packet.LinkType != (int)LinkType.Radiotap)
        {
            return false;
        }

        ReadOnlySpan<byte> frame = packet.Bytes.AsSpan(BinaryPrimitives.ReadUInt16LittleEndian(packet.Bytes.AsSpan(2)));
        return FrameCheck.Compute(frame[..^4]) != BinaryPrimitives.ReadUInt32LittleEndian(frame[^4..]);
    }

    private static string Expected(OracleTable table, int row, string column)
    {
        switch (column)
        {
            case "channel":
                string ht = table[row, "wlan.ht.info.primarychannel"];
                return ht.Length != 0 ? ht : table[row, "wlan.ds.current_channel"];
            case "group":
                return Set(table[row, "wlan.rsn.gcs.type"], Cipher, table[row, "wlan.wfa.ie.wpa.mcs.type"], Cipher);
            case "pairwise":
                return Set(table[row, "wlan.rsn.pcs.type"], Cipher, table[row, "wlan.wfa.ie.wpa.ucs.type"], Cipher);
            case "akm":
                // tshark 4.0 has no value in its field for the suites of WPA elements: they are PSK in all of these captures.
                return Set(table[row, "wlan.rsn.akms.type"], Suite, table[row, "wlan.wfa.ie.wpa.ucs.type"].Length != 0 ? "2" : "", Suite);
            case "eapol":
                return table[row, "frame.protocols"].Contains("eapol", StringComparison.Ordinal) ? "1" : "0";
            default:
                return table[row, column];
        }
    }

    private static string Actual(DecodedFrame frame, string column)
    {
        ref FrameFacts facts = ref frame.Facts;
        ref ElementFacts elements = ref frame.Elements;
        return column switch
        {
            "wlan.fc.type_subtype" => $"0x{(int)facts.Subtype:x4}",
            "wlan.fc.ds" => $"0x{(int)facts.Flags & 3:x2}",
            "wlan.fc.retry" => Bit(facts.Flags, FrameControlFlags.Retry),
            "wlan.fc.pwrmgt" => Bit(facts.Flags, FrameControlFlags.PowerManagement),
            "wlan.fc.frag" => Bit(facts.Flags, FrameControlFlags.MoreFragments),
            "wlan.fc.protected" => Bit(facts.Flags, FrameControlFlags.Protected),
            "wlan.fc.order" => Bit(facts.Flags, FrameControlFlags.Order),
            "wlan.bssid" => Address(facts.Has(FrameParts.Bssid), facts.Bssid),
            "wlan.sa" => Address(facts.Has(FrameParts.Source), facts.Source),
            "wlan.ta" => Address(facts.Has(FrameParts.Transmitter), facts.Transmitter),
            "wlan.da" => Address(facts.Has(FrameParts.Destination), facts.Destination),
            "wlan.ra" => Address(facts.Has(FrameParts.Receiver), facts.Receiver),
            "wlan.staa" => facts.Type != FrameType.Data ? "" : (facts.Flags & (FrameControlFlags.ToDs | FrameControlFlags.FromDs)) switch
            {
                FrameControlFlags.ToDs => Address(true, facts.Transmitter),
                FrameControlFlags.FromDs => Address(true, facts.Receiver),
                _ => "",
            },
            "wlan.seq" => Number(facts.Has(FrameParts.Sequence), facts.Sequence),
            "wlan.frag" => Number(facts.Has(FrameParts.Sequence), facts.Fragment),
            "wlan.qos.tid" => Number(facts.Has(FrameParts.Qos), facts.Tid),
            "wlan.qos.amsdupresent" => Number(facts.Has(FrameParts.Qos), facts.Has(FrameParts.Amsdu) ? 1 : 0),
            "wlan.ssid" => !elements.Has(ElementParts.Ssid) ? "" : elements.Ssid.IsEmpty ? "<MISSING>" : Convert.ToHexStringLower(elements.Ssid.Of(frame.Frame)),
            "wlan.mesh.id" => elements.Has(ElementParts.MeshId) ? frame.Text(elements.MeshId) : "",
            "channel" => Number(elements.Has(ElementParts.Channel), elements.Channel),
            "wlan.fixed.beacon" => Number(facts.Has(FrameParts.Beacon), facts.BeaconIntervalTu),
            "wlan.fixed.capabilities.privacy" => Number(facts.Has(FrameParts.Capability), (facts.Capability >> 4) & 1),
            "wlan.country_info.code" => elements.Has(ElementParts.Country) ? $"{(char)(elements.Country >> 8)}{(char)(elements.Country & 0xFF)}" : "",
            "group" => Text(elements.Security.GroupCiphers),
            "pairwise" => Text(elements.Security.PairwiseCiphers),
            "akm" => Text(elements.Security.KeyManagement),
            "wlan.rsn.capabilities.mfpr" => Number(elements.Has(ElementParts.Rsn), elements.Security.MfpRequired ? 1 : 0),
            "wlan.rsn.capabilities.mfpc" => Number(elements.Has(ElementParts.Rsn), elements.Security.MfpCapable ? 1 : 0),
            "wps.wifi_protected_setup_state" => elements.WpsState != 0 ? $"0x{elements.WpsState:x2}" : "",
            "wps.device_name" => elements.WpsDeviceName.IsEmpty ? "" : frame.Text(elements.WpsDeviceName),
            "wlan.fixed.reason_code" => facts.Has(FrameParts.Reason) ? $"0x{facts.Code:x4}" : "",
            "wlan.fixed.status_code" => facts.Has(FrameParts.Status) ? $"0x{facts.Code:x4}" : "",
            "wlan.fixed.auth.alg" => Number(facts.Has(FrameParts.Authentication), facts.AuthAlgorithm),
            "eapol" => facts.Has(FrameParts.Eapol) ? "1" : "0",
            _ => throw new ArgumentOutOfRangeException(nameof(column)),
        };
    }

    private static string Bit(FrameControlFlags flags, FrameControlFlags bit) => (flags & bit) != 0 ? "1" : "0";

    private static string Number(bool present, int value) => present ? value.ToString(CultureInfo.InvariantCulture) : "";

    private static string Address(bool present, MacAddress address) => present ? address.ToString().ToLowerInvariant() : "";

    private static string Text<T>(T set)
        where T : struct, Enum => set.Equals(default(T)) ? "" : set.ToString();

    private static string Set<T>(string rsn, Func<byte, T> ofRsn, string wpa, Func<byte, T> ofWpa)
        where T : struct, Enum
    {
        int set = 0;
        foreach (string type in rsn.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            set |= Convert.ToInt32(ofRsn(byte.Parse(type, CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        }

        foreach (string type in wpa.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            set |= Convert.ToInt32(ofWpa(byte.Parse(type, CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        }

        return Text((T)Enum.ToObject(typeof(T), set));
    }

    /// <summary>Suite numbers by name, written apart from the product's table.</summary>
    private static CipherSuites Cipher(byte type) => type switch
    {
        1 => CipherSuites.Wep40,
        2 => CipherSuites.Tkip,
        4 => CipherSuites.Ccmp128,
        5 => CipherSuites.Wep104,
        6 => CipherSuites.BipCmac128,
        8 => CipherSuites.Gcmp128,
        9 => CipherSuites.Gcmp256,
        12 => CipherSuites.BipGmac256,
        _ => CipherSuites.Other,
    };

    private static KeyManagement Suite(byte type) => type switch
    {
        1 => KeyManagement.Dot1X,
        2 => KeyManagement.Psk,
        3 => KeyManagement.FtDot1X,
        4 => KeyManagement.FtPsk,
        5 => KeyManagement.Dot1XSha256,
        6 => KeyManagement.PskSha256,
        8 => KeyManagement.Sae,
        9 => KeyManagement.FtSae,
        12 => KeyManagement.SuiteB192,
        18 => KeyManagement.Owe,
        24 => KeyManagement.SaeExt,
        25 => KeyManagement.FtSaeExt,
        _ => KeyManagement.Other,
    };
}
