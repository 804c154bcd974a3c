namespace KismetPS.PowerShell.Streaming;

/// <summary>
/// What ends a stream by itself, as parameters. A command that has another base than <see cref="Commands.BoundedStreamCommand"/> declares them, and here is
/// what they are.
/// </summary>
internal interface IStreamBounds
{
    /// <summary>Ends after so many objects; 0: never.</summary>
    long Count { get; }

    /// <summary>Ends after this time; a number is seconds; zero: never.</summary>
    TimeSpan Duration { get; }

    /// <summary>Ends when nothing was received for this time; a number is seconds; zero: never.</summary>
    TimeSpan IdleTimeout { get; }
}
