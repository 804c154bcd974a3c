namespace KismetPS.Kismet.Text.Values;

/// <summary>
/// Protection as Kismet tells it: wep of stable, cryptset and datacryptset of newcore. Bits 0 to 15 mean the same in both; 16 is CCMP in 2008 and
/// Fortress in newcore.
/// </summary>
[Flags]
internal enum CryptSet : ulong
{
    None = 0,
    Unknown = 1 << 0,

    /// <summary>The privacy bit, which WPA networks set too.</summary>
    Wep = 1 << 1,
    Layer3 = 1 << 2,
    Wep40 = 1 << 3,
    Wep104 = 1 << 4,
    Tkip = 1 << 5,
    Wpa = 1 << 6,
    Psk = 1 << 7,
    AesOcb = 1 << 8,
    AesCcm = 1 << 9,
    Leap = 1 << 10,
    Ttls = 1 << 11,
    Tls = 1 << 12,
    Peap = 1 << 13,
    Isakmp = 1 << 14,
    Pptp = 1 << 15,

    /// <summary>Newcore.</summary>
    Fortress = 1 << 16,

    /// <summary>2007-10 and 2008-05.</summary>
    StableCcmp = 1 << 16,

    /// <summary>Newcore, as all that follow.</summary>
    Keyguard = 1 << 17,
    UnknownNonWep = 1 << 18,

    /// <summary>WPA and WEP side by side.</summary>
    WpaMigration = 1 << 19,
    Wpa1 = 1 << 20,
    Wpa2 = 1 << 21,
}
