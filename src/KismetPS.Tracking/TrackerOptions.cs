namespace KismetPS.Tracking;

/// <summary>Limits of the tables.</summary>
internal sealed record TrackerOptions
{
    /// <summary>Most devices; a new one beyond pushes out the one heard longest ago of a sample, access points last.</summary>
    public int MaxDevices { get; init; } = 250_000;

    /// <summary>Time without a frame after which a device is dropped; zero: never.</summary>
    public TimeSpan DeviceTimeout { get; init; }

    /// <summary>Most alerts kept; older ones are pushed out.</summary>
    public int MaxAlerts { get; init; } = 10_000;
}
