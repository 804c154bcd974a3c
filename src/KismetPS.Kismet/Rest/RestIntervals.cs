namespace KismetPS.Kismet.Rest;

/// <summary>How often a server is asked for what changes slowly.</summary>
internal sealed record RestIntervals
{
    /// <summary>Its version, clock and place.</summary>
    public TimeSpan Status { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What it hears on each channel.</summary>
    public TimeSpan Channels { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>All its devices, by name and count only.</summary>
    public TimeSpan Listing { get; init; } = TimeSpan.FromSeconds(60);
}
