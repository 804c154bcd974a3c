namespace KismetPS.Export.Reports;

/// <summary>What a reading of the signal over time is. A report says so, since they differ in what they can show.</summary>
internal enum SignalReading
{
    /// <summary>There is at most one per device: no course over time is known.</summary>
    None,

    /// <summary>What a device was told to have at some moments: the signal of its last frame before each.</summary>
    Snapshot,
}
