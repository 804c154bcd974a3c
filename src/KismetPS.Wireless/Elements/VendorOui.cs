namespace KismetPS.Wireless.Elements;

/// <summary>OUI and type of the vendor elements (221) that are read, as one big-endian number.</summary>
internal static class VendorOui
{
    /// <summary>Microsoft: WPA.</summary>
    public const uint Wpa = 0x0050_F201;

    /// <summary>Microsoft: WMM.</summary>
    public const uint Wmm = 0x0050_F202;

    /// <summary>Microsoft: Wi-Fi Protected Setup.</summary>
    public const uint Wps = 0x0050_F204;

    /// <summary>Wi-Fi Alliance: peer to peer.</summary>
    public const uint P2P = 0x506F_9A09;

    /// <summary>Wi-Fi Alliance: OWE transition mode.</summary>
    public const uint OweTransition = 0x506F_9A1C;

    /// <summary>Wi-Fi Alliance: RSNE override and RSNE override 2, a second RSN that only newer clients read (WPA3 compatibility mode).</summary>
    public const uint RsnOverride = 0x506F_9A29;
    public const uint RsnOverride2 = 0x506F_9A2A;
}
