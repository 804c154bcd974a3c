namespace KismetPS.Kismet.Text.Values;

/// <summary>CLIENT.type: which way its data went.</summary>
internal enum ClientType
{
    Unknown = 0,
    FromDs = 1,
    ToDs = 2,
    InterDs = 3,

    /// <summary>Both ways.</summary>
    Established = 4,

    /// <summary>Newcore only.</summary>
    AdHoc = 5,

    /// <summary>Newcore only.</summary>
    Remove = 6,

    /// <summary>
    /// Stable of 2008 only, where it is 5: first told of as a destination. That server never takes it back, whatever the client then sends itself
    /// (packetracker.cc of 2008-05-R1 makes "established" of from-DS and to-DS only), so that it says nothing of what the client is.
    /// </summary>
    SendTo = 7,
}
