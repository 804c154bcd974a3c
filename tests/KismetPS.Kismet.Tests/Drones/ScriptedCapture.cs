using System.Collections.Concurrent;
using KismetPS.Capture;
using KismetPS.Tracking;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;

namespace KismetPS.Kismet.Tests.Drones;

/// <summary>A capture whose frames the test puts in.</summary>
internal sealed class ScriptedCapture : CaptureSession
{
    private readonly ScriptedSource _source;

    private ScriptedCapture(ScriptedSource source, TrackerOptions? tracker)
        : base(KismetSessionKind.Capture, null, source, tracker) => _source = source;

    public static ScriptedCapture Start(TrackerOptions? tracker = null)
    {
        ScriptedCapture session = new(new ScriptedSource(), tracker) { IsLive = tracker is not null };
        session.StartCapture(null, null);
        return session;
    }

    /// <summary>Whether frames are heard now; else all at one moment of the past.</summary>
    public bool IsLive { get; init; }

    public FrameOrigin AddOrigin(string id, string? name = null, string? serial = null) => _source.Table.Add(id, name, "192.0.2.1:37008", serial);

    public void Add(FrameOrigin origin, byte[] packet, RadioInfo radio = default, LinkType link = LinkType.Ieee80211, int cut = 0) => _source.Queue.Add((packet, new FrameInfo
    {
        TimestampNs = IsLive ? UnixTime.NowNs : 1_700_000_000_123_456_000, LinkType = link, OriginalLength = packet.Length + cut, Origin = origin, Radio = radio,
    }));

    private sealed class ScriptedSource : IFrameSource
    {
        public OriginTable Table { get; } = new();

        public BlockingCollection<(byte[] Packet, FrameInfo Info)> Queue { get; } = [];

        public string EndPoint => "script";

        public IReadOnlyList<FrameOrigin> Origins => Table.Snapshot;

        public void Open()
        {
        }

        public void Run(IFrameSink sink, CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                if (!Queue.TryTake(out (byte[] Packet, FrameInfo Info) item, 50, CancellationToken.None))
                {
                    sink.OnIdle();
                    continue;
                }

                sink.BeginBatch();
                sink.OnFrame(item.Packet, item.Info);
                sink.EndBatch();
            }
        }

        public SourceCounters ReadCounters() => default;

        public void Dispose() => Queue.Dispose();
    }
}
