using System.Globalization;

namespace KismetPS.PowerShell.Model;

/// <summary>Devices that have a property in common.</summary>
public sealed class KismetDeviceGroup
{
    /// <summary>Property they were grouped by.</summary>
    public KismetMeasure Property { get; init; }

    /// <summary>Value they have in common; null where it is unknown.</summary>
    public object? Value { get; init; }

    /// <summary>How many.</summary>
    public int Count { get; init; }

    /// <summary>Part of all devices measured, 0 to 1.</summary>
    public double Share { get; init; }

    /// <summary>Mean of their last signals, dBm; null where none has one.</summary>
    public double? MeanSignalDbm { get; init; }

    /// <summary>Value and count.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Property} {Value ?? "unknown"}: {Count}");
}
