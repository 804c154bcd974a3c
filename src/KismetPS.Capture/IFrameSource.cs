namespace KismetPS.Capture;

/// <summary>
/// Obtains packets and their radio facts; decodes no 802.11. Opened on the caller's thread, so that what is wrong is an error at once;
/// run on a thread of its own until the input ends or it is cancelled.
/// </summary>
internal interface IFrameSource : IDisposable
{
    /// <summary>Short text for users: <c>0.0.0.0:37008</c>, a path, an interface name.</summary>
    string EndPoint { get; }

    /// <summary>Origins seen so far, in order of <see cref="FrameOrigin.Index"/>. A snapshot, safe from any thread.</summary>
    IReadOnlyList<FrameOrigin> Origins { get; }

    /// <summary>Binds, opens, checks. Throws <see cref="KismetException"/>; nothing is held after it threw.</summary>
    void Open();

    /// <summary>Delivers packets until the end of the input or cancellation, then returns. Throws <see cref="KismetException"/> where the source failed.</summary>
    void Run(IFrameSink sink, CancellationToken stop);

    /// <summary>Reads the source's counters; safe from any thread.</summary>
    SourceCounters ReadCounters();
}
