namespace KismetPS.Wireless.Security;

/// <summary>The protection a network offers or a client uses. A set: a mixed network has several.</summary>
[Flags]
public enum WirelessEncryption
{
    /// <summary>Nothing heard says how traffic is protected.</summary>
    Unknown = 0,

    /// <summary>No privacy bit, no RSN, no WPA.</summary>
    Open = 1,

    /// <summary>Privacy bit without RSN or WPA, or WEP seen in data.</summary>
    Wep = 2,

    /// <summary>WPA vendor element (TKIP era).</summary>
    Wpa = 4,

    /// <summary>RSN with PSK or 802.1X key management.</summary>
    Wpa2 = 8,

    /// <summary>RSN with SAE, or the 192-bit suite B.</summary>
    Wpa3 = 16,

    /// <summary>Opportunistic wireless encryption (Enhanced Open).</summary>
    Owe = 32,
}
