using KismetPS.Wireless.Security;

namespace KismetPS.Kismet.Rest;

/// <summary>The server's words for a protection, such as <c>WPA3 WPA3-PSK WPA3-SAE AES-CCMP</c>, as facts. Words that are not known say nothing.</summary>
internal static class CryptText
{
    /// <summary>The facts.</summary>
    public static SecurityFacts Read(string? text)
    {
        SecurityFacts facts = default;
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            int space = rest.IndexOf(' ');
            Take(space < 0 ? rest : rest[..space], ref facts);
            rest = space < 0 ? default : rest[(space + 1)..];
        }

        return facts;
    }

    private static void Take(ReadOnlySpan<char> word, ref SecurityFacts facts)
    {
        switch (word)
        {
            case "Open" or "None":
                facts.Encryption |= WirelessEncryption.Open;
                return;
            case "WEP" or "WEP40" or "WEP104":
                facts.Encryption |= WirelessEncryption.Wep;
                facts.PairwiseCiphers |= word switch { "WEP40" => CipherSuites.Wep40, "WEP104" => CipherSuites.Wep104, _ => CipherSuites.None };
                return;
            case "TKIP":
                facts.PairwiseCiphers |= CipherSuites.Tkip;
                return;
            case "AES-CCM" or "AES-CCMP":
                facts.PairwiseCiphers |= CipherSuites.Ccmp128;
                return;
            case "AES-CCM256" or "AES-CCMP256":
                facts.PairwiseCiphers |= CipherSuites.Ccmp256;
                return;
            case "AES-GCMP":
                facts.PairwiseCiphers |= CipherSuites.Gcmp128;
                return;
            case "AES-GCMP256":
                facts.PairwiseCiphers |= CipherSuites.Gcmp256;
                return;
            case "AES-BIP-CMAC" or "AES-BIP-CMAC128":
                facts.GroupManagementCipher |= CipherSuites.BipCmac128;
                return;
            case "AES-BIP-CMAC256":
                facts.GroupManagementCipher |= CipherSuites.BipCmac256;
                return;
            case "AES-BIP-GMAC" or "AES-BIP-GMAC128":
                facts.GroupManagementCipher |= CipherSuites.BipGmac128;
                return;
            case "AES-BIP-GMAC256":
                facts.GroupManagementCipher |= CipherSuites.BipGmac256;
                return;
        }

        if (word is "OWE" or "WPA-OWE" or "WPA2-OWE" or "WPA3-OWE")
        {
            facts.Encryption |= WirelessEncryption.Owe;
            facts.KeyManagement |= KeyManagement.Owe;
            return;
        }

        int dash = word.IndexOf('-');
        ReadOnlySpan<char> generation = dash < 0 ? word : word[..dash];
        ReadOnlySpan<char> suite = dash < 0 ? default : word[(dash + 1)..];
        WirelessEncryption encryption = generation switch
        {
            "WPA" or "WPA1" => WirelessEncryption.Wpa,
            "WPA2" => WirelessEncryption.Wpa2,
            "WPA3" => WirelessEncryption.Wpa3,
            _ => WirelessEncryption.Unknown,
        };
        facts.Encryption |= encryption;
        KeyManagement keys = suite switch
        {
            "PSK" => KeyManagement.Psk,
            "SAE" => KeyManagement.Sae,
            "FT-SAE" => KeyManagement.FtSae,
            "FT-PSK" => KeyManagement.FtPsk,
            "PSK-SHA256" => KeyManagement.PskSha256,
            "EAP" => KeyManagement.Dot1X,
            "FT-EAP" => KeyManagement.FtDot1X,
            "EAP-SHA256" => KeyManagement.Dot1XSha256,
            "EAP-SUITEB-SHA256" => KeyManagement.SuiteB,
            "EAP-SUITEB-SHA384" => KeyManagement.SuiteB192,
            _ => KeyManagement.None,
        };
        facts.KeyManagement |= keys;

        // What the server calls WPA3-PSK is a network in transition: the suite is that of WPA2.
        if (encryption == WirelessEncryption.Wpa3 && keys is KeyManagement.Psk or KeyManagement.PskSha256 or KeyManagement.FtPsk)
        {
            facts.Encryption |= WirelessEncryption.Wpa2;
        }
    }
}
