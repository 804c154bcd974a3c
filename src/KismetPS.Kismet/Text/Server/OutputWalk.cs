namespace KismetPS.Kismet.Text.Server;

/// <summary>
/// The dump of what is known when a sentence is enabled. It is printed page by page as the client reads, so a dump of any size costs a slow client's
/// queue nothing. What was added after it began comes with the ticks queued behind it, behind its network.
/// </summary>
/// <param name="group">What is dumped.</param>
/// <param name="until">Version of the model when it began.</param>
internal sealed class OutputWalk(LineGroup group, long until)
{
    /// <summary>What is dumped.</summary>
    public LineGroup Group { get; } = group;

    /// <summary>Only what was known at this version.</summary>
    public long Until { get; } = until;

    /// <summary>Next page.</summary>
    public int Page { get; set; }
}
