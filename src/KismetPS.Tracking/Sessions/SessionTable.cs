using KismetPS.Capture;

namespace KismetPS.Tracking;

/// <summary>The sessions of one owner (a runspace, a process). Thread-safe.</summary>
internal sealed class SessionTable
{
    private readonly object _gate = new();
    private readonly List<KismetSession> _sessions = [];

    /// <summary>Adds a session. Ended ones stay until <see cref="Remove"/> or until more than 64 ended ones are kept, so that their tables can be read.</summary>
    public void Add(KismetSession session)
    {
        lock (_gate)
        {
            _sessions.Add(session);
            int ended = _sessions.Count(static s => s.Completion.IsCompleted);
            for (int i = 0; ended > 64 && i < _sessions.Count;)
            {
                if (_sessions[i].Completion.IsCompleted)
                {
                    _sessions.RemoveAt(i);
                    ended--;
                }
                else
                {
                    i++;
                }
            }
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
}
