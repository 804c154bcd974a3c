using KismetPS.Capture.Drone;

namespace KismetPS.Kismet.Drones;

/// <summary>A Kismet server that takes our frames, at one moment.</summary>
internal sealed record DroneClientInfo
{
    /// <summary>Number within the server.</summary>
    public int Id { get; init; }

    /// <summary>Its address and port.</summary>
    public required string EndPoint { get; init; }

    /// <summary>Protocol it is spoken to in.</summary>
    public DroneProtocol Protocol { get; init; }

    /// <summary>When it connected (UTC).</summary>
    public DateTimeOffset ConnectedAt { get; init; }

    /// <summary>Messages sent, frames and others.</summary>
    public long Sent { get; init; }

    /// <summary>Their bytes.</summary>
    public long SentBytes { get; init; }

    /// <summary>Messages waiting.</summary>
    public long Queued { get; init; }

    /// <summary>Their bytes.</summary>
    public long QueuedBytes { get; init; }

    /// <summary>Messages dropped because it took them too slowly, or because it asked for a fresh start.</summary>
    public long Dropped { get; init; }

    /// <summary>How often it asked for a fresh start, as a stable server does that lost the thread.</summary>
    public long Flushes { get; init; }

    /// <summary>Commands it sent, none of which was obeyed.</summary>
    public long CommandsRefused { get; init; }
}
