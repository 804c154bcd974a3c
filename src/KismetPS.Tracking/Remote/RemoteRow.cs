namespace KismetPS.Tracking.Remote;

/// <summary>
/// What a remote server told of one device or network. Each protocol keeps its own facts in a row of its own and makes the object users see
/// only when somebody reads it; written and read under the gate of <see cref="RemoteTables"/>.
/// </summary>
/// <typeparam name="T">The object users see.</typeparam>
internal abstract class RemoteRow<T>
    where T : class
{
    private T? _snapshot;
    private bool _stale;

    /// <summary>Revision of the last change; 0: not in the tables.</summary>
    public long Revision { get; internal set; }

    /// <summary>Revision at which it was added.</summary>
    public long AddedRevision { get; internal set; }

    /// <summary>Whether it was told by a server that is gone for good, a restarted one for example, and not told again since.</summary>
    public bool IsOld { get; internal set; }

    /// <summary>Heard last, for expiry and eviction (UTC).</summary>
    public abstract DateTimeOffset LastSeen { get; }

    /// <summary>The object as it is now.</summary>
    internal T Snapshot(bool stale)
    {
        stale |= IsOld;
        if (_snapshot is null || _stale != stale)
        {
            _snapshot = Build(stale);
            _stale = stale;
        }

        return _snapshot;
    }

    internal void Forget() => _snapshot = null;

    /// <summary>Under the gate: it was taken out of the tables; what refers to it must let go.</summary>
    internal virtual void Removed()
    {
    }

    /// <summary>Makes the object; <paramref name="stale"/>: the server that told it is away.</summary>
    protected abstract T Build(bool stale);
}
