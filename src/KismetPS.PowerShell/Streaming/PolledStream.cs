using System.Diagnostics;

namespace KismetPS.PowerShell.Streaming;

/// <summary>
/// A stream that asks for what has changed at an interval, so that a device that changes a thousand times a second is written once per interval.
/// Until the first change it asks often: the first object should not wait for a whole interval.
/// </summary>
internal abstract class PolledStream(Task completion, TimeSpan interval) : SessionStream
{
    private static readonly TimeSpan s_eager = TimeSpan.FromMilliseconds(50);

    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _pace = interval < s_eager ? interval : s_eager;
    private TimeSpan _due;

    public sealed override bool Read(List<object> into, TimeSpan wait, CancellationToken stop)
    {
        TimeSpan left = _due - Stopwatch.GetElapsedTime(_start);
        if (left > TimeSpan.Zero)
        {
            completion.Wait(left < wait ? left : wait, stop);
        }

        // Asked before reading: what came before the end is read by the last poll.
        bool ended = completion.IsCompleted;
        TimeSpan now = Stopwatch.GetElapsedTime(_start);
        if (!ended && now < _due)
        {
            return true;
        }

        int before = into.Count;
        Poll(into);
        if (into.Count > before)
        {
            _pace = interval;
        }

        _due = now + _pace;
        return !ended;
    }

    public sealed override void Flush(List<object> into) => Poll(into);

    protected abstract void Poll(List<object> into);
}
