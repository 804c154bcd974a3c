using KismetPS.Capture;
using KismetPS.Capture.Pcap;
using KismetPS.Tracking.Engine;

namespace KismetPS.Tracking;

/// <summary>A session that takes frames from one source and tracks the devices in them. The tables stay readable after it has ended.</summary>
public abstract class CaptureSession : DeviceSession
{
    private readonly IFrameSource _source;
    private readonly CaptureEngine _engine;
    private readonly SnapshotReader _reader;
    private readonly FramePipe? _pipe;
    private CaptureRecorder? _recorder;

    /// <param name="kind">Kind.</param>
    /// <param name="name">Name, null: one is made.</param>
    /// <param name="source">Where frames come from.</param>
    /// <param name="options">Limits of the tables.</param>
    /// <param name="waits">Whether the source gives as fast as it is taken from: it is read on one thread and tracked on another where there are two processors.</param>
    private protected CaptureSession(KismetSessionKind kind, string? name, IFrameSource source, TrackerOptions? options, bool waits = false)
        : base(kind, name)
    {
        _source = source;
        _engine = new CaptureEngine(options ?? new TrackerOptions(), Id, lossless: kind == KismetSessionKind.Import, StopToken);
        _engine.Tracker.Tables.Removing = OnRemoving;
        SnapshotBuilder builder = new(_engine.Tracker.Tables, () => _source.Origins, () => _source.EndPoint, Id);
        _reader = new SnapshotReader(_engine, builder);
        _pipe = waits && Environment.ProcessorCount > 1 ? new FramePipe(_engine) : null;
    }

    /// <inheritdoc/>
    public override string EndPoint => _source.EndPoint;

    /// <inheritdoc/>
    public override KismetStatistic Statistics => new StatisticBuilder(_engine, _source, Id, Name).Build();

    private protected override IDeviceView View => _reader;

    /// <summary>Capture file being written, null if none.</summary>
    public string? CapturePath => _recorder?.Path;

    /// <summary>What ended the writing of the capture file early, null if nothing did.</summary>
    public KismetException? CaptureError => _recorder?.Error;

    /// <summary>Source bytes read and their total, for progress; total 0 if endless.</summary>
    internal (long Position, long Length) Progress
    {
        get
        {
            SourceCounters counters = _source.ReadCounters();
            return (counters.Position, counters.Length);
        }
    }

    /// <summary>A subscription to single frames, bounded; what a slow reader misses is counted. Dispose ends it.</summary>
    internal FrameReader OpenFrames(int capacityBytes = 16 * 1024 * 1024) => new(_engine, capacityBytes, () => _source.Origins, Id);

    /// <summary>As <see cref="OpenFrames"/> for TZSP messages, where the source has any.</summary>
    internal PacketReader OpenPackets(int capacityBytes = 16 * 1024 * 1024) => new(_engine, capacityBytes, () => _source.Origins);

    /// <summary>Looks at every TZSP message for <see cref="OpenPackets"/>.</summary>
    private protected Capture.Tzsp.IDatagramTap Tap => _pipe is null ? _engine : _pipe;

    /// <summary>Opens the source, and the capture file if one is wanted, on this thread; then runs on the session's own.</summary>
    private protected void StartCapture(string? capturePath, Action? attach)
    {
        Start(
            () =>
            {
                try
                {
                    _source.Open();
                    if (capturePath is not null)
                    {
                        _recorder = new CaptureRecorder(capturePath, new CaptureWriterOptions(), OpenFrames());
                    }

                    attach?.Invoke();
                }
                catch
                {
                    _recorder?.Dispose();
                    _source.Dispose();
                    throw;
                }
            },
            Run);
    }

    private void Run()
    {
        try
        {
            _recorder?.Start();
            // Who takes every frame takes longer than all that is done with it before, and wants the other processor for himself.
            if (_pipe is null || _engine.HasReaders)
            {
                _source.Run(_engine, StopToken);
            }
            else
            {
                _pipe.Run(_source, $"Tracking {Name}", StopToken);
            }
        }
        finally
        {
            _engine.Complete();
            _recorder?.Dispose();
            _source.Dispose();
        }
    }

    private void OnRemoving(int row)
    {
        if (HasChangeReaders)
        {
            TellRemoval(_reader.Builder.Device(row));
        }
    }
}
