namespace KismetPS.Capture.Live;

/// <summary>Captures from an interface through libpcap or Npcap.</summary>
internal sealed class LiveSource(LiveCaptureOptions options) : IFrameSource
{
    public string EndPoint => options.Interface;

    public IReadOnlyList<FrameOrigin> Origins => [];

    public void Open() => throw new NotImplementedException();

    public void Run(IFrameSink sink, CancellationToken stop) => throw new NotImplementedException();

    public SourceCounters ReadCounters() => default;

    public void Dispose()
    {
    }
}
