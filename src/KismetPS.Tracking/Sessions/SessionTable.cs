using KismetPS.Capture;

namespace KismetPS.Tracking;

/// <summary>The sessions of one owner (a runspace, a process). Thread-safe.</summary>
internal sealed class SessionTable
{
    // A shell runs for a month: what ended long ago must not fill its memory with tables of devices.
    private const int MostEndedWithTables = 8;
    private const int MostEnded = 64;

    private readonly object _gate = new();
    private readonly List<KismetSession> _sessions = [];

    /// <summary>
    /// Adds a session. Ended ones stay until <see cref="Remove"/>, so that their tables can be read, but of those with tables of devices only the
    /// 8 started last, and 64 in all. Who holds a session can read it however many came after it.
    /// </summary>
    public void Add(KismetSession session)
    {
        lock (_gate)
        {
            _sessions.Add(session);
            Forget(static s => s is DeviceSession && s.Completion.IsCompleted, MostEndedWithTables);
            Forget(static s => s.Completion.IsCompleted, MostEnded);
        }
    }

    /// <summary>Forgets a session; false if it was not here.</summary>
    public bool Remove(KismetSession session)
    {
        lock (_gate)
        {
            return _sessions.Remove(session);
        }
    }

    /// <summary>A copy of the list, oldest first.</summary>
    public IReadOnlyList<KismetSession> ToList()
    {
        lock (_gate)
        {
            return [.. _sessions];
        }
    }

    /// <summary>Fails with <see cref="KismetErrorId.SessionNameInUse"/> where a running session has that name.</summary>
    public void CheckName(string? name)
    {
        if (name is not null && ToList().Any(s => !s.Completion.IsCompleted && string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new KismetException(KismetErrorId.SessionNameInUse, $"A session named '{name}' is running.", "Choose another name, or stop that session first.");
        }
    }

    /// <summary>Stops all and waits for each to release what it holds, up to five seconds in all.</summary>
    public void StopAll(KismetStopReason reason)
    {
        Task.WaitAll([.. ToList().Select(s => s.StopAsync(reason))], TimeSpan.FromSeconds(5));
    }

    // The oldest of those that may go, until so many are left.
    private void Forget(Predicate<KismetSession> mayGo, int most)
    {
        int excess = _sessions.FindAll(mayGo).Count - most;
        _sessions.RemoveAll(s => excess > 0 && mayGo(s) && excess-- > 0);
    }
}
