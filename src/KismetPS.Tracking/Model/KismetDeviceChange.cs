namespace KismetPS.Tracking;

/// <summary>A change of a device.</summary>
public sealed class KismetDeviceChange
{
    /// <summary>Running number within the subscription, from 1.</summary>
    public long Sequence { get; init; }

    /// <summary>What happened.</summary>
    public KismetChangeKind Change { get; init; }

    /// <summary>When it was noticed (UTC).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>MAC address of the device.</summary>
    public string MacAddress => Device.MacAddress;

    /// <summary>The device after the change (before it, when expired).</summary>
    public required KismetDevice Device { get; init; }

    /// <summary>Change and device.</summary>
    public override string ToString() => $"{Change} {Device}";
}
