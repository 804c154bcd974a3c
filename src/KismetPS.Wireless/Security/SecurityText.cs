using System.Text;

namespace KismetPS.Wireless.Security;

/// <summary>Readable names of what security elements say, such as <c>WPA2-PSK CCMP</c>, for views.</summary>
internal static class SecurityText
{
    private static readonly (WirelessEncryption Value, string Name)[] s_generations =
    [
        (WirelessEncryption.Open, "Open"),
        (WirelessEncryption.Wep, "WEP"),
        (WirelessEncryption.Wpa, "WPA"),
        (WirelessEncryption.Wpa2, "WPA2"),
        (WirelessEncryption.Wpa3, "WPA3"),
        (WirelessEncryption.Owe, "OWE"),
    ];

    private static readonly (KeyManagement Value, string Name)[] s_suites =
    [
        (KeyManagement.Dot1X, "EAP"),
        (KeyManagement.Dot1XSha256, "EAP-SHA256"),
        (KeyManagement.SuiteB, "EAP-SUITE-B"),
        (KeyManagement.SuiteB192, "EAP-SUITE-B-192"),
        (KeyManagement.FtDot1X, "FT-EAP"),
        (KeyManagement.FtDot1XSha384, "FT-EAP-SHA384"),
        (KeyManagement.FilsSha256, "FILS-SHA256"),
        (KeyManagement.FilsSha384, "FILS-SHA384"),
        (KeyManagement.FtFilsSha256, "FT-FILS-SHA256"),
        (KeyManagement.FtFilsSha384, "FT-FILS-SHA384"),
        (KeyManagement.Psk, "PSK"),
        (KeyManagement.PskSha256, "PSK-SHA256"),
        (KeyManagement.PskSha384, "PSK-SHA384"),
        (KeyManagement.FtPsk, "FT-PSK"),
        (KeyManagement.FtPskSha384, "FT-PSK-SHA384"),
        (KeyManagement.Sae, "SAE"),
        (KeyManagement.FtSae, "FT-SAE"),
        (KeyManagement.SaeExt, "SAE-EXT"),
        (KeyManagement.FtSaeExt, "FT-SAE-EXT"),
        (KeyManagement.Owe, "OWE"),
        (KeyManagement.Tdls, "TDLS"),
        (KeyManagement.Other, "other"),
    ];

    private static readonly (CipherSuites Value, string Name)[] s_ciphers =
    [
        (CipherSuites.UseGroup, "group"),
        (CipherSuites.Wep40, "WEP40"),
        (CipherSuites.Wep104, "WEP104"),
        (CipherSuites.Tkip, "TKIP"),
        (CipherSuites.Ccmp128, "CCMP"),
        (CipherSuites.Ccmp256, "CCMP-256"),
        (CipherSuites.Gcmp128, "GCMP"),
        (CipherSuites.Gcmp256, "GCMP-256"),
        (CipherSuites.BipCmac128, "BIP"),
        (CipherSuites.BipCmac256, "BIP-CMAC-256"),
        (CipherSuites.BipGmac128, "BIP-GMAC"),
        (CipherSuites.BipGmac256, "BIP-GMAC-256"),
        (CipherSuites.NoGroupTraffic, "none"),
        (CipherSuites.Other, "other"),
    ];

    /// <summary>
    /// Generations, key management, pairwise ciphers, management frame protection: <c>WPA2/WPA3-PSK+SAE CCMP (MFP optional)</c>,
    /// <c>OWE CCMP (MFP required, OWE transition)</c>, <c>Open (OWE transition)</c>, <c>WEP</c>, <c>Open</c>, <c>Unknown</c>.
    /// </summary>
    public static string Of(in SecurityFacts facts)
    {
        var text = new StringBuilder(64);
        WirelessEncryption encryption = facts.Encryption;
        Join(text, '/', s_generations, encryption);
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
    public static string Suites(KeyManagement suites, bool owe = true) =>
        Join(new StringBuilder(32), '+', s_suites, owe ? suites : suites & ~KeyManagement.Owe).ToString();

    /// <summary>Cipher suites, joined by a plus sign.</summary>
    public static string Ciphers(CipherSuites ciphers) => Join(new StringBuilder(16), '+', s_ciphers, ciphers).ToString();

    /// <summary>Reads what <see cref="Of"/> writes; false for any other text.</summary>
    public static bool TryParse(string text, out SecurityFacts facts)
    {
        facts = default;
        if (text.Length > 512)
        {
            return false;
        }

        SecurityFacts read = default;
        string[] words = text.Split(" (", 2);
        string[] main = words[0].Split(' ', 2);
        int dash = main[0].IndexOf('-', StringComparison.Ordinal);
        if (words.Length == 2)
        {
            read.MfpRequired = words[1].StartsWith("MFP required", StringComparison.Ordinal);
            read.MfpCapable = read.MfpRequired || words[1].StartsWith("MFP optional", StringComparison.Ordinal);
            read.OweTransition = words[1].EndsWith("OWE transition)", StringComparison.Ordinal);
        }

        if (!TryRead(dash < 0 ? main[0] : main[0][..dash], '/', s_generations, out read.Encryption) ||
            (dash >= 0 && !TryRead(main[0][(dash + 1)..], '+', s_suites, out read.KeyManagement)) ||
            (main.Length == 2 && !TryRead(main[1], '+', s_ciphers, out read.PairwiseCiphers)))
        {
            return false;
        }

        // What it is alone is not said twice.
        if (read.Encryption == WirelessEncryption.Owe)
        {
            read.KeyManagement |= KeyManagement.Owe;
        }

        facts = read;
        return Of(read) == text;
    }

    private static StringBuilder Join<T>(StringBuilder text, char separator, (T Value, string Name)[] names, T set)
        where T : struct, Enum
    {
        foreach ((T value, string name) in names)
        {
            if (set.HasFlag(value))
            {
                (text.Length != 0 ? text.Append(separator) : text).Append(name);
            }
        }

        return text;
    }

    private static bool TryRead<T>(string text, char separator, (T Value, string Name)[] names, out T set)
        where T : struct, Enum
    {
        int sum = 0;
        foreach (string word in text.Split(separator))
        {
            int at = Array.FindIndex(names, n => n.Name == word);
            if (at < 0)
            {
                set = default;
                return false;
            }

            sum |= Convert.ToInt32(names[at].Value, System.Globalization.CultureInfo.InvariantCulture);
        }

        set = (T)Enum.ToObject(typeof(T), sum);
        return true;
    }
}
