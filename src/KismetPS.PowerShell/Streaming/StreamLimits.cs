namespace KismetPS.PowerShell.Streaming;

/// <summary>When a stream ends by itself; zero means never.</summary>
internal sealed record StreamLimits
{
    /// <summary>Objects taken from a queue at once, so that a fast stream still looks at its limits.</summary>
    public const int Batch = 512;

    public long Count { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>Time in which nothing at all is received.</summary>
    public TimeSpan IdleTimeout { get; init; }

    /// <summary>The limits that parameters give.</summary>
    public static StreamLimits Of(IStreamBounds bounds) => new() { Count = bounds.Count, Duration = bounds.Duration, IdleTimeout = bounds.IdleTimeout };
}
