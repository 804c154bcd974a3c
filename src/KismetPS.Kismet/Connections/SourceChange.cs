namespace KismetPS.Kismet.Connections;

/// <summary>What to change of a capture source; what is null stays.</summary>
internal sealed record SourceChange
{
    /// <summary>Stay on this channel (text, since modern servers know such as <c>6HT40+</c>).</summary>
    public string? Channel { get; init; }

    /// <summary>Channels to hop over.</summary>
    public IReadOnlyList<string>? Channels { get; init; }

    /// <summary>True: hop; false: stay where it is.</summary>
    public bool? Hop { get; init; }

    /// <summary>Channels per second.</summary>
    public double? HopRate { get; init; }

    /// <summary>Seconds on each channel.</summary>
    public int? DwellSeconds { get; init; }

    /// <summary>True: pause; false: resume.</summary>
    public bool? Paused { get; init; }
}
