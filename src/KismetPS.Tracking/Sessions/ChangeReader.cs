using KismetPS.Tracking.Engine;

namespace KismetPS.Tracking;

/// <summary>
/// A subscription to device changes. The tables know what changed since when, so a slow reader costs nothing and misses nothing:
/// it gets each changed device once, as it is now. Only devices that vanish are kept for it, in a bounded backlog. One reading thread at a time.
/// </summary>
internal sealed class ChangeReader : IDisposable
{
    /// <summary>How many to take at a time: enough that a turn costs nothing, few enough to be gone before the collector looks.</summary>
    public const int Handful = 1024;

    private const int BacklogLimit = 65_536;

    private readonly IDeviceView _reader;
    private readonly DeviceFilter _filter;
    private readonly KismetChangeKind _kinds;
    private readonly Queue<KismetDevice> _expired = new();
    private readonly Action<ChangeReader> _closed;
    private long _cursor;

    // Of the look at work: how far its changes go, and where it goes on.
    private long _until;
    private int _next;
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
    /// Adds changes since the last look to <paramref name="into"/>, no more than <paramref name="most"/> besides expired devices: whoever gives them on
    /// before taking the next ones holds no more than that in memory, however many there are. Does not wait. Expired devices come first: one that vanished
    /// and came back since is expired, then added.
    /// </summary>
    /// <returns>Whether this look at the devices is over; if not, the next call goes on with it.</returns>
    public bool Read(List<KismetDeviceChange> into, int most = int.MaxValue)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        if (_next == 0)
        {
            // The revision, then the vanished, then the rest: what comes back after the revision was taken waits for the next look, behind its expiry.
            _until = _reader.Revision;
        }

        while (TryTakeExpired(out KismetDevice? expired))
        {
            into.Add(new KismetDeviceChange { Sequence = ++_sequence, Change = KismetChangeKind.Expired, Time = now, Device = expired! });
        }

        _next = (_kinds & (KismetChangeKind.Added | KismetChangeKind.Updated)) == 0 ? -1 : Changed(into, now, most);
        if (_next >= 0)
        {
            return false;
        }

        _next = 0;
        _cursor = _until;
        return true;
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

    private int Changed(List<KismetDeviceChange> into, DateTimeOffset now, int most)
    {
        int left = most;
        return _reader.Devices(
            _filter,
            _cursor,
            _until,
            (device, added) =>
            {
                KismetChangeKind kind = added ? KismetChangeKind.Added : KismetChangeKind.Updated;
                if ((_kinds & kind) == 0)
                {
                    return true;
                }

                into.Add(new KismetDeviceChange { Sequence = ++_sequence, Change = kind, Time = now, Device = device });
                return --left > 0;
            },
            _next);
    }

    private bool TryTakeExpired(out KismetDevice? device)
    {
        lock (_expired)
        {
            return _expired.TryDequeue(out device);
        }
    }
}
