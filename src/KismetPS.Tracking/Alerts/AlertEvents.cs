namespace KismetPS.Tracking.Alerts;

/// <summary>What a rule wants to be shown.</summary>
[Flags]
internal enum AlertEvents
{
    /// <summary>Beacons and probe responses that name a network.</summary>
    Advertisement = 1,

    /// <summary>All management frames.</summary>
    Management = 2,

    /// <summary>All data frames.</summary>
    Data = 4,
}
