namespace KismetPS.Tracking;

/// <summary>A named count.</summary>
public sealed class KismetCounter
{
    /// <summary>Name of the reason.</summary>
    public required string Name { get; init; }

    /// <summary>How often.</summary>
    public long Count { get; init; }

    /// <summary><c>Name=Count</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}={Count}");
}
