namespace KismetPS.Wireless.Security;

/// <summary>Cipher suites of RSN (00-0F-AC) and WPA (00-50-F2) elements as a set; IEEE Std 802.11-2020 table 9-149.</summary>
[Flags]
public enum CipherSuites
{
#pragma warning disable CS1591 // the names are the standard's
    None = 0,
    UseGroup = 1 << 0,
    Wep40 = 1 << 1,
    Tkip = 1 << 2,
    Ccmp128 = 1 << 3,
    Wep104 = 1 << 4,
    BipCmac128 = 1 << 5,
    NoGroupTraffic = 1 << 6,
    Gcmp128 = 1 << 7,
    Gcmp256 = 1 << 8,
    Ccmp256 = 1 << 9,
    BipGmac128 = 1 << 10,
    BipGmac256 = 1 << 11,
    BipCmac256 = 1 << 12,
    Other = 1 << 13,
#pragma warning restore CS1591
}
