using KismetPS.Wireless.Security;

namespace KismetPS.Tracking.Tables;

/// <summary>How a network name has been used so far, over all BSSIDs.</summary>
internal struct NameUse
{
    /// <summary>All protection any BSSID of that name offered.</summary>
    public WirelessEncryption Encryption;

    /// <summary>An access point advertised it.</summary>
    public bool Infrastructure;

    /// <summary>An independent BSS advertised it.</summary>
    public bool AdHoc;
}
