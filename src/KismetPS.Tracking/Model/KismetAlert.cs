namespace KismetPS.Tracking;

/// <summary>Something in the air that deserves a look.</summary>
public sealed class KismetAlert
{
    /// <summary>Running number within the session, from 1; a gap means alerts that were pushed out before they were read.</summary>
    public long Sequence { get; init; }

    /// <summary>When (UTC, packet time).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Kind.</summary>
    public KismetAlertType Type { get; init; }

    /// <summary>Name a remote server gave the kind, such as <c>PROBENOJOIN</c>; null where the alert was raised here.</summary>
    public string? Header { get; init; }

    /// <summary>One sentence.</summary>
    public required string Text { get; init; }

    /// <summary>BSSID concerned, null if none.</summary>
    public string? Bssid { get; init; }

    /// <summary>Transmitter of the frame, null if none.</summary>
    public string? MacAddress { get; init; }

    /// <summary>Receiver of the frame, null if none.</summary>
    public string? Destination { get; init; }

    /// <summary>Name of the network concerned, null if unknown.</summary>
    public string? Ssid { get; init; }

    /// <summary>Channel it was heard on, null if unknown.</summary>
    public int? Channel { get; init; }

    /// <summary>Sensor that heard it.</summary>
    public string? SensorId { get; init; }

    /// <summary>Number of the session.</summary>
    public int SessionId { get; init; }

    /// <summary>Kind and sentence.</summary>
    public override string ToString() => $"{(Type == KismetAlertType.Other ? Header : Type.ToString())}: {Text}";
}
