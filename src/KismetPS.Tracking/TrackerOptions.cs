namespace KismetPS.Tracking;

/// <summary>Limits of the tables.</summary>
internal sealed record TrackerOptions
{
    /// <summary>
    /// Most devices, at least <see cref="Tables.DeviceTables.MinDevices"/>. A new one beyond pushes out the one heard longest ago of a sample, taken
    /// from the larger half: those that advertise a network, or those that do not. Other tables hold four rows for each device at most.
    /// </summary>
    public int MaxDevices { get; init; } = 250_000;

    /// <summary>Time without a frame after which a device is dropped, by the packets' own time in a file; zero: never.</summary>
    public TimeSpan DeviceTimeout { get; init; }

    /// <summary>Most alerts kept; older ones are pushed out.</summary>
    public int MaxAlerts { get; init; } = 10_000;

    /// <summary>Whether beacons that repeat are read each time: the plain way, which leads to the same tables.</summary>
    public bool ReadsRepeats { get; init; }
}
