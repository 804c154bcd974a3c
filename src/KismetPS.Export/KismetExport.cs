using System.Diagnostics;
using System.Globalization;
using KismetPS.Capture;
using KismetPS.Export.Delivery;
using KismetPS.Export.Messages;
using KismetPS.Export.Spooling;
using KismetPS.Tracking;

namespace KismetPS.Export;

/// <summary>Sends devices on: what changes in sessions, again and again, or a list once.</summary>
public sealed class KismetExport : KismetSession
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    // What a receiver that reads may have of a host that goes.
    private static readonly TimeSpan s_hurry = TimeSpan.FromSeconds(1);

    private readonly ExportOptions _options;
    private readonly IReadOnlyList<DeviceSession> _sources;
    private readonly bool _once;
    private readonly DeliveryLog _log;
    private readonly MessageBuffer _message = new();
    private readonly ManualResetEventSlim _given = new();
    private readonly List<SourceFeed> _feeds = [];
    private IMessageEncoder _encoder = null!;
    private MessageStore _store = null!;
    private MessageSender _sender = null!;
    private Spool? _spool;
    private long _offered;

    private KismetExport(ExportOptions options, IReadOnlyList<DeviceSession> sources, bool once, string? name)
        : base(KismetSessionKind.Export, name)
    {
        _options = options;
        _sources = sources;
        _once = once;
        EndPoint = options.Host.Contains(':')
            ? string.Create(CultureInfo.InvariantCulture, $"[{options.Host}]:{options.Port}")
            : string.Create(CultureInfo.InvariantCulture, $"{options.Host}:{options.Port}");
        _log = new DeliveryLog(failure => Warn($"{failure.Message} [{failure.Id}]"));
    }

    /// <summary>Host and port.</summary>
    public override string EndPoint { get; }

    /// <summary>Transport.</summary>
    public KismetExportProtocol Protocol => _options.Protocol;

    /// <summary>Format of a message.</summary>
    public DeviceDataFormat DataFormat => _options.Format;

    /// <summary>Name of the count of messages: it stays the same as long as numbers go on from where they were.</summary>
    public string StreamId { get; private set; } = string.Empty;

    /// <summary>Whether there is a connection (TCP, TLS) or an address to send to (UDP).</summary>
    public bool IsConnected => _sender?.RemoteEndPoint is not null;

    /// <summary>Counters now: a <see cref="KismetExportStatistic"/>.</summary>
    public override KismetStatistic Statistics => ExportStatistics;

    /// <summary>How long the end may take.</summary>
    internal override TimeSpan ReleaseTime => _options.Timeout + TimeSpan.FromSeconds(2);

    /// <summary>Messages that were not delivered when it ended; those on the disk are sent by the next export from that folder.</summary>
    internal long Left { get; private set; }

    internal KismetExportStatistic ExportStatistics
    {
        get
        {
            MessageStoreCounters store = _store?.Counters ?? default;
            (KismetException? failure, DateTimeOffset? time) = _log.Last;
            List<KismetCounter> reasons = [];
            Add(reasons, "QueueFull", store.DroppedInMemory);
            Add(reasons, "SpoolFull", store.DroppedOnDisk);
            Add(reasons, nameof(KismetErrorId.SpoolDamaged), store.Damaged);
            Add(reasons, "TooLong", _sender?.TooLong ?? 0);
            Add(reasons, "ExpiredMissed", _feeds.Sum(static f => f.Missed));
            return new KismetExportStatistic
            {
                SessionId = Id,
                Name = Name,
                Received = store.Made,
                Bytes = _sender?.BytesSent ?? 0,
                Dropped = reasons.Sum(static r => r.Count),
                Evicted = store.DroppedInMemory + store.DroppedOnDisk,
                QueueDropped = store.DroppedInMemory,
                DropReasons = new DetailList<KismetCounter>(reasons),
                EndPoint = EndPoint,
                Protocol = Protocol,
                DataFormat = DataFormat,
                StreamId = StreamId,
                IsConnected = IsConnected,
                Sequence = store.Last,
                Sent = store.Taken,
                Delivered = Protocol == KismetExportProtocol.Udp ? null : Math.Max(0, store.Taken - store.Unconfirmed),
                Unconfirmed = Protocol == KismetExportProtocol.Udp ? 0 : store.Unconfirmed,
                Queued = store.Queued,
                Spooled = store.Spooled,
                SpoolBytes = store.SpoolBytes,
                Resent = store.Resent,
                Reconnects = Math.Max(0, (_sender?.Connections ?? 0) - 1),
                Refused = _sender?.Refused ?? 0,
                Shortened = _encoder?.Shortened ?? 0,
                NotSpooled = store.NotSpooled,
                LastError = failure is null ? null : $"{failure.Id}: {failure.Message}",
                LastErrorTime = time,
                Errors = _log.Counts,
            };
        }
    }

    /// <summary>Sends what changes in sessions until it is stopped or all of them have ended. Throws <see cref="KismetException"/> for options that contradict each other and a spool folder that cannot be used; an endpoint that is away is waited for.</summary>
    internal static KismetExport Start(IReadOnlyList<DeviceSession> sources, ExportOptions options, string? name = null)
    {
        KismetExport export = new(options, sources, once: false, name);
        export.Start(export.Open, export.Run);
        return export;
    }

    /// <summary>Sends what <see cref="Write(KismetDevice, bool, CancellationToken)"/> is given until <see cref="Complete"/>; ends when it is delivered, or when nothing could be sent for the timeout.</summary>
    internal static KismetExport StartOnce(ExportOptions options, string? name = null)
    {
        KismetExport export = new(options, [], once: true, name);
        export.Start(export.Open, export.Run);
        return export;
    }

    /// <summary>Adds a device; waits while the queue is full. False where there is no sense in giving more: it is over. One thread.</summary>
    internal bool Write(KismetDevice device, bool expired, CancellationToken stop = default)
    {
        _offered++;
        while (!_store.WaitForRoom(s_look))
        {
            stop.ThrowIfCancellationRequested();
            if (_sender.HasEnded)
            {
                return false;
            }
        }

        Write(expired ? ExportRecordKind.Expired : ExportRecordKind.Device, device, null, DateTimeOffset.UtcNow);
        return !_sender.HasEnded;
    }

    /// <summary>Lets the sender see what was written so far.</summary>
    internal void Flush() => _store.Flush();

    /// <summary>No more devices come.</summary>
    internal void Complete()
    {
        _store.Complete();
        _given.Set();
    }

    private protected override void Hurry() => _sender?.Finish(IsConnected ? s_hurry : TimeSpan.Zero);

    private static void Add(List<KismetCounter> reasons, string name, long count)
    {
        if (count > 0)
        {
            reasons.Add(new KismetCounter { Name = name, Count = count });
        }
    }

    private void Open()
    {
        ExportChecks.Check(_options);
        _encoder = MessageEncoders.Create(_options.Format, _options.Message);
        if (_options.SpoolPath is not null)
        {
            _spool = Spool.Open(_options.SpoolPath, _options.SpoolLimit, _options.Format.ToString(), _log.Add);
        }

        StreamId = _spool?.StreamId ?? Guid.NewGuid().ToString("N")[..12];
        _store = new MessageStore(_options.MemoryLimit, _spool, _once, _log.Add);
        _sender = new MessageSender(_options, _store, $"{EndPoint} ({Protocol.ToString().ToUpperInvariant()})", _log, _once);
        foreach (DeviceSession source in _sources)
        {
            _feeds.Add(new SourceFeed(source, _options.All, _options.Alerts));
        }
    }

    private void Run()
    {
        try
        {
            _sender.Start();
            if (_once)
            {
                WatchOnce();
            }
            else
            {
                Follow();
                _store.Complete();
                _sender.Finish(_options.Timeout);
                _sender.Join(ReleaseTime);
            }
        }
        finally
        {
            _sender.Dispose();
            MessageStoreCounters last = _store.Counters;
            Left = last.Queued + (Protocol == KismetExportProtocol.Udp ? 0 : last.Unconfirmed);
            if (_once)
            {
                Left += Math.Max(0, _offered - last.Made) + ExportStatistics.Dropped;
            }

            _store.Dispose();
            foreach (SourceFeed feed in _feeds)
            {
                feed.Dispose();
            }
        }

        Conclude();
    }

    private void Follow()
    {
        var ended = Task.WhenAll(_sources.Select(static s => s.Completion));
        long begin = Stopwatch.GetTimestamp();
        for (long tick = 0; ;)
        {
            bool last = ended.IsCompleted || StopToken.IsCancellationRequested;
            Tick();
            if (last || _sender.HasEnded)
            {
                return;
            }

            // On a grid, so that the rate holds whatever a look takes; one that takes longer than the rate leaves its successors out.
            tick = Math.Max(tick + 1, (long)Math.Ceiling(Stopwatch.GetElapsedTime(begin) / _options.UpdateRate));
            while (!ended.IsCompleted && _options.UpdateRate * tick - Stopwatch.GetElapsedTime(begin) is { Ticks: > 0 } wait)
            {
                if (StopToken.WaitHandle.WaitOne(wait < s_look ? wait : s_look))
                {
                    break;
                }
            }
        }
    }

    private void Tick()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        foreach (SourceFeed feed in _feeds)
        {
            feed.Read((kind, device, alert) => Write(kind, device, alert, now));
        }

        _store.Flush();
    }

    private void Write(ExportRecordKind kind, KismetDevice? device, KismetAlert? alert, DateTimeOffset now)
    {
        _message.Clear();
        _encoder.Write(_message, new ExportRecord(kind, device, alert, _store.Next, StreamId, now));
        _store.Append(_message.Written);
    }

    // Ends when all is given and delivered, or nothing has moved for the timeout while something waits.
    private void WatchOnce()
    {
        long moved = Stopwatch.GetTimestamp();
        (long Taken, long Confirmed, long Connections, long Bytes) before = default;
        while (!_sender.Join(s_look) || !_given.Wait(s_look))
        {
            MessageStoreCounters store = _store.Counters;
            (long Taken, long Confirmed, long Connections, long Bytes) now = (store.Taken, store.Confirmed, _sender.Connections, _sender.BytesSent);
            bool waiting = store.Queued + store.Unconfirmed > 0 || _given.IsSet;

            // The same messages to a receiver that resets each connection are no progress.
            bool again = now.Taken == before.Taken && now.Confirmed == before.Confirmed && (now.Connections != before.Connections || now.Bytes == before.Bytes);
            if (!again || !waiting)
            {
                moved = Stopwatch.GetTimestamp();
            }

            before = now;

            if (StopToken.IsCancellationRequested)
            {
                Complete();
                _sender.Finish(_options.Timeout);
                _sender.Join(ReleaseTime);
                return;
            }

            if (Stopwatch.GetElapsedTime(moved) > _options.Timeout && !_sender.HasEnded)
            {
                _sender.Abort();
            }
        }
    }

    private void Conclude()
    {
        if (Left == 0)
        {
            return;
        }

        KismetExportStatistic s = ExportStatistics;
        string what = string.Create(
            CultureInfo.InvariantCulture,
            $"{Left} of {Math.Max(Left, Math.Max(_offered, s.Received))} messages were not delivered to {EndPoint}{(s.LastError is null ? string.Empty : $" ({s.LastError})")}");
        if (_spool is not null)
        {
            what += $"; they are in '{_spool.Folder}'";
        }

        if (_once)
        {
            throw new KismetException(
                KismetErrorId.NotDelivered, what + ".", _spool is null ? "Send them again when the receiver is there." : "The next export from that folder sends them.", _log.Last.Failure);
        }

        Warn($"{what}. [{KismetErrorId.NotDelivered}]");
    }
}
