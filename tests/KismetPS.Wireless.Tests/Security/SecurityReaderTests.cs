using KismetPS.TestKit.Frames;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Wireless.Tests.Security;

public sealed class SecurityReaderTests
{
    private static readonly MacAddress A = MacAddress.Parse("02:AA:00:00:00:0A");
    private static readonly MacAddress B = MacAddress.Parse("02:BB:00:00:00:0B");

    [Theory]
    [InlineData(SecurityPreset.Open, WirelessEncryption.Open, "Open")]
    [InlineData(SecurityPreset.Wep, WirelessEncryption.Wep, "WEP")]
    [InlineData(SecurityPreset.Wpa, WirelessEncryption.Wpa, "WPA-PSK TKIP")]
    [InlineData(SecurityPreset.WpaWpa2, WirelessEncryption.Wpa | WirelessEncryption.Wpa2, "WPA/WPA2-PSK TKIP+CCMP")]
    [InlineData(SecurityPreset.Wpa2Psk, WirelessEncryption.Wpa2, "WPA2-PSK CCMP")]
    [InlineData(SecurityPreset.Wpa2Eap, WirelessEncryption.Wpa2, "WPA2-EAP CCMP")]
    [InlineData(SecurityPreset.Wpa3Sae, WirelessEncryption.Wpa3, "WPA3-SAE CCMP (MFP required)")]
    [InlineData(SecurityPreset.Wpa3Transition, WirelessEncryption.Wpa2 | WirelessEncryption.Wpa3, "WPA2/WPA3-PSK+SAE CCMP (MFP optional)")]
    [InlineData(SecurityPreset.Wpa3SuiteB192, WirelessEncryption.Wpa3, "WPA3-EAP-SUITE-B-192 GCMP-256 (MFP required)")]
    [InlineData(SecurityPreset.Owe, WirelessEncryption.Owe, "OWE CCMP (MFP required)")]
    [InlineData(SecurityPreset.OweTransitionOpen, WirelessEncryption.Open, "Open (OWE transition)")]
    public void EveryProtectionByName(SecurityPreset preset, WirelessEncryption encryption, string text)
    {
        var beacon = new DecodedFrame(FrameBuilder.Beacon(A, "net", 6, preset).Build());
        Assert.Equal(encryption, beacon.Elements.Security.Encryption);
        Assert.Equal(text, SecurityText.Of(in beacon.Elements.Security));

        var response = new DecodedFrame(FrameBuilder.ProbeResponse(A, B, "net", 6, preset).Build());
        Assert.Equal(encryption, response.Elements.Security.Encryption);

        // What a client asks for is what it uses; the privacy bit alone is not enough (aircrack-wpa2-psk-linksys.cap, frame 307).
        var request = new DecodedFrame(FrameBuilder.AssociationRequest(B, A, "net", preset).Build());
        Assert.Equal(preset == SecurityPreset.Wep ? WirelessEncryption.Unknown : encryption, request.Elements.Security.Encryption);
    }

    [Fact]
    public void FramesThatDoNotTell()
    {
        Assert.Equal(WirelessEncryption.Unknown, Encryption(FrameBuilder.ProbeRequest(B, "net")));
        Assert.Equal(WirelessEncryption.Unknown, Encryption(FrameBuilder.AssociationResponse(A, B)));
        Assert.Equal(WirelessEncryption.Unknown, Encryption(FrameBuilder.Action(B, A, A, 0, 4).Element(37, 0, 1, 1)));
        // Comes for its credentials (WPS), not to use the network.
        Assert.Equal(WirelessEncryption.Unknown, Encryption(FrameBuilder.AssociationRequest(B, A, "net").VendorElement(0x0050F2, 4, 0x10, 0x4A, 0, 1, 0x10)));
        Assert.Equal("Unknown", SecurityText.Of(default));
    }

    [Fact]
    public void AnUnreadableSecurityElementIsNoWep()
    {
        Assert.Equal(WirelessEncryption.Unknown, Encryption(FrameBuilder.BareBeacon(A, 0x0011).Element(48, 2, 0, 0, 0x0F, 0xAC, 4)));
        Assert.Equal(WirelessEncryption.Unknown, Encryption(FrameBuilder.BareBeacon(A, 0x0011).Element(48, [1])));
        Assert.Equal(WirelessEncryption.Unknown, Encryption(FrameBuilder.BareBeacon(A, 0x0011).VendorElement(0x0050F2, 1, 9, 9)));
        Assert.Equal(WirelessEncryption.Wep, Encryption(FrameBuilder.BareBeacon(A, 0x0011).Ssid("x")));
        // The element that would tell may be behind the cut.
        Assert.Equal(WirelessEncryption.Unknown, Encryption(FrameBuilder.BareBeacon(A, 0x0011).Ssid("x").Body(48, 20, 1, 0)));
        Assert.Equal(WirelessEncryption.Open, Encryption(FrameBuilder.BareBeacon(A, 0x0001).Ssid("x").Body(48, 20, 1, 0)));
    }

