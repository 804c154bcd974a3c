using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using KismetPS.Capture;
using KismetPS.Kismet.RemoteCapture;
using KismetPS.Kismet.Rest;
using KismetPS.Tracking;

namespace KismetPS.Kismet;

/// <summary>
/// Sends the frames of sessions to a Kismet server as one of its capture sources (KismetExternal 3, servers of 2025 and later), and comes back by itself
/// as the same source when the connection is lost. Frames that find the queue full are dropped and counted; no session is ever slowed.
/// </summary>
public sealed class KismetCaptureExport : KismetSession
{
    private const int BatchBytes = 64 * 1024;
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(1);

    private readonly RemoteCaptureOptions _options;
    private readonly RemoteSource _source;
    private readonly RestCredential _credential;
    private readonly RemoteDialogue _dialogue;
    private readonly IReadOnlyList<CaptureSession> _sessions;
    private readonly List<FrameReader> _readers = [];
    private readonly RemotePacketEncoder _encoder = new();
    private readonly byte[] _batch = new byte[BatchBytes];
    private readonly BackOff _backOff;
    private readonly CancellationToken _cancel;
    private readonly object _errors = new();
    private readonly Func<RemoteDialogue, (int Length, int Frames)> _fill;
    private RemoteLink? _link;
    private long _taken;
    private long _sent;
    private long _bytes;
    private long _skipped;
    private long _lost;
    private long _reconnects;
    private KismetException? _lastError;
    private DateTimeOffset? _lastErrorTime;
    private volatile bool _connected;

