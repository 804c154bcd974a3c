using KismetPS.Capture;

namespace KismetPS.Tracking;

/// <summary>Something that runs in the background: a capture, a connection, a server, an export. Created → Starting → Running → Stopping → Stopped or Faulted.</summary>
public abstract class KismetSession : IDisposable
{
    private const int MaxWarnings = 16;

    private static int s_lastId;

    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<string> _warnings = new();
    private KismetSessionState _state;

    private protected KismetSession(KismetSessionKind kind, string? name)
    {
        Id = Interlocked.Increment(ref s_lastId);
        Kind = kind;
        Name = string.IsNullOrEmpty(name) ? $"{kind}{Id}" : name;
    }

    /// <summary>Number, unique in the process.</summary>
    public int Id { get; }

    /// <summary>Name, given or made from kind and number.</summary>
    public string Name { get; }

    /// <summary>Kind.</summary>
    public KismetSessionKind Kind { get; }

    /// <summary>State now.</summary>
    public KismetSessionState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>When it was started (UTC).</summary>
    public DateTimeOffset StartTime { get; private set; }

    /// <summary>Address and port, path or interface.</summary>
    public abstract string EndPoint { get; }

    /// <summary>Counters now.</summary>
    public abstract KismetStatistic Statistics { get; }

    /// <summary>What went wrong, null if nothing did.</summary>
    public KismetException? Error { get; private set; }

    /// <summary>Why it ended.</summary>
    public KismetStopReason StopReason { get; private set; }

    /// <summary>Completes when the session has ended and all it held is released. Never faults: see <see cref="Error"/>.</summary>
    public Task Completion => _completion.Task;

    /// <summary>
    /// Takes the next warning nobody has been told of yet, oldest first; false when there is none. A session runs in the background and cannot tell
    /// by itself: whoever deals with it next does.
    /// </summary>
    internal bool TryTakeWarning(out string? warning)
    {
        lock (_warnings)
        {
            return _warnings.TryDequeue(out warning);
        }
    }

    /// <summary>Something its user should know that does not end the session. The newest sixteen are kept.</summary>
    private protected void Warn(string warning)
    {
        lock (_warnings)
        {
            if (_warnings.Count == MaxWarnings)
            {
                _warnings.Dequeue();
            }

            _warnings.Enqueue(warning);
        }
    }

    /// <summary>How long the session may take from the request to stop to its end.</summary>
    internal virtual TimeSpan ReleaseTime => TimeSpan.FromSeconds(5);

    /// <summary>Cancelled when the session is asked to stop.</summary>
    private protected CancellationToken StopToken => _stop.Token;

    /// <summary>Asks the session to stop and gives <see cref="Completion"/>. May be called at any time, by anybody, again.</summary>
    public Task StopAsync() => StopAsync(KismetStopReason.Requested);

    /// <summary>Stops the session and waits up to five seconds.</summary>
    public void Dispose()
    {
        StopAsync(KismetStopReason.HostClosed).Wait(TimeSpan.FromSeconds(5));
        GC.SuppressFinalize(this);
    }

    /// <summary>Kind, name and state.</summary>
    public override string ToString() => $"{Name} ({Kind}, {State})";

    internal Task StopAsync(KismetStopReason reason)
    {
        if (reason == KismetStopReason.HostClosed)
        {
            Hurry();
        }

        lock (_gate)
        {
            switch (_state)
            {
                case KismetSessionState.Created:
                    _state = KismetSessionState.Stopped;
                    StopReason = reason;
                    _completion.TrySetResult();
                    return Completion;
                case KismetSessionState.Starting or KismetSessionState.Running:
                    _state = KismetSessionState.Stopping;
                    StopReason = reason;
                    break;
                default:
                    return Completion;
            }
        }

        _stop.Cancel();
        return Completion;
    }

    /// <summary>Nobody is left to wait for a good end: what takes long is left out. Called once or more, at any time, before the session is asked to stop or while it stops.</summary>
    private protected virtual void Hurry()
    {
    }

    /// <summary>Opens on the caller's thread; a failure is the caller's exception and leaves the session faulted.</summary>
    private protected void Start(Action open, Action run)
    {
        lock (_gate)
        {
            if (_state != KismetSessionState.Created)
            {
                throw new InvalidOperationException("A session starts once.");
            }

            _state = KismetSessionState.Starting;
            StartTime = DateTimeOffset.UtcNow;
        }

        try
        {
            open();
        }
        catch (Exception e)
        {
            End(e);
            throw;
        }

        lock (_gate)
        {
            if (_state == KismetSessionState.Starting)
            {
                _state = KismetSessionState.Running;
            }
        }

        // A thread of its own: the receive loop blocks and must not hold one of the pool's.
        new Thread(() => Body(run)) { IsBackground = true, Name = Name }.Start();
    }

    private void Body(Action run)
    {
        Exception? failure = null;
        try
        {
            run();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopping is the way a session ends, not a failure.
        }
#pragma warning disable CA1031 // whatever a session dies of is kept for its user; nothing may take the process down
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e;
        }

        End(failure);
    }

    private void End(Exception? failure)
    {
        lock (_gate)
        {
            if (failure is null)
            {
                if (StopReason == KismetStopReason.None)
                {
                    StopReason = KismetStopReason.EndOfInput;
                }

                _state = KismetSessionState.Stopped;
            }
            else
            {
                Error = failure as KismetException
                    ?? new KismetException(KismetErrorId.InternalFailure, failure.Message, "This is a defect; please report it with the details.", failure);
                StopReason = KismetStopReason.Failed;
                _state = KismetSessionState.Faulted;
            }
        }

        _completion.TrySetResult();
    }
}