    [Fact]
    public void FirstRsnElementCountsAndAnOverrideAdds()
    {
        byte[] psk = SecurityElements.Rsn(4, [4], [2]);
        byte[] sae = SecurityElements.Rsn(4, [4], [8], 0x00C0);
        Assert.Equal(WirelessEncryption.Wpa2, Encryption(FrameBuilder.BareBeacon(A, 0x11).Element(48, psk).Element(48, sae)));
        Assert.Equal(WirelessEncryption.Wpa2 | WirelessEncryption.Wpa3, Encryption(FrameBuilder.BareBeacon(A, 0x11).Element(48, psk).VendorElement(0x506F9A, 0x29, sae)));
    }

    /// <summary>9.4.2.24.1: every field behind the version may be missing, with all that follows it.</summary>
    [Theory]
    [InlineData(2, 0, 0, 0, false)]
    [InlineData(5, 0, 0, 0, false)]
    [InlineData(6, 1, 0, 0, false)]
    [InlineData(8, 1, 0, 0, false)]
    [InlineData(15, 1, 0, 0, false)]
    [InlineData(16, 1, 2, 0, false)]
    [InlineData(18, 1, 2, 0, false)]
    [InlineData(26, 1, 2, 2, false)]
    [InlineData(27, 1, 2, 2, false)]
    [InlineData(28, 1, 2, 2, true)]
    [InlineData(33, 1, 2, 2, true)]
    public void RsnTailsMayBeMissing(int length, int groups, int pairwise, int suites, bool capabilities)
    {
        byte[] payload = SecurityElements.Rsn(2, [4, 2], [2, 8], 0x0080, groupManagement: 6);
        SecurityFacts facts = default;
        Assert.True(RsnReader.TryRead(payload.AsSpan(0, length), ref facts));
        Assert.Equal((groups, pairwise, suites, capabilities),
            (Bits((int)facts.GroupCiphers), Bits((int)facts.PairwiseCiphers), Bits((int)facts.KeyManagement), facts.MfpCapable));
        Assert.Equal(CipherSuites.None, facts.GroupManagementCipher);
        Assert.Equal(34, payload.Length);
        Assert.True(RsnReader.TryRead(payload, ref facts));
        Assert.Equal(CipherSuites.BipCmac128, facts.GroupManagementCipher);
    }

    /// <summary>The WPA element begins as the RSN element does, with suites of its own, and has no capabilities.</summary>
    [Theory]
    [InlineData(2, 0, 0, 0)]
    [InlineData(5, 0, 0, 0)]
    [InlineData(6, 1, 0, 0)]
    [InlineData(15, 1, 0, 0)]
    [InlineData(16, 1, 2, 0)]
    [InlineData(21, 1, 2, 0)]
    [InlineData(22, 1, 2, 1)]
    [InlineData(24, 1, 2, 1)]
    public void WpaTailsMayBeMissing(int length, int groups, int pairwise, int suites)
    {
        byte[] payload = [1, 0, 0, 0x50, 0xF2, 2, 2, 0, 0, 0x50, 0xF2, 2, 0, 0x50, 0xF2, 4, 1, 0, 0, 0x50, 0xF2, 2, 0xC0, 0];
        SecurityFacts facts = default;
        Assert.True(WpaReader.TryRead(payload.AsSpan(0, length), ref facts));
        Assert.Equal((groups, pairwise, suites, false),
            (Bits((int)facts.GroupCiphers), Bits((int)facts.PairwiseCiphers), Bits((int)facts.KeyManagement), facts.MfpCapable));
        Assert.False(WpaReader.TryRead([2, 0, 0, 0x50, 0xF2, 2], ref facts));
    }

    [Fact]
    public void RsnWithPmkids()
    {
        byte[] payload = [.. SecurityElements.Rsn(4, [4], [18], 0x00C0), 2, 0, .. new byte[32], 0x00, 0x0F, 0xAC, 11];
        SecurityFacts facts = default;
        Assert.True(RsnReader.TryRead(payload, ref facts));
        Assert.Equal(CipherSuites.BipGmac128, facts.GroupManagementCipher);

        SecurityFacts cut = default;
        Assert.True(RsnReader.TryRead(payload.AsSpan(..^1), ref cut));
        Assert.Equal((CipherSuites.None, KeyManagement.Owe), (cut.GroupManagementCipher, cut.KeyManagement));
    }

