using KismetPS.Wireless.Security;

namespace KismetPS.Kismet.Text.Values;

/// <summary>What a <see cref="CryptSet"/> tells in today's terms. It cannot tell WPA3 or OWE from WPA2, nor 802.1X until a method is seen.</summary>
/// <param name="Encryption">The protection.</param>
/// <param name="Ciphers">Its ciphers.</param>
/// <param name="KeyManagement">How keys come about, where that is told.</param>
internal readonly record struct CryptFacts(WirelessEncryption Encryption, CipherSuites Ciphers, KeyManagement KeyManagement)
{
    private const CryptSet AnyWpa = CryptSet.Wpa | CryptSet.Wpa1 | CryptSet.Wpa2;
    private const CryptSet AnyWep = CryptSet.Wep | CryptSet.Wep40 | CryptSet.Wep104;
    private const CryptSet Eap = CryptSet.Leap | CryptSet.Ttls | CryptSet.Tls | CryptSet.Peap;

    private const KeyManagement AnyPsk =
        KeyManagement.Psk | KeyManagement.FtPsk | KeyManagement.PskSha256 | KeyManagement.FtPskSha384 | KeyManagement.PskSha384;

    private const CipherSuites Aes = CipherSuites.Ccmp128 | CipherSuites.Ccmp256 | CipherSuites.Gcmp128 | CipherSuites.Gcmp256;

    /// <summary>Reads a set. Stable does not tell WPA from WPA2; there TKIP makes WPA and AES WPA2.</summary>
    public static CryptFacts Read(CryptSet set, TextEra era)
    {
        bool stable = era == TextEra.Stable;
        if (stable)
        {
            set &= (CryptSet)0x1FFFF;
        }

        if (set == CryptSet.None)
        {
            return new CryptFacts(WirelessEncryption.Open, CipherSuites.None, KeyManagement.None);
        }

        bool ccm = (set & CryptSet.AesCcm) != 0 || (stable && (set & CryptSet.StableCcmp) != 0);
        CipherSuites ciphers =
            ((set & CryptSet.Wep40) != 0 ? CipherSuites.Wep40 : 0) | ((set & CryptSet.Wep104) != 0 ? CipherSuites.Wep104 : 0) |
            ((set & CryptSet.Tkip) != 0 ? CipherSuites.Tkip : 0) | (ccm ? CipherSuites.Ccmp128 : 0) |
            ((set & CryptSet.AesOcb) != 0 ? CipherSuites.Other : 0);
        KeyManagement keys = ((set & CryptSet.Psk) != 0 ? KeyManagement.Psk : 0) | ((set & Eap) != 0 ? KeyManagement.Dot1X : 0);

        WirelessEncryption encryption = WirelessEncryption.Unknown;
        if ((set & AnyWpa) != 0)
        {
            if ((set & (CryptSet.Wpa1 | CryptSet.Wpa2)) == 0 || stable)
            {
                encryption = (ccm ? WirelessEncryption.Wpa2 : 0) | ((set & CryptSet.Tkip) != 0 || !ccm ? WirelessEncryption.Wpa : 0);
            }
            else
            {
                encryption = ((set & CryptSet.Wpa1) != 0 ? WirelessEncryption.Wpa : 0) | ((set & CryptSet.Wpa2) != 0 ? WirelessEncryption.Wpa2 : 0);
            }

            if (!stable && (set & CryptSet.WpaMigration) != 0)
            {
                encryption |= WirelessEncryption.Wep;
            }
        }
        else if ((set & AnyWep) != 0)
        {
            encryption = WirelessEncryption.Wep;
        }

        return new CryptFacts(encryption, ciphers, keys);
    }

    /// <summary>
    /// The set a server of the era would show for this. WPA3 and OWE come out as the WPA2 they look like to it: RSN without the bit for PSK.
    /// </summary>
    public CryptSet ToWire(TextEra era)
    {
        if (Encryption == WirelessEncryption.Open)
        {
            return CryptSet.None;
        }

        if (Encryption == WirelessEncryption.Unknown)
        {
            return CryptSet.Unknown;
        }

        bool wpa = (Encryption & WirelessEncryption.Wpa) != 0;
        bool rsn = (Encryption & (WirelessEncryption.Wpa2 | WirelessEncryption.Wpa3 | WirelessEncryption.Owe)) != 0;
        CryptSet set = CryptSet.None;
        if (wpa || rsn || (Encryption & WirelessEncryption.Wep) != 0)
        {
            set |= CryptSet.Wep;
        }

        if (wpa || rsn)
        {
            set |= CryptSet.Wpa;
        }

        if (era != TextEra.Stable)
        {
            set |= (wpa ? CryptSet.Wpa1 : 0) | (rsn ? CryptSet.Wpa2 : 0);
            set |= (wpa || rsn) && (Encryption & WirelessEncryption.Wep) != 0 ? CryptSet.WpaMigration : 0;
        }

        set |= (Ciphers & CipherSuites.Wep40) != 0 ? CryptSet.Wep40 : 0;
        set |= (Ciphers & CipherSuites.Wep104) != 0 ? CryptSet.Wep104 : 0;
        set |= (Ciphers & CipherSuites.Tkip) != 0 ? CryptSet.Tkip : 0;
        set |= (Ciphers & Aes) != 0 ? CryptSet.AesCcm : 0;
        set |= (KeyManagement & AnyPsk) != 0 ? CryptSet.Psk : 0;
        return set;
    }
}
