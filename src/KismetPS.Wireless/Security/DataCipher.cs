namespace KismetPS.Wireless.Security;

/// <summary>What the initialisation vector of a protected data frame shows.</summary>
internal enum DataCipher : byte
{
    None = 0,

    /// <summary>No extended IV: WEP.</summary>
    Wep,

    /// <summary>Extended IV with TKIP's WEPSeed byte.</summary>
    Tkip,

    /// <summary>Extended IV with a zero reserved byte: CCMP or GCMP.</summary>
    Ccmp,

    /// <summary>Extended IV of neither form, or one that fits both (one frame in some hundred): not telling.</summary>
    ExtendedIv,
}
