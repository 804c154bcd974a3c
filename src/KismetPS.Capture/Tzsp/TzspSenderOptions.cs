namespace KismetPS.Capture.Tzsp;

/// <summary>How TZSP is sent.</summary>
internal sealed record TzspSenderOptions
{
    /// <summary>Messages a second; 0: as fast as it goes.</summary>
    public double Rate { get; init; }

    /// <summary>Message type.</summary>
    public TzspType Type { get; init; } = TzspType.Received;

    /// <summary>Sensor MAC put into tag 60; null: no such tag.</summary>
    public KismetPS.Wireless.MacAddress? Serial { get; init; }

    /// <summary>Sensor name put into tag 80; null: none.</summary>
    public string? DeviceName { get; init; }
}
