namespace KismetPS.Capture.Tzsp;

/// <summary>Receives TZSP over UDP on a thread of its own, in batches where the system can.</summary>
internal sealed class TzspSource(TzspListenerOptions options) : IFrameSource
{
    /// <summary>Looks at every readable message before it is delivered (for -Emit Packet), on the receive thread; null: nobody looks.</summary>
    public IDatagramTap? Tap { get; set; }

    /// <summary>The port really bound.</summary>
    public int Port => options.Port;

    public string EndPoint => string.Empty;

    public IReadOnlyList<FrameOrigin> Origins => [];

    public void Open() => throw new NotImplementedException();

    public void Run(IFrameSink sink, CancellationToken stop) => throw new NotImplementedException();

    public SourceCounters ReadCounters() => default;

    public void Dispose()
    {
    }
}