    private KismetCaptureExport(IReadOnlyList<CaptureSession> sessions, RemoteCaptureOptions options, string? name, CancellationToken cancel)
        : base(KismetSessionKind.Export, name)
    {
        _sessions = sessions;
        _options = options;
        _cancel = cancel;
        _credential = options.Protocol == KismetCaptureProtocol.WebSocket ? RestCredential.Of(options.Server) : RestCredential.Of(new Connections.KismetConnectionOptions());
        string sourceName = options.SourceName ?? $"{Environment.MachineName}-{sessions[0].Name}";
        _source = new RemoteSource
        {
            Name = sourceName,
            Type = options.SourceType,
            Uuid = options.SourceUuid ?? RemoteSource.UuidOf($"{options.SourceType}\n{sourceName}"),
            Hardware = $"KismetPS {sessions[0].Kind}",
            Version = typeof(KismetCaptureExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0",
        };
        _dialogue = new RemoteDialogue(_source);
        _backOff = new BackOff(options.FirstWait, options.LongestWait);
        _fill = Fill;
        EndPoint = options.Server.Uri is { } uri
            ? Connections.KismetConnectionOptions.Shown(uri)
            : options.Server.ComputerName.Contains(':')
                ? string.Create(CultureInfo.InvariantCulture, $"[{options.Server.ComputerName}]:{options.Server.Port}")
                : string.Create(CultureInfo.InvariantCulture, $"{options.Server.ComputerName}:{options.Server.Port}");
    }

    /// <summary>Host and port, or the address of a server behind a proxy.</summary>
    public override string EndPoint { get; }

    /// <summary>Way to the server.</summary>
    public KismetCaptureProtocol Protocol => _options.Protocol;

    /// <summary>Name of the source at the server.</summary>
    public string SourceName => _source.Name;

    /// <summary>Type of the source at the server.</summary>
    public string SourceType => _source.Type;

    /// <summary>Identity of the source at the server: the same for the same name on the same machine.</summary>
    public string SourceUuid => _source.Uuid.ToString("D").ToUpperInvariant();

    /// <summary>Whether the server has the source open now.</summary>
    public bool IsConnected => _connected;

    /// <summary>Counters now: a <see cref="KismetCaptureExportStatistic"/>.</summary>
    public override KismetStatistic Statistics => CaptureStatistics;

    internal KismetCaptureExportStatistic CaptureStatistics
    {
        get
        {
            long full = _readers.Sum(static r => r.Dropped);
            long lost = Volatile.Read(ref _lost);
            long skipped = Volatile.Read(ref _skipped);
            List<KismetCounter> reasons = [];
            Add(reasons, "QueueFull", full);
            Add(reasons, nameof(KismetErrorId.ConnectionLost), lost);
            Add(reasons, "NotWireless", skipped);
            (KismetException? error, DateTimeOffset? time) = LastError;
            return new KismetCaptureExportStatistic
            {
                SessionId = Id,
                Name = Name,
                Received = Volatile.Read(ref _taken),
                Bytes = Volatile.Read(ref _bytes),
                Dropped = full + lost + skipped,
                QueueDropped = full,
                QueueHighWater = _readers.Sum(static r => r.HighWater),
                DropReasons = new DetailList<KismetCounter>(reasons),
                EndPoint = EndPoint,
                Protocol = Protocol,
                SourceName = SourceName,
                SourceUuid = SourceUuid,
                IsConnected = IsConnected,
                Sent = Volatile.Read(ref _sent),
                Queued = _readers.Sum(static r => r.Queued),
                Skipped = skipped,
                Reconnects = Volatile.Read(ref _reconnects),
                Pings = _dialogue.Pings,
                ChannelRequests = _dialogue.ChannelRequests,
                LastError = error is null ? null : $"{error.Id}: {error.Message}",
                LastErrorTime = time,
            };
        }
    }

    private (KismetException? Error, DateTimeOffset? Time) LastError
    {
        get
        {
            lock (_errors)
            {
                return (_lastError, _lastErrorTime);
            }
        }
    }

    /// <summary>
    /// Connects on this thread and waits until the server has opened the source; then sends in the background until it is stopped or all sessions have
    /// ended and their frames are sent. Throws <see cref="KismetException"/>.
    /// </summary>
    internal static KismetCaptureExport Start(IReadOnlyList<CaptureSession> sessions, RemoteCaptureOptions options, string? name = null, CancellationToken cancel = default)
    {
        RemoteCaptureChecks.Check(options);
        KismetCaptureExport export = new(sessions, options, name, cancel);
        export.Start(export.Open, export.Run);
        return export;
    }

    private static void Add(List<KismetCounter> reasons, string name, long count)
    {
        if (count > 0)
        {
            reasons.Add(new KismetCounter { Name = name, Count = count });
        }
    }

    private void Open()
    {
        _link = Connect(_cancel);
        _connected = true;

        // Not before: a server that cannot be reached must cost the sessions nothing.
        foreach (CaptureSession session in _sessions)
        {
            _readers.Add(session.OpenFrames(_options.QueueBytes));
        }
    }

    private RemoteLink Connect(CancellationToken stop) =>
        RemoteLink.OpenAsync(_options, _dialogue, _credential, EndPoint, stop).GetAwaiter().GetResult();

    private void Run()
    {
        // A server that has stopped reading must not hold the end up.
        using CancellationTokenRegistration stopping = StopToken.Register(() => _link?.EndAfter(s_farewell * 2));
        try
        {
            while (!Pump(_link!))
            {
                KismetException why = _link!.Failure ?? new KismetException(KismetErrorId.ConnectionLost, $"The connection to {EndPoint} was lost.", "Check the network and the server.");
                if (_link.Age >= _options.GoodConnection)
                {
                    _backOff.Reset();
                }

                _connected = false;
                _link.Dispose();
                Note(why);
                if (!_options.Server.Reconnect)
                {
                    throw why;
                }

                Warn($"{why.Message} It is tried again until the session is stopped; frames wait meanwhile, as many as the queue holds. [{why.Id}]");
                if (!TryReconnect())
                {
                    return;
                }
            }

            _link!.Finish(StopToken.IsCancellationRequested ? "stopped" : "no more frames", s_farewell);
        }
        finally
        {
            _connected = false;
            _link?.Dispose();
            _readers.ForEach(static r => r.Dispose());
        }
    }

    /// <summary>Sends while the connection holds. True: nothing more is to be sent; false: the connection has ended.</summary>
    private bool Pump(RemoteLink link)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(StopToken, link.Ended);
        try
        {
            while (!StopToken.IsCancellationRequested)
            {
                if (link.Ended.IsCancellationRequested)
                {
                    return false;
                }

                (int length, int frames) = link.Under(_fill);
                if (length > 0)
                {
                    if (!link.TryWrite(_batch.AsMemory(0, length)))
                    {
                        // Some of them may have arrived; nobody can tell.
                        Volatile.Write(ref _lost, _lost + frames);
                        return StopToken.IsCancellationRequested;
                    }

                    Volatile.Write(ref _sent, _sent + frames);
                    Volatile.Write(ref _bytes, _bytes + length);
                }
                else if (!WaitForFrames(either.Token))
                {
                    return true;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return StopToken.IsCancellationRequested;
        }

        return true;
    }

    private (int Length, int Frames) Fill(RemoteDialogue dialogue)
    {
        int length = 0;
        int frames = 0;
        foreach (FrameReader reader in _readers)
        {
            while (_batch.Length - length >= ExternalFrame.MaxLength && reader.TryReadRaw(out ReadOnlySpan<byte> packet, out FrameInfo info))
            {
                int written = _encoder.TryWrite(dialogue, _batch.AsSpan(length), packet, info);
                Volatile.Write(ref _taken, _taken + 1);
                if (written == 0)
                {
                    Volatile.Write(ref _skipped, _skipped + 1);
                    continue;
                }

                length += written;
                frames++;
            }
        }

        if (_encoder.Channel > 0 && frames > 0)
        {
            dialogue.HeardOn(_encoder.Channel);
        }

        return (length, frames);
    }

    /// <summary>False: all sessions have ended and all their frames are read.</summary>
    private bool WaitForFrames(CancellationToken stop)
    {
        if (_readers.Count == 1)
        {
            return _readers[0].Wait(s_wait, stop);
        }

        bool more = false;
        foreach (FrameReader reader in _readers)
        {
            more |= reader.Wait(s_turn / _readers.Count, stop);
        }

        return more;
    }

    private bool TryReconnect()
    {
        long since = Stopwatch.GetTimestamp();
        while (!StopToken.WaitHandle.WaitOne(_backOff.Next()))
        {
            try
            {
                _link = Connect(StopToken);
                _connected = true;
                Volatile.Write(ref _reconnects, _reconnects + 1);
                return true;
            }
            catch (KismetException e)
            {
                Note(e);
            }

            if (_sessions.All(static s => s.Completion.IsCompleted) && Stopwatch.GetElapsedTime(since) > _options.Server.ConnectTimeout)
            {
                throw new KismetException(
                    KismetErrorId.NotDelivered,
                    string.Create(CultureInfo.InvariantCulture, $"All sessions have ended, {EndPoint} did not come back, and {_readers.Sum(static r => r.Queued)} frames were not sent."),
                    "Read them again when the server is there; -CapturePath keeps what a session hears.",
                    LastError.Error);
            }
        }

        return false;
    }

    private void Note(KismetException e)
    {
        lock (_errors)
        {
            _lastError = e;
            _lastErrorTime = DateTimeOffset.UtcNow;
        }
    }
}
