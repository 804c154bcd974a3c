using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.Wireless;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;

namespace KismetPS.Tracking.Engine;

/// <summary>
/// Source → decode → track → consumers: what a session's source thread runs for each frame, and what readers come to for snapshots.
/// Allocates nothing per frame.
/// </summary>
internal sealed class CaptureEngine : IFrameSink, IDatagramTap
{
    private readonly long[] _outcomes = new long[Enum.GetValues<DecodeStatus>().Length];
    private readonly RateMeter _rate = new();
    private readonly object _subscribing = new();
    private ByteRing<FrameRecord>[] _frameRings = [];
    private ByteRing<PacketRecord>[] _packetRings = [];
    private long _endedDropped;
    private long _endedHighWater;
    private long _inBatch;
    private long _newestNs;
    private readonly bool _lossless;
    private readonly CancellationToken _stop;
    private FrameFacts _facts;
    private bool _completed;

    /// <param name="options">Limits of the tables.</param>
    /// <param name="sessionId">Number of the session.</param>
    /// <param name="lossless">
    /// Whether a full queue holds the source up instead of dropping: right for a file, which waits, wrong for the air, which does not.
    /// </param>
    /// <param name="stop">Ends the waiting for a reader that does not read.</param>
    public CaptureEngine(TrackerOptions options, int sessionId, bool lossless, CancellationToken stop)
    {
        _lossless = lossless;
        _stop = stop;
        Tracker = new DeviceTracker(options);
        Tracker.Alerts.SessionId = sessionId;
    }

    /// <summary>The tables and their rules; under <see cref="Gate"/>.</summary>
    public DeviceTracker Tracker { get; }

    /// <summary>Who may be at the tables.</summary>
    public TrackerGate Gate { get; } = new();

    /// <summary>Frames per second now.</summary>
    public double FramesPerSecond => _rate.PerSecond;

    /// <summary>Whether anybody reads single frames or messages.</summary>
    public bool HasReaders => _frameRings.Length > 0 || HasPacketReaders;

    /// <summary>Whether anybody reads TZSP messages.</summary>
    public bool HasPacketReaders => _packetRings.Length > 0;

    /// <summary>Packets by outcome of decoding.</summary>
    public long Outcome(DecodeStatus status) => Volatile.Read(ref _outcomes[(int)status]);

    public void BeginBatch() => Gate.EnterWriter();

    public bool TakesHints => Tracker.Tables.TakesHints;

    public void Expect(ReadOnlySpan<ExpectedStation> stations) => Tracker.Tables.Expect(stations);

    public void OnFrame(ReadOnlySpan<byte> packet, in FrameInfo info)
    {
        RadioInfo radio = info.Radio;
        DecodeStatus status = FrameDecoder.Decode(packet, info.LinkType, info.Origin.Fcs, ref radio, ref _facts, info.OriginalLength - packet.Length);
        _outcomes[(int)status]++;
        _inBatch++;
        _newestNs = Math.Max(_newestNs, info.TimestampNs);
        if (status == DecodeStatus.Ok)
        {
            Tracker.OnFrame(packet.Slice(_facts.FrameOffset, _facts.FrameLength), _facts, radio, info);
        }
        else if (status == DecodeStatus.FcsError)
        {
            Tracker.OnDamagedFrame(packet.Slice(_facts.FrameOffset, _facts.FrameLength));
        }

        ByteRing<FrameRecord>[] rings = _frameRings;
        if (rings.Length > 0)
        {
            FrameRecord record = FrameRecord.From(info, info.Radio.Fcs == FcsState.Unknown ? radio.Fcs : info.Radio.Fcs);
            foreach (ByteRing<FrameRecord> ring in rings)
            {
                Put(ring, record, packet);
            }
        }
    }

