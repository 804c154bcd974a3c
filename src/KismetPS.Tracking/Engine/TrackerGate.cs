using System.Diagnostics;

namespace KismetPS.Tracking.Engine;

/// <summary>
/// Lets one writer and its readers at the tables in turn. The writer holds it for a batch, a reader for a few dozen rows;
/// a writer that leaves lets waiting readers through before it may come back, which a plain lock does not see to, and a reader that has
/// kept the writer waiting gives it as long a time as it took itself: making objects takes many times as long as taking frames in.
/// </summary>
internal sealed class TrackerGate
{
    private readonly object _lock = new();
    private int _waiting;
    private int _writerWaits;
    private long _readerCame;

    /// <summary>The writer comes in.</summary>
    public void EnterWriter()
    {
        if (Monitor.TryEnter(_lock))
        {
            return;
        }

        Volatile.Write(ref _writerWaits, 1);
        Monitor.Enter(_lock);
        Volatile.Write(ref _writerWaits, 0);
    }

    /// <summary>The writer leaves and gives readers their turn.</summary>
    public void ExitWriter()
    {
        Monitor.Exit(_lock);
        if (Volatile.Read(ref _waiting) == 0)
        {
            return;
        }

        // A reader was woken by the exit; give it the time to get in (some microseconds), and no more if it does not come.
        SpinWait spin = default;
        for (int i = 0; i < 50 && Volatile.Read(ref _waiting) != 0; i++)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>A reader comes in.</summary>
    public void EnterReader()
    {
        Interlocked.Increment(ref _waiting);
        Monitor.Enter(_lock);
        Interlocked.Decrement(ref _waiting);
        _readerCame = Stopwatch.GetTimestamp();
    }

    /// <summary>A reader leaves.</summary>
    public void ExitReader()
    {
        long left = Stopwatch.GetTimestamp();
        long until = left + (left - _readerCame);
        bool writerWaits = Volatile.Read(ref _writerWaits) != 0;
        Monitor.Exit(_lock);
        while (writerWaits && Stopwatch.GetTimestamp() < until)
        {
            Thread.Yield();
        }
    }
}
