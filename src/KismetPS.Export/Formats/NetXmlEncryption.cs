using KismetPS.Tracking;
using KismetPS.Wireless.Security;

namespace KismetPS.Export.Formats;

/// <summary>The encryption elements of a .netxml: one for each cipher and key management; those that came after Kismet's are airodump-ng's.</summary>
internal static class NetXmlEncryption
{
    private const KeyManagement Psk = KeyManagement.Psk | KeyManagement.FtPsk | KeyManagement.PskSha256 | KeyManagement.FtPskSha384 | KeyManagement.PskSha384;
    private const KeyManagement Eap = KeyManagement.Dot1X | KeyManagement.FtDot1X | KeyManagement.Dot1XSha256 | KeyManagement.SuiteB | KeyManagement.SuiteB192 | KeyManagement.FtDot1XSha384;

    public static IEnumerable<string> Format(WirelessEncryption encryption, KismetSecurity security)
    {
        if (encryption == WirelessEncryption.Open)
        {
            yield return "None";
        }

        if ((encryption & WirelessEncryption.Wep) != 0)
        {
            yield return "WEP";
        }

        if ((encryption & WirelessEncryption.Wpa) != 0 || (security.PairwiseCiphers & CipherSuites.Tkip) != 0)
        {
            yield return "WPA+TKIP";
        }

        if ((encryption & (WirelessEncryption.Wpa | WirelessEncryption.Wpa2)) != 0)
        {
            if ((security.KeyManagement & Psk) != 0)
            {
                yield return "WPA+PSK";
            }

            if ((security.KeyManagement & Eap) != 0)
            {
                yield return "WPA+MGT";
            }
        }

        bool strong = (encryption & (WirelessEncryption.Wpa2 | WirelessEncryption.Wpa3 | WirelessEncryption.Owe)) != 0;
        bool galois = (security.PairwiseCiphers & (CipherSuites.Gcmp128 | CipherSuites.Gcmp256)) != 0;
        if (strong && (!galois || (security.PairwiseCiphers & (CipherSuites.Ccmp128 | CipherSuites.Ccmp256)) != 0))
        {
            yield return "WPA+AES-CCM";
        }

        if (galois)
        {
            yield return "WPA+GCMP";
        }

        if ((encryption & WirelessEncryption.Wpa3) != 0)
        {
            yield return "WPA+SAE";
        }

        if ((encryption & WirelessEncryption.Owe) != 0)
        {
            yield return "WPA+OWE";
        }
    }

    /// <summary>What all of them together say.</summary>
    public static WirelessEncryption Parse(IReadOnlyCollection<string> names)
    {
        bool Has(string part) => names.Any(n => n.Contains(part, StringComparison.OrdinalIgnoreCase));
        WirelessEncryption encryption = 0;
        encryption |= Has("WEP") ? WirelessEncryption.Wep : 0;
        encryption |= Has("SAE") ? WirelessEncryption.Wpa3 : 0;
        encryption |= Has("OWE") ? WirelessEncryption.Owe : 0;
        encryption |= Has("TKIP") ? WirelessEncryption.Wpa : 0;
        bool keys = Has("PSK") || Has("MGT") || Has("PEAP") || Has("TTLS") || Has("WPA+TLS") || Has("LEAP");
        bool newer = (encryption & (WirelessEncryption.Wpa3 | WirelessEncryption.Owe)) != 0;
        encryption |= (Has("AES") || Has("GCMP") || Has("WPA2")) && (keys || !newer) ? WirelessEncryption.Wpa2 : 0;
        encryption |= Has("WPA") && encryption == 0 ? WirelessEncryption.Wpa : 0;
        return encryption == 0 && Has("None") ? WirelessEncryption.Open : encryption;
    }
}