    public void OnMessage(ReadOnlySpan<byte> message, FrameOrigin origin, long timestampNs)
    {
        PacketRecord record = new() { TimestampNs = timestampNs, Origin = origin.Index };
        foreach (ByteRing<PacketRecord> ring in _packetRings)
        {
            Put(ring, record, message);
        }
    }

    public void EndBatch()
    {
        Tracker.Tick(Now);
        _rate.Add(_inBatch);
        _inBatch = 0;
        Gate.ExitWriter();
        Publish();
    }

    public void OnIdle()
    {
        Gate.EnterWriter();
        Tracker.Tick(Now);
        Gate.ExitWriter();
        Publish();
    }

    /// <summary>Opens a queue of frames.</summary>
    public ByteRing<FrameRecord> OpenFrames(int capacityBytes) => Open(ref _frameRings, capacityBytes);

    /// <summary>Opens a queue of TZSP messages.</summary>
    public ByteRing<PacketRecord> OpenPackets(int capacityBytes) => Open(ref _packetRings, capacityBytes);

    /// <summary>Closes a queue.</summary>
    public void Close(ByteRing<FrameRecord> ring) => Close(ref _frameRings, ring);

    /// <summary>Closes a queue.</summary>
    public void Close(ByteRing<PacketRecord> ring) => Close(ref _packetRings, ring);

    /// <summary>Nothing more will come: readers end when they have read what is there.</summary>
    public void Complete()
    {
        lock (_subscribing)
        {
            _completed = true;
            foreach (IRing ring in Rings())
            {
                ring.Complete();
            }
        }
    }

    /// <summary>Most records that ever waited, and records dropped, over all queues there were.</summary>
    public (long HighWater, long Dropped) QueueCounters()
    {
        lock (_subscribing)
        {
            long highWater = _endedHighWater;
            long dropped = _endedDropped;
            foreach (IRing ring in Rings())
            {
                highWater = Math.Max(highWater, ring.HighWater);
                dropped += ring.Dropped;
            }

            return (highWater, dropped);
        }
    }

    // In a file the time is that of its packets; on the air, that of the clock, which goes on where nothing is heard.
    private long Now => _lossless ? _newestNs : UnixTime.NowNs;

    private void Put<T>(ByteRing<T> ring, in T header, ReadOnlySpan<byte> payload)
        where T : unmanaged
    {
        bool canWait = _lossless && ring.Fits(payload.Length);
        if (ring.TryWrite(header, payload, countDrop: !canWait) || !canWait)
        {
            return;
        }

        // The gate is open while waiting: the reader that has to make room may be asking for a snapshot.
        Gate.ExitWriter();
        while (!ring.TryWrite(header, payload, countDrop: false))
        {
            if (ring.IsClosed || _stop.IsCancellationRequested)
            {
                ring.CountDrop();
                break;
            }

            ring.Publish();
            Thread.Sleep(1);
        }

        Gate.EnterWriter();
    }

    private IRing[] Rings() => [.. _frameRings, .. _packetRings];

    private void Publish()
    {
        foreach (ByteRing<FrameRecord> ring in _frameRings)
        {
            ring.Publish();
        }

        foreach (ByteRing<PacketRecord> ring in _packetRings)
        {
            ring.Publish();
        }
    }

    private ByteRing<T> Open<T>(ref ByteRing<T>[] rings, int capacityBytes)
        where T : unmanaged
    {
        ByteRing<T> ring = new(capacityBytes);
        lock (_subscribing)
        {
            rings = [.. rings, ring];
            if (_completed)
            {
                ring.Complete();
            }
        }

        return ring;
    }

    private void Close<T>(ref ByteRing<T>[] rings, ByteRing<T> ring)
        where T : unmanaged
    {
        lock (_subscribing)
        {
            if (Array.IndexOf(rings, ring) < 0)
            {
                return;
            }

            rings = [.. rings.Where(r => r != ring)];
            _endedDropped += ring.Dropped;
            _endedHighWater = Math.Max(_endedHighWater, ring.HighWater);
        }

        ring.Close();
    }
}
