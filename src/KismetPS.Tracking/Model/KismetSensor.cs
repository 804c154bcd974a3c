namespace KismetPS.Tracking;

/// <summary>A sensor's counters at one moment.</summary>
public sealed class KismetSensor
{
    /// <summary>What identifies it: serial where it sends one, else address or interface.</summary>
    public required string Id { get; init; }

    /// <summary>Network address, null for files and interfaces.</summary>
    public string? Address { get; init; }

    /// <summary>Serial or MAC it told, null if none.</summary>
    public string? Serial { get; init; }

    /// <summary>Name it told, null if none.</summary>
    public string? Name { get; init; }

    /// <summary>Place it told, null if none.</summary>
    public string? Location { get; init; }

    /// <summary>Messages received.</summary>
    public long Received { get; init; }

    /// <summary>Lost on the way by its own count.</summary>
    public long Lost { get; init; }

    /// <summary>Came late.</summary>
    public long Reordered { get; init; }

    /// <summary>Came twice.</summary>
    public long Duplicates { get; init; }

    /// <summary>Times its count began anew.</summary>
    public long Restarts { get; init; }

    /// <summary>Could not be read.</summary>
    public long Malformed { get; init; }

    /// <summary>Whether it leaves the FCS on its frames; null while unknown.</summary>
    public bool? SendsFcs { get; init; }

    /// <summary>Last message (UTC), null if none.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
