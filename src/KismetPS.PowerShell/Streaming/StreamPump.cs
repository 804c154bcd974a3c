using System.Diagnostics;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Carries objects from a stream to whoever writes them, on the caller's thread, until a limit or the end is reached.</summary>
internal sealed class StreamPump(SessionStream stream, StreamLimits limits, IReadOnlyCollection<KismetSession> sessions)
{
    // Long enough to cost nothing, short enough for limits and progress to be on time.
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(200);

    private readonly List<object> _batch = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public long Written { get; private set; }

    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Runs; <paramref name="tick"/> is called between batches, on this thread.</summary>
    public KismetStopReason Run(Action<object> write, Action<StreamPump>? tick, CancellationToken stop)
    {
        long received = 0;
        TimeSpan heard = TimeSpan.Zero;
        while (true)
        {
            _batch.Clear();
            bool more = stream.Read(_batch, WaitTime(heard), stop);
            bool over = more && IsOver(ref received, ref heard);
            if (over)
            {
                stream.Flush(_batch);
            }

            foreach (object item in _batch)
            {
                stop.ThrowIfCancellationRequested();
                write(item);
                if (++Written == limits.Count)
                {
                    return KismetStopReason.LimitReached;
                }
            }

            tick?.Invoke(this);
            if (over || !more)
            {
                return over ? KismetStopReason.LimitReached : KismetStopReason.EndOfInput;
            }
        }
    }

    private bool IsOver(ref long received, ref TimeSpan heard)
    {
        if (limits.Duration > TimeSpan.Zero && _clock.Elapsed >= limits.Duration)
        {
            return true;
        }

        if (limits.IdleTimeout == TimeSpan.Zero)
        {
            return false;
        }

        long now = sessions.Sum(static s => s.Statistics.Received);
        if (now != received)
        {
            received = now;
            heard = _clock.Elapsed;
        }

        return _clock.Elapsed - heard >= limits.IdleTimeout;
    }

    private TimeSpan WaitTime(TimeSpan heard)
    {
        TimeSpan wait = s_tick;
        if (limits.Duration > TimeSpan.Zero)
        {
            wait = Min(wait, limits.Duration - _clock.Elapsed);
        }

        if (limits.IdleTimeout > TimeSpan.Zero)
        {
            wait = Min(wait, heard + limits.IdleTimeout - _clock.Elapsed);
        }

        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
