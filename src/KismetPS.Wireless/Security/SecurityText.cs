using System.Text;

namespace KismetPS.Wireless.Security;

/// <summary>Readable names of what security elements say, such as <c>WPA2-PSK CCMP</c>, for views.</summary>
internal static class SecurityText
{
    /// <summary>
    /// Generations, key management, pairwise ciphers, management frame protection: <c>WPA2/WPA3-PSK+SAE CCMP (MFP optional)</c>,
    /// <c>OWE CCMP (MFP required, OWE transition)</c>, <c>Open (OWE transition)</c>, <c>WEP</c>, <c>Open</c>, <c>Unknown</c>.
    /// </summary>
    public static string Of(in SecurityFacts facts)
    {
        var text = new StringBuilder(64);
        WirelessEncryption encryption = facts.Encryption;
        Add(text, '/', (encryption & WirelessEncryption.Open) != 0, "Open");
        Add(text, '/', (encryption & WirelessEncryption.Wep) != 0, "WEP");
        Add(text, '/', (encryption & WirelessEncryption.Wpa) != 0, "WPA");
        Add(text, '/', (encryption & WirelessEncryption.Wpa2) != 0, "WPA2");
        Add(text, '/', (encryption & WirelessEncryption.Wpa3) != 0, "WPA3");
        Add(text, '/', (encryption & WirelessEncryption.Owe) != 0, "OWE");
        if (text.Length == 0)
        {
            return "Unknown";
        }

        string suites = Suites(facts.KeyManagement, owe: (encryption & ~WirelessEncryption.Owe) != 0);
        if (suites.Length != 0)
        {
            text.Append('-').Append(suites);
        }

        string ciphers = Ciphers(facts.PairwiseCiphers);
        if (ciphers.Length != 0)
        {
            text.Append(' ').Append(ciphers);
        }

        string protection = facts.MfpRequired ? "MFP required" : facts.MfpCapable ? "MFP optional" : "";
        if (protection.Length != 0 || facts.OweTransition)
        {
            text.Append(" (").Append(protection);
            if (facts.OweTransition)
            {
                text.Append(protection.Length != 0 ? ", " : "").Append("OWE transition");
            }

            text.Append(')');
        }

        return text.ToString();
    }

    /// <summary>Key management suites, joined by a plus sign; <paramref name="owe"/>: name OWE too.</summary>
    public static string Suites(KeyManagement suites, bool owe = true)
    {
        var text = new StringBuilder(32);
        Add(text, '+', (suites & KeyManagement.Dot1X) != 0, "EAP");
        Add(text, '+', (suites & KeyManagement.Dot1XSha256) != 0, "EAP-SHA256");
        Add(text, '+', (suites & KeyManagement.SuiteB) != 0, "EAP-SUITE-B");
        Add(text, '+', (suites & KeyManagement.SuiteB192) != 0, "EAP-SUITE-B-192");
        Add(text, '+', (suites & KeyManagement.FtDot1X) != 0, "FT-EAP");
        Add(text, '+', (suites & KeyManagement.FtDot1XSha384) != 0, "FT-EAP-SHA384");
        Add(text, '+', (suites & KeyManagement.FilsSha256) != 0, "FILS-SHA256");
        Add(text, '+', (suites & KeyManagement.FilsSha384) != 0, "FILS-SHA384");
        Add(text, '+', (suites & KeyManagement.FtFilsSha256) != 0, "FT-FILS-SHA256");
        Add(text, '+', (suites & KeyManagement.FtFilsSha384) != 0, "FT-FILS-SHA384");
        Add(text, '+', (suites & KeyManagement.Psk) != 0, "PSK");
        Add(text, '+', (suites & KeyManagement.PskSha256) != 0, "PSK-SHA256");
        Add(text, '+', (suites & KeyManagement.PskSha384) != 0, "PSK-SHA384");
        Add(text, '+', (suites & KeyManagement.FtPsk) != 0, "FT-PSK");
        Add(text, '+', (suites & KeyManagement.FtPskSha384) != 0, "FT-PSK-SHA384");
        Add(text, '+', (suites & KeyManagement.Sae) != 0, "SAE");
        Add(text, '+', (suites & KeyManagement.FtSae) != 0, "FT-SAE");
        Add(text, '+', (suites & KeyManagement.SaeExt) != 0, "SAE-EXT");
        Add(text, '+', (suites & KeyManagement.FtSaeExt) != 0, "FT-SAE-EXT");
        Add(text, '+', owe && (suites & KeyManagement.Owe) != 0, "OWE");
        Add(text, '+', (suites & KeyManagement.Tdls) != 0, "TDLS");
        Add(text, '+', (suites & KeyManagement.Other) != 0, "other");
        return text.ToString();
    }

    /// <summary>Cipher suites, joined by a plus sign.</summary>
    public static string Ciphers(CipherSuites ciphers)
    {
        var text = new StringBuilder(16);
        Add(text, '+', (ciphers & CipherSuites.UseGroup) != 0, "group");
        Add(text, '+', (ciphers & CipherSuites.Wep40) != 0, "WEP40");
        Add(text, '+', (ciphers & CipherSuites.Wep104) != 0, "WEP104");
        Add(text, '+', (ciphers & CipherSuites.Tkip) != 0, "TKIP");
        Add(text, '+', (ciphers & CipherSuites.Ccmp128) != 0, "CCMP");
        Add(text, '+', (ciphers & CipherSuites.Ccmp256) != 0, "CCMP-256");
        Add(text, '+', (ciphers & CipherSuites.Gcmp128) != 0, "GCMP");
        Add(text, '+', (ciphers & CipherSuites.Gcmp256) != 0, "GCMP-256");
        Add(text, '+', (ciphers & CipherSuites.BipCmac128) != 0, "BIP");
        Add(text, '+', (ciphers & CipherSuites.BipCmac256) != 0, "BIP-CMAC-256");
        Add(text, '+', (ciphers & CipherSuites.BipGmac128) != 0, "BIP-GMAC");
        Add(text, '+', (ciphers & CipherSuites.BipGmac256) != 0, "BIP-GMAC-256");
        Add(text, '+', (ciphers & CipherSuites.NoGroupTraffic) != 0, "none");
        Add(text, '+', (ciphers & CipherSuites.Other) != 0, "other");
        return text.ToString();
    }

    private static void Add(StringBuilder text, char separator, bool condition, string name)
    {
        if (condition)
        {
            (text.Length != 0 ? text.Append(separator) : text).Append(name);
        }
    }
}
