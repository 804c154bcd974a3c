using System.Diagnostics;
using KismetPS.Tracking;

namespace KismetPS.Cli.Commands;

/// <summary>When a session that has no end of its own is to end: signal, duration, silence, or its own failure.</summary>
internal sealed class Bounds(KismetSession session, CancellationToken stop, TimeSpan? duration, TimeSpan? idle)
{
    private readonly long _begin = Stopwatch.GetTimestamp();
    private long _received;
    private long _lastReceived = Stopwatch.GetTimestamp();

    public bool Reached =>
        stop.IsCancellationRequested
        || session.Completion.IsCompleted
        || (duration is TimeSpan most && Stopwatch.GetElapsedTime(_begin) >= most)
        || (idle is TimeSpan silence && IsIdle(silence));

    private bool IsIdle(TimeSpan silence)
    {
        long received = session.Statistics.Received;
        if (received != _received)
        {
            _received = received;
            _lastReceived = Stopwatch.GetTimestamp();
        }

        return Stopwatch.GetElapsedTime(_lastReceived) >= silence;
    }
}
