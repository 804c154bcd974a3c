using System.Text;
using KismetPS.Tracking;
using KismetPS.Wireless.Security;

namespace KismetPS.Export.Formats;

/// <summary>Protection as airodump-ng writes it, in its columns Privacy, Cipher and Authentication, each word with a blank in front.</summary>
internal static class AirodumpPrivacy
{
    private const KeyManagement Sae = KeyManagement.Sae | KeyManagement.FtSae | KeyManagement.SaeExt | KeyManagement.FtSaeExt;
    private const KeyManagement Psk = KeyManagement.Psk | KeyManagement.FtPsk | KeyManagement.PskSha256 | KeyManagement.FtPskSha384 | KeyManagement.PskSha384;
    private const KeyManagement Eap = KeyManagement.Dot1X | KeyManagement.FtDot1X | KeyManagement.Dot1XSha256 | KeyManagement.SuiteB | KeyManagement.SuiteB192 | KeyManagement.FtDot1XSha384;

    public static (string Privacy, string Cipher, string Keys) Format(WirelessEncryption encryption, KismetSecurity security)
    {
        bool third = (encryption & (WirelessEncryption.Wpa3 | WirelessEncryption.Owe)) != 0;
        string privacy = Words(
            " ",
            (third, "WPA3"),
            (third || (encryption & WirelessEncryption.Wpa2) != 0, "WPA2"),
            ((encryption & WirelessEncryption.Wpa) != 0, "WPA"),
            ((encryption & WirelessEncryption.Wep) != 0, "WEP"),
            ((encryption & WirelessEncryption.Open) != 0, "OPN"));
        CipherSuites ciphers = security.PairwiseCiphers;
        string cipher = Words(
            " ",
            ((ciphers & (CipherSuites.Ccmp128 | CipherSuites.Ccmp256)) != 0, "CCMP"),
            ((ciphers & CipherSuites.Tkip) != 0, "TKIP"),
            ((ciphers & CipherSuites.Wep104) != 0, "WEP104"),
            ((ciphers & CipherSuites.Wep40) != 0, "WEP40"),
            ((encryption & WirelessEncryption.Wep) != 0 && (ciphers & (CipherSuites.Wep40 | CipherSuites.Wep104)) == 0, "WEP"),
            ((ciphers & (CipherSuites.Gcmp128 | CipherSuites.Gcmp256)) != 0, "GCMP"));
        KeyManagement keys = security.KeyManagement;
        string authentication = Words(
            "   ",
            ((encryption & WirelessEncryption.Wpa3) != 0 && (keys & Eap) == 0, "SAE"),
            ((keys & Eap) != 0, "MGT"),
            ((keys & Psk) != 0 || ((keys & (Eap | Sae)) == 0 && (encryption & (WirelessEncryption.Wpa | WirelessEncryption.Wpa2)) != 0), "PSK"),
            ((encryption & WirelessEncryption.Owe) != 0, "OWE"));
        return (privacy, cipher, authentication);
    }

    public static WirelessEncryption Parse(string privacy, string keys)
    {
        string[] methods = keys.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        WirelessEncryption encryption = WirelessEncryption.Unknown;
        foreach (string word in privacy.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            encryption |= word switch
            {
                "WPA3" => methods.Contains("OWE") ? WirelessEncryption.Owe : WirelessEncryption.Wpa3,

                // It says WPA2 of every network with an RSN element; only PSK and 802.1X are meant by it here.
                "WPA2" => methods.Length > 0 && !methods.Contains("PSK") && !methods.Contains("MGT") && !methods.Contains("CMAC") ? 0 : WirelessEncryption.Wpa2,
                "WPA" => WirelessEncryption.Wpa,
                "WEP" => WirelessEncryption.Wep,
                "OPN" => WirelessEncryption.Open,
                _ => 0,
            };
        }

        return encryption;
    }

    private static string Words(string none, params ReadOnlySpan<(bool Is, string Word)> words)
    {
        var text = new StringBuilder(24);
        foreach ((bool isSo, string word) in words)
        {
            if (isSo)
            {
                text.Append(' ').Append(word);
            }
        }

        return text.Length == 0 ? none : text.ToString();
    }
}
