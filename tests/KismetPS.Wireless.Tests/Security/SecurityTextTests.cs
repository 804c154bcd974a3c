using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Wireless.Tests.Security;

public sealed class SecurityTextTests
{
    [Theory]
    [InlineData("Open", WirelessEncryption.Open)]
    [InlineData("WEP WEP104", WirelessEncryption.Wep)]
    [InlineData("WPA/WPA2-PSK TKIP+CCMP", WirelessEncryption.Wpa | WirelessEncryption.Wpa2)]
    [InlineData("WPA2/WPA3-PSK+SAE CCMP (MFP optional)", WirelessEncryption.Wpa2 | WirelessEncryption.Wpa3)]
    [InlineData("WPA3-EAP-SUITE-B-192 GCMP-256 (MFP required)", WirelessEncryption.Wpa3)]
    [InlineData("OWE CCMP (MFP required, OWE transition)", WirelessEncryption.Owe)]
    [InlineData("Open (OWE transition)", WirelessEncryption.Open)]
    public void A_text_is_read_back(string text, WirelessEncryption encryption)
    {
        Assert.True(SecurityText.TryParse(text, out SecurityFacts facts));
        Assert.Equal((encryption, text), (facts.Encryption, SecurityText.Of(facts)));
    }

    [Fact]
    public void Whatever_is_written_is_read_back()
    {
        Random random = new(3);
        for (int i = 0; i < 5000; i++)
        {
            SecurityFacts facts = new()
            {
                Encryption = (WirelessEncryption)random.Next(1, 64),
                KeyManagement = (KeyManagement)(random.Next(1 << 22) & random.Next(1 << 22) & random.Next(1 << 22)),
                PairwiseCiphers = (CipherSuites)(random.Next(1 << 14) & random.Next(1 << 14)),
                MfpRequired = random.Next(3) == 0,
                MfpCapable = random.Next(2) == 0,
                OweTransition = random.Next(4) == 0,
            };
            string text = SecurityText.Of(facts);
            Assert.True(SecurityText.TryParse(text, out SecurityFacts again), text);
            Assert.Equal((text, facts.Encryption, facts.PairwiseCiphers), (SecurityText.Of(again), again.Encryption, again.PairwiseCiphers));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Unknown")]
    [InlineData("my own note")]
    [InlineData("WPA2-")]
    [InlineData("WPA2 PSK")]
    [InlineData("WPA2/WPA")]
    [InlineData("WPA2-PSK CCMP (MFP)")]
    [InlineData("WPA2-PSK CCMP (MFP optional")]
    [InlineData("WPA2-PSK  CCMP")]
    public void Any_other_text_is_none(string text) => Assert.False(SecurityText.TryParse(text, out _));
}
