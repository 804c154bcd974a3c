namespace KismetPS.Kismet.Text.Client;

/// <summary>Why a line, or a word of one, came to nothing.</summary>
internal enum TextDropReason
{
    /// <summary>An empty line.</summary>
    Empty,

    /// <summary>A line without an asterisk at its start.</summary>
    NoAsterisk,

    /// <summary>A line without a colon behind the name.</summary>
    NoColon,

    /// <summary>A name no sentence can have.</summary>
    BadName,

    /// <summary>A sentence nobody asked for.</summary>
    NotAskedFor,

    /// <summary>Fewer or more words than fields were asked for.</summary>
    WordCount,

    /// <summary>A key (address, UUID, number) that is none.</summary>
    BadKey,

    /// <summary>A group address where a device is told of: stable counts groups that frames are sent to among the clients, and makes networks of damaged frames.</summary>
    GroupAddress,

    /// <summary>A value that is none, such as the channel a server of 2016 computes of a damaged radio header; the rest of its sentence counted.</summary>
    BadValue,

    /// <summary>More names, clients, sources or sensors than one device or server may have.</summary>
    TooMany,
}
