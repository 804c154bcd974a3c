namespace KismetPS.Tracking.Tables;

/// <summary>What the caps of the tables pushed out or refused. Each is shown in the statistics under its name.</summary>
internal struct TableCounters
{
    /// <summary>Devices pushed out of the full table.</summary>
    public long DevicesEvicted;

    /// <summary>Devices that timed out.</summary>
    public long DevicesExpired;

    /// <summary>Networks refused by <see cref="TableLimits.NetworksPerDevice"/>.</summary>
    public long NetworksRefused;

    /// <summary>Probed names refused by <see cref="TableLimits.ProbesPerDevice"/>.</summary>
    public long ProbesRefused;

    /// <summary>Relations refused.</summary>
    public long LinksRefused;

    /// <summary>Sensors refused by <see cref="TableLimits.SensorsPerDevice"/>.</summary>
    public long SensorsRefused;
}
