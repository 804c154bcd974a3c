namespace KismetPS.Export.Messages;

/// <summary>What a message tells.</summary>
internal enum ExportRecordKind
{
    /// <summary>A device as it is now.</summary>
    Device,

    /// <summary>A device that was not heard any more and is forgotten, as it was last.</summary>
    Expired,

    /// <summary>An alert.</summary>
    Alert,
}