    [Fact]
    public void CountsThatDoNotFitEndTheReading()
    {
        byte[] payload = SecurityElements.Rsn(4, [4], [2]);
        payload[6] = 200; // pairwise count
        SecurityFacts facts = default;
        Assert.True(RsnReader.TryRead(payload, ref facts));
        Assert.Equal((CipherSuites.Ccmp128, CipherSuites.None, KeyManagement.None), (facts.GroupCiphers, facts.PairwiseCiphers, facts.KeyManagement));

        payload[6] = 0xFF;
        payload[7] = 0xFF;
        Assert.True(RsnReader.TryRead(payload, ref facts));
    }

    [Fact]
    public void EverySuiteNumberHasItsName()
    {
        Assert.Equal(CipherSuites.UseGroup | CipherSuites.Wep40 | CipherSuites.Tkip | CipherSuites.Other, Ciphers(0, 1, 2, 3));
        Assert.Equal(CipherSuites.Ccmp128 | CipherSuites.Wep104 | CipherSuites.BipCmac128 | CipherSuites.NoGroupTraffic, Ciphers(4, 5, 6, 7));
        Assert.Equal(CipherSuites.Gcmp128 | CipherSuites.Gcmp256 | CipherSuites.Ccmp256 | CipherSuites.BipGmac128, Ciphers(8, 9, 10, 11));
        Assert.Equal(CipherSuites.BipGmac256 | CipherSuites.BipCmac256 | CipherSuites.Other, Ciphers(12, 13, 14, 255));
        Assert.Equal(
            KeyManagement.Dot1X | KeyManagement.Psk | KeyManagement.FtDot1X | KeyManagement.FtPsk | KeyManagement.Dot1XSha256 | KeyManagement.PskSha256
                | KeyManagement.Tdls | KeyManagement.Sae | KeyManagement.FtSae,
            Suites(1, 2, 3, 4, 5, 6, 7, 8, 9));
        Assert.Equal(
            KeyManagement.SuiteB | KeyManagement.SuiteB192 | KeyManagement.FtDot1XSha384 | KeyManagement.FilsSha256 | KeyManagement.FilsSha384
                | KeyManagement.FtFilsSha256 | KeyManagement.FtFilsSha384 | KeyManagement.Owe | KeyManagement.FtPskSha384 | KeyManagement.PskSha384
                | KeyManagement.SaeExt | KeyManagement.FtSaeExt,
            Suites(11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 24, 25));
        Assert.Equal(KeyManagement.Other, Suites(0, 10, 21, 99));

        // The same numbers under another OUI are another's.
        SecurityFacts facts = default;
        Assert.True(RsnReader.TryRead([1, 0, 0x00, 0x50, 0xF2, 4], ref facts));
        Assert.Equal(CipherSuites.Other, facts.GroupCiphers);

        static CipherSuites Ciphers(params byte[] types)
        {
            SecurityFacts facts = default;
            RsnReader.TryRead(SecurityElements.Rsn(4, types, [2]), ref facts);
            return facts.PairwiseCiphers;
        }

        static KeyManagement Suites(params byte[] types)
        {
            SecurityFacts facts = default;
            RsnReader.TryRead(SecurityElements.Rsn(4, [4], types), ref facts);
            return facts.KeyManagement;
        }
    }

    [Fact]
    public void EveryNameIsInTheText()
    {
        foreach (KeyManagement suite in Enum.GetValues<KeyManagement>())
        {
            Assert.Equal(suite == KeyManagement.None, SecurityText.Suites(suite).Length == 0);
        }

        foreach (CipherSuites cipher in Enum.GetValues<CipherSuites>())
        {
            Assert.Equal(cipher == CipherSuites.None, SecurityText.Ciphers(cipher).Length == 0);
        }

        SecurityFacts hidden = new() { Encryption = WirelessEncryption.Owe, KeyManagement = KeyManagement.Owe, PairwiseCiphers = CipherSuites.Ccmp128, MfpRequired = true, OweTransition = true };
        Assert.Equal("OWE CCMP (MFP required, OWE transition)", SecurityText.Of(in hidden));
    }

    [Fact]
    public void HashToElementIsBitFive()
    {
        Assert.True(new DecodedFrame(FrameBuilder.BareBeacon(A).Element(244, 0x20).Build()).Elements.Security.SaeHashToElement);
        Assert.False(new DecodedFrame(FrameBuilder.BareBeacon(A).Element(244, 0xDF).Build()).Elements.Security.SaeHashToElement);
    }

    private static int Bits(int set) => System.Numerics.BitOperations.PopCount((uint)set);

    private static WirelessEncryption Encryption(FrameBuilder frame) => new DecodedFrame(frame.Build()).Elements.Security.Encryption;
}
