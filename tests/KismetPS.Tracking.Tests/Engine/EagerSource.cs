using KismetPS.Capture;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;

namespace KismetPS.Tracking.Tests.Engine;

/// <summary>A source that delivers what a script tells it to.</summary>
internal sealed class EagerSource(Action<EagerSource, IFrameSink, CancellationToken> script) : IFrameSource
{
    private readonly OriginTable _origins = new();
    private FrameOrigin? _origin;
    private long _delivered;

    public string EndPoint => "script";

    public IReadOnlyList<FrameOrigin> Origins => _origins.Snapshot;

    /// <summary>Frames delivered.</summary>
    public long Delivered => Volatile.Read(ref _delivered);

    public void Open()
    {
    }

    public void Run(IFrameSink sink, CancellationToken stop) => script(this, sink, stop);

    /// <summary>Delivers one frame without FCS.</summary>
    public void Frame(IFrameSink sink, ReadOnlySpan<byte> frame, long timestampNs = 1)
    {
        FrameInfo info = new()
        {
            TimestampNs = timestampNs,
            LinkType = LinkType.Ieee80211,
            OriginalLength = frame.Length,
            Origin = _origin ??= _origins.Add("script"),
        };
        info.Radio.Fcs = FcsState.Absent;
        Volatile.Write(ref _delivered, _delivered + 1);
        sink.OnFrame(frame, in info);
    }

    public SourceCounters ReadCounters() => new() { Received = Delivered };

    public void Dispose()
    {
    }
}
