namespace KismetPS.Capture;

/// <summary>What a frame that comes soon will want of a station it names: so that this much of what is known of it is fetched, and no more.</summary>
[Flags]
internal enum StationUse : ushort
{
    /// <summary>It is named, no more.</summary>
    None = 0,

    /// <summary>It sends the frame.</summary>
    Sends = 1,

    /// <summary>It tells of its network: a beacon or probe response.</summary>
    Advertises = 2,

    /// <summary>It asks for networks: a probe request.</summary>
    Asks = 4,

    /// <summary>It is the client of an access point in this frame.</summary>
    Joins = 8,

    /// <summary>It is the access point.</summary>
    Serves = 16,
}
