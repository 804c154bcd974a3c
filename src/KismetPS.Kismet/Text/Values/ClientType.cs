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
}
