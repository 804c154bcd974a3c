namespace KismetPS.Tracking.Engine;

/// <summary>
/// Lets one writer and its readers at the tables in turn. The writer holds it for a batch, a reader for a few dozen rows;
/// a writer that leaves lets waiting readers through before it may come back, which a plain lock does not see to.
/// </summary>
internal sealed class TrackerGate
{
    private readonly object _lock = new();
    private int _waiting;

    /// <summary>The writer comes in.</summary>
    public void EnterWriter() => Monitor.Enter(_lock);

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
    }

    /// <summary>A reader leaves.</summary>
    public void ExitReader() => Monitor.Exit(_lock);
}
