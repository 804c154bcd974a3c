namespace KismetPS.Export.Spooling;

/// <summary>What bytes of a segment are.</summary>
internal enum SpoolRecordStatus
{
    /// <summary>A whole record.</summary>
    Good,

    /// <summary>The beginning of one.</summary>
    Incomplete,

    /// <summary>None.</summary>
    Damaged,
}
