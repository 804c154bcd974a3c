namespace KismetPS.Capture.Live;

/// <summary>An interface that can be captured from.</summary>
public sealed class KismetInterface
{
    /// <summary>Name to give to -Interface.</summary>
    public required string Name { get; init; }

    /// <summary>The system's description, null if none.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it is a wireless one, null where the system does not tell.</summary>
    public bool? IsWireless { get; init; }

    /// <summary>Whether monitor mode can be switched on, null where it was not asked.</summary>
    public bool? CanMonitor { get; init; }

    /// <summary>Whether it is up.</summary>
    public bool IsUp { get; init; }

    /// <summary>Whether it is the loopback.</summary>
    public bool IsLoopback { get; init; }

    /// <summary>Its addresses.</summary>
    public DetailList<string> Addresses { get; init; } = DetailList<string>.Empty;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
