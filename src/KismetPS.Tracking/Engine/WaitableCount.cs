namespace KismetPS.Tracking.Engine;

/// <summary>A number that one thread counts up and one other waits for: it looks for some microseconds, then sleeps until it is woken.</summary>
internal sealed class WaitableCount
{
    // Ten looks are a few microseconds apart at most; at the others whoever else wants the processor gets it.
    private const int Looks = 40;

    private readonly object _lock = new();
    private long _value;
    private int _sleeping;
    private volatile bool _ended;

    /// <summary>The number. Any thread.</summary>
    public long Value => Volatile.Read(ref _value);

    /// <summary>Counts one more: what was written before is seen by who waited for it.</summary>
    public void Advance()
    {
        Volatile.Write(ref _value, _value + 1);
        Wake();
    }

    /// <summary>It will not rise any more.</summary>
    public void End()
    {
        _ended = true;
        Wake();
    }

    /// <summary>Waits until the number is above a value; false: it has ended and is not.</summary>
    public bool WaitAbove(long value)
    {
        SpinWait spin = default;
        while (!IsOver(value) && spin.Count < Looks)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        if (!IsOver(value))
        {
            Sleep(value);
        }

        return Value > value;
    }

    // In this order: a number that rose last and ended between two looks must not be taken for one that did not.
    private bool IsOver(long value)
    {
        bool ended = _ended;
        return Value > value || ended;
    }

    private void Sleep(long value)
    {
        lock (_lock)
        {
            // Either this is seen by who counts, or what it counted is seen here: a full fence on both sides.
            Interlocked.Exchange(ref _sleeping, 1);
            while (!IsOver(value))
            {
                Monitor.Wait(_lock);
            }

            Volatile.Write(ref _sleeping, 0);
        }
    }

    private void Wake()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _sleeping) != 0)
        {
            lock (_lock)
            {
                Monitor.Pulse(_lock);
            }
        }
    }
}
