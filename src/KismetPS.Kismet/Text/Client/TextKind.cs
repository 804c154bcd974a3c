namespace KismetPS.Kismet.Text.Client;

/// <summary>What a sentence is about.</summary>
internal enum TextKind : byte
{
    /// <summary>Nothing that is kept.</summary>
    Other = 0,

    /// <summary>BSSID: a network of newcore.</summary>
    Bss,

    /// <summary>SSID: a name of it.</summary>
    Ssid,

    /// <summary>NETWORK: a network of stable, with its name.</summary>
    Network,

    /// <summary>CLIENT of either era.</summary>
    Client,

    /// <summary>BSSIDSRC: how one source hears a network.</summary>
    BssSource,

    /// <summary>CLISRC: how one source hears a client.</summary>
    ClientSource,

    /// <summary>REMOVE: a network goes away.</summary>
    Remove,

    /// <summary>ALERT.</summary>
    Alert,

    /// <summary>SOURCE or CARD.</summary>
    Source,

    /// <summary>INFO: totals.</summary>
    Info,

    /// <summary>GPS: where the server is.</summary>
    Gps,

    /// <summary>TIME.</summary>
    Time,

    /// <summary>STATUS or CRITFAIL: words for people.</summary>
    Message,

    /// <summary>CHANNEL: use of a channel.</summary>
    Channel,

    /// <summary>BATTERY.</summary>
    Battery,

    /// <summary>NETTAG: a name and a value that somebody put on a network.</summary>
    NetworkTag,

    /// <summary>CLITAG: the same on a client.</summary>
    ClientTag,
}
