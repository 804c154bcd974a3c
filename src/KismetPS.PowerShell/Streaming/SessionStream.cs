namespace KismetPS.PowerShell.Streaming;

/// <summary>Objects as they come from a session, for the pipeline or a job. One reading thread at a time.</summary>
internal abstract class SessionStream : IDisposable
{
    /// <summary>What a slow reader did not get.</summary>
    public virtual long Dropped => 0;

    /// <summary>Waits up to <paramref name="wait"/> for objects and adds them; false when the input has ended and all was read.</summary>
    public abstract bool Read(List<object> into, TimeSpan wait, CancellationToken stop);

    /// <summary>Adds what would have waited for the next interval, where the reader ends before it.</summary>
    public virtual void Flush(List<object> into)
    {
    }

    public abstract void Dispose();
}
