namespace KismetPS.Tracking;

/// <summary>Kinds of alerts.</summary>
public enum KismetAlertType
{
    /// <summary>An access point changed its channel without announcing it (Kismet: CHANCHANGE).</summary>
    ChannelChange = 1,

    /// <summary>Many deauthentications or disassociations in a second (Kismet: DEAUTHFLOOD).</summary>
    DeauthenticationFlood,

    /// <summary>Deauthentication or disassociation of everybody (Kismet: BCASTDISCON).</summary>
    BroadcastDisconnect,

    /// <summary>The name of a protected network appears with weaker protection under another BSSID (Kismet: APSPOOF).</summary>
    SsidSpoof,

    /// <summary>A network dropped its encryption (Kismet: CRYPTODROP).</summary>
    EncryptionDropped,

    /// <summary>An SSID element longer than 32 bytes (Kismet: LONGSSID).</summary>
    LongSsid,

    /// <summary>A probe response with an SSID of zero length, which crashed old drivers (Kismet: NULLPROBERESP).</summary>
    NullProbeResponse,

    /// <summary>A reason code the standard does not define (Kismet: DEAUTHCODEINVALID, DISCONCODEINVALID).</summary>
    InvalidReasonCode,

    /// <summary>The beacon's clock ran backwards: two stations use one BSSID (Kismet: BSSTIMESTAMP).</summary>
    BssTimestamp,

    /// <summary>The beacon interval of a network changed (Kismet: BEACONRATE is its cousin).</summary>
    BeaconIntervalChange,

    /// <summary>An independent network uses the name of an infrastructure network (Kismet: ADHOCCONFLICT).</summary>
    AdHocConflict,

    /// <summary>A client goes on sending after it said that it leaves, or was told to (Kismet: DISASSOCTRAFFIC).</summary>
    DisassociatedTraffic,

    /// <summary>A kind that only a remote server knows: <see cref="KismetAlert.Header"/> has its name.</summary>
    Other,
}
