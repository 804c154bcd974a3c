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
        bool whole = Poll(into);
        if (into.Count > before)
        {
            _pace = interval;
        }

        // What is left of a look is told at once, when what there is was written.
        _due = whole ? now + _pace : now;
        return !(ended && whole);
    }

    public sealed override void Flush(List<object> into)
    {
        while (!Poll(into))
        {
        }
    }

    /// <summary>Adds what has changed; false where that was a part of it.</summary>
    protected abstract bool Poll(List<object> into);
}
