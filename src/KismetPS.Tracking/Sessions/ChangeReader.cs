using KismetPS.Tracking.Engine;

namespace KismetPS.Tracking;

/// <summary>
/// A subscription to device changes. The tables know what changed since when, so a slow reader costs nothing and misses nothing:
/// it gets each changed device once, as it is now. Only devices that vanish are kept for it, in a bounded backlog. One reading thread at a time.
/// </summary>
internal sealed class ChangeReader : IDisposable
{
    private const int BacklogLimit = 65_536;

    private readonly IDeviceView _reader;
    private readonly DeviceFilter _filter;
    private readonly KismetChangeKind _kinds;
    private readonly Queue<KismetDevice> _expired = new();
    private readonly Action<ChangeReader> _closed;
    private long _cursor;
    private long _sequence;

    public ChangeReader(IDeviceView reader, DeviceFilter? filter, KismetChangeKind kinds, bool existing, Action<ChangeReader> closed)
    {
        _reader = reader;
        _filter = filter ?? new DeviceFilter();
        _kinds = kinds;
        _closed = closed;
        _cursor = existing ? 0 : reader.Revision;
    }

    /// <summary>Expired devices that were pushed out of the bounded backlog before they were read.</summary>
    public long Missed { get; private set; }

    /// <summary>
    /// Adds all changes since the last call to <paramref name="into"/>, and gives how many. Does not wait. Expired devices come first: one that
    /// vanished and came back since is expired, then added.
    /// </summary>
    public int Read(List<KismetDeviceChange> into)
    {
        int before = into.Count;
        DateTimeOffset now = DateTimeOffset.UtcNow;

        // The revision, then the vanished, then the rest: what comes back after the revision was taken waits for the next call, behind its expiry.
        long until = _reader.Revision;
        while (TryTakeExpired(out KismetDevice? expired))
        {
            into.Add(new KismetDeviceChange { Sequence = ++_sequence, Change = KismetChangeKind.Expired, Time = now, Device = expired! });
        }

        if ((_kinds & (KismetChangeKind.Added | KismetChangeKind.Updated)) != 0)
        {
            _reader.Devices(_filter, _cursor, until, (device, added) =>
            {
                KismetChangeKind kind = added ? KismetChangeKind.Added : KismetChangeKind.Updated;
                if ((_kinds & kind) != 0)
                {
                    into.Add(new KismetDeviceChange { Sequence = ++_sequence, Change = kind, Time = now, Device = device });
                }

                return true;
            });
        }

        _cursor = until;
        return into.Count - before;
    }

    public void Dispose() => _closed(this);

    /// <summary>A device is about to be removed; called by the engine under its gate.</summary>
    public void OnRemoving(KismetDevice device)
    {
        if ((_kinds & KismetChangeKind.Expired) == 0 || !SnapshotReader.Passes(_filter, device))
        {
            return;
        }

        lock (_expired)
        {
            if (_expired.Count >= BacklogLimit)
            {
                _expired.Dequeue();
                Missed++;
            }

            _expired.Enqueue(device);
        }
    }

    private bool TryTakeExpired(out KismetDevice? device)
    {
        lock (_expired)
        {
            return _expired.TryDequeue(out device);
        }
    }
}
