namespace KismetPS.Tracking;

/// <summary>How one sensor hears one device.</summary>
public sealed class KismetSensorSignal
{
    /// <summary>Sensor.</summary>
    public required string SensorId { get; init; }

    /// <summary>Last signal, dBm.</summary>
    public int? SignalDbm { get; init; }

    /// <summary>Weakest, dBm.</summary>
    public int? SignalMinDbm { get; init; }

    /// <summary>Strongest, dBm.</summary>
    public int? SignalMaxDbm { get; init; }

    /// <summary>Mean of the dBm values.</summary>
    public double? SignalMeanDbm { get; init; }

    /// <summary>Frames of the device this sensor heard, duplicates of other sensors too.</summary>
    public long Packets { get; init; }

    /// <summary>Last heard (UTC).</summary>
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>Sensor and signal.</summary>
    public override string ToString() => SignalDbm is int dbm ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{SensorId}={dbm}") : SensorId;
}
