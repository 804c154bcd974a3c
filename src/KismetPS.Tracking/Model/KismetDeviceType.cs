namespace KismetPS.Tracking;

/// <summary>What a device has shown itself to be. The strongest evidence wins: a beacon makes an access point, whatever else is heard.</summary>
public enum KismetDeviceType
{
    /// <summary>Heard, but nothing says what it is.</summary>
    Unknown = 0,

    /// <summary>Beacons or answers probes with the ESS capability.</summary>
    AccessPoint,

    /// <summary>Sends to an access point, or is sent to by one over the air.</summary>
    Client,

    /// <summary>Beacons with the IBSS capability or sends in an independent BSS.</summary>
    AdHoc,

    /// <summary>Sends or receives four-address frames (wireless distribution system, mesh).</summary>
    Wds,

    /// <summary>Sits behind an access point on the wire: a source of frames that the access point sends.</summary>
    Bridged,

    /// <summary>Has only been seen probing.</summary>
    Probe,
}
