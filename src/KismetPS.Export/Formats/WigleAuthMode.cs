using System.Text;
using KismetPS.Tracking;
using KismetPS.Wireless.Security;

namespace KismetPS.Export.Formats;

/// <summary>Protection as WiGLE has it from Android: <c>[WPA2-PSK-CCMP][ESS]</c>.</summary>
internal static class WigleAuthMode
{
    private const KeyManagement Eap = KeyManagement.Dot1X | KeyManagement.FtDot1X | KeyManagement.Dot1XSha256 | KeyManagement.SuiteB | KeyManagement.SuiteB192 | KeyManagement.FtDot1XSha384;

    public static string Format(WirelessEncryption encryption, KismetSecurity security, bool adHoc)
    {
        var text = new StringBuilder(48);
        if ((encryption & WirelessEncryption.Wep) != 0)
        {
            text.Append("[WEP]");
        }

        string cipher = (security.PairwiseCiphers & CipherSuites.Ccmp128) != 0
            ? (security.PairwiseCiphers & CipherSuites.Tkip) != 0 ? "CCMP+TKIP" : "CCMP"
            : (security.PairwiseCiphers & CipherSuites.Tkip) != 0 ? "TKIP"
            : (security.PairwiseCiphers & (CipherSuites.Gcmp128 | CipherSuites.Gcmp256)) != 0 ? "GCMP"
            : string.Empty;
        string keys = (security.KeyManagement & Eap) != 0 ? "EAP" : "PSK";
        Add(text, encryption, WirelessEncryption.Wpa, "WPA", keys, cipher);
        Add(text, encryption, WirelessEncryption.Wpa2, "WPA2", keys, cipher);
        Add(text, encryption, WirelessEncryption.Wpa3, "WPA3", keys == "EAP" ? "EAP" : "SAE", cipher);
        Add(text, encryption, WirelessEncryption.Owe, "WPA3", "OWE", cipher);
        return text.Append(adHoc ? "[IBSS]" : "[ESS]").ToString();
    }

    /// <summary>What the words say; Android writes RSN for WPA2 and WPA3.</summary>
    public static WirelessEncryption Parse(string text)
    {
        WirelessEncryption encryption = WirelessEncryption.Unknown;
        foreach (string word in text.Split(['[', ']', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            string upper = word.ToUpperInvariant();
            encryption |= upper switch
            {
                "WEP" => WirelessEncryption.Wep,
                _ when upper.Contains("OWE", StringComparison.Ordinal) => WirelessEncryption.Owe,
                _ when upper.StartsWith("WPA3", StringComparison.Ordinal) => WirelessEncryption.Wpa3,
                _ when upper.StartsWith("RSN", StringComparison.Ordinal) || upper.StartsWith("WPA2", StringComparison.Ordinal) =>
                    (upper.Contains("SAE", StringComparison.Ordinal) ? WirelessEncryption.Wpa3 : 0)
                    | (upper.Contains("PSK", StringComparison.Ordinal) || upper.Contains("EAP", StringComparison.Ordinal) || !upper.Contains("SAE", StringComparison.Ordinal) ? WirelessEncryption.Wpa2 : 0),
                _ when upper.StartsWith("WPA", StringComparison.Ordinal) => WirelessEncryption.Wpa,
                _ => 0,
            };
        }

        return encryption == 0 && text.Contains("ESS", StringComparison.OrdinalIgnoreCase) ? WirelessEncryption.Open : encryption;
    }

    private static void Add(StringBuilder text, WirelessEncryption encryption, WirelessEncryption kind, string name, string keys, string cipher)
    {
        if ((encryption & kind) != 0)
        {
            text.Append('[').Append(name).Append('-').Append(keys);
            if (cipher.Length > 0)
            {
                text.Append('-').Append(cipher);
            }

            text.Append(']');
        }
    }
}
