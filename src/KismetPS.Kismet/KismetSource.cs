using KismetPS.Capture;

namespace KismetPS.Kismet;

/// <summary>A capture source of a Kismet server. Null means not told.</summary>
public sealed class KismetSource
{
    /// <summary>Its UUID; of a server before 2009 the number of its card.</summary>
    public required string Uuid { get; init; }

    /// <summary>Name given to it.</summary>
    public string? Name { get; init; }

    /// <summary>Interface, file or drone it reads.</summary>
    public string? Interface { get; init; }

    /// <summary>Type of source in the server's words.</summary>
    public string? Type { get; init; }

    /// <summary>What it was made of, as a source line.</summary>
    public string? Definition { get; init; }

    /// <summary>Channel now.</summary>
    public string? Channel { get; init; }

    /// <summary>Channels it hops over.</summary>
    public DetailList<string> Channels { get; init; } = DetailList<string>.Empty;

    /// <summary>Whether it hops.</summary>
    public bool? Hopping { get; init; }

    /// <summary>Channels per second.</summary>
    public double? HopRate { get; init; }

    /// <summary>Seconds on each channel.</summary>
    public int? DwellSeconds { get; init; }

    /// <summary>Whether it delivers.</summary>
    public bool? Running { get; init; }

    /// <summary>Whether it is paused.</summary>
    public bool? Paused { get; init; }

    /// <summary>Packets it gave.</summary>
    public long? Packets { get; init; }

    /// <summary>What is wrong with it, null if nothing.</summary>
    public string? Error { get; init; }

    /// <summary>Number of the session connected to the server.</summary>
    public int SessionId { get; init; }

    /// <summary>Name or UUID, and interface.</summary>
    public override string ToString() => $"{Name ?? Uuid} ({Interface ?? "?"})";
}
