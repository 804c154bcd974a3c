using System.Runtime.InteropServices;
using KismetPS.Tracking.Engine;
using KismetPS.Wireless;

namespace KismetPS.Tracking.Remote;

/// <summary>
/// Devices, networks and alerts that a remote server told: the tables of a session whose frames are decoded elsewhere. One writer at a time
/// (<see cref="Enter"/>), any reader; readers hold the gate for one turn of rows only.
/// </summary>
internal sealed class RemoteTables(int maxDevices, int maxAlerts, int sessionId) : IDeviceView
{
    private const int RowsPerTurn = 256;

    // Networks have no bound of their own on the wire: a device may advertise any number of names.
    private const int NetworksPerDevice = 2;

    private readonly object _gate = new();
    private readonly Dictionary<MacAddress, int> _deviceIndex = [];
    private readonly List<RemoteRow<KismetDevice>?> _devices = [];
    private readonly Stack<int> _freeDevices = new();
    private readonly Dictionary<(MacAddress Bssid, string Name), int> _networkIndex = [];
    private readonly List<RemoteRow<KismetNetwork>?> _networks = [];
    private readonly Stack<int> _freeNetworks = new();
    private readonly Queue<KismetAlert> _alerts = new();
    private long _revision;
    private long _alertCount;
    private bool _stale;

    /// <summary>Called under the gate with a device that is about to vanish.</summary>
    public Action<KismetDevice>? Removing { get; set; }

    /// <summary>Number of the session that owns the tables.</summary>
    public int SessionId => sessionId;

    /// <summary>Name of the session.</summary>
    public string? SessionName { get; init; }

    /// <inheritdoc/>
    public long Revision
    {
        get
        {
            lock (_gate)
            {
                return _revision;
            }
        }
    }

    /// <summary>Devices known now.</summary>
    public int DeviceCount
    {
        get
        {
            lock (_gate)
            {
                return _deviceIndex.Count;
            }
        }
    }

    /// <summary>Networks known now.</summary>
    public int NetworkCount
    {
        get
        {
            lock (_gate)
            {
                return _networkIndex.Count;
            }
        }
    }

    /// <summary>Alerts told so far.</summary>
    public long AlertCount => Interlocked.Read(ref _alertCount);

    /// <summary>Devices and networks pushed out of full tables.</summary>
    public long Evicted { get; private set; }

    /// <summary>Whether the server is away, so that what is known may be out of date. Shown by the objects; no change of its own.</summary>
    public bool Stale
    {
        get
        {
            lock (_gate)
            {
                return _stale;
            }
        }

        set
        {
            lock (_gate)
            {
                _stale = value;
            }
        }
    }

    /// <summary>Takes the gate for writing: dispose it after one batch of messages at most.</summary>
    public Scope Enter() => new(_gate);

    /// <summary>Under the gate: the row of a device, null if there is none.</summary>
    public RemoteRow<KismetDevice>? FindDevice(MacAddress address) =>
        _deviceIndex.TryGetValue(address, out int index) ? _devices[index] : null;

    /// <summary>Under the gate: the row of a network, null if there is none. A hidden name is the empty text.</summary>
    public RemoteRow<KismetNetwork>? FindNetwork(MacAddress bssid, string name) =>
        _networkIndex.TryGetValue((bssid, name), out int index) ? _networks[index] : null;

    /// <summary>Under the gate: adds a device that is not there yet; a full table pushes out the one of a sample that was heard longest ago.</summary>
    public void AddDevice(MacAddress address, RemoteRow<KismetDevice> row)
    {
        if (_deviceIndex.Count >= maxDevices)
        {
            RemoveDevice(OldestOfSample());
            Evicted++;
        }

        _deviceIndex.Add(address, Place(_devices, _freeDevices, row));
        row.AddedRevision = row.Revision = ++_revision;
    }

    /// <summary>Under the gate: adds a network that is not there yet; false where the table is full.</summary>
    public bool AddNetwork(MacAddress bssid, string name, RemoteRow<KismetNetwork> row)
    {
        if (_networkIndex.Count >= (long)maxDevices * NetworksPerDevice)
        {
            Evicted++;
            return false;
        }

        _networkIndex.Add((bssid, name), Place(_networks, _freeNetworks, row));
        row.AddedRevision = row.Revision = ++_revision;
        return true;
    }

    /// <summary>Under the gate: a row has changed.</summary>
    public void Changed<T>(RemoteRow<T> row)
        where T : class
    {
        row.Revision = ++_revision;
        row.IsOld = false;
        row.Forget();
    }

    /// <summary>Under the gate: removes a device and tells the subscribers; false if it was not there.</summary>
    public bool RemoveDevice(MacAddress address)
    {
        if (!_deviceIndex.Remove(address, out int index))
        {
            return false;
        }

        RemoteRow<KismetDevice> row = _devices[index]!;
        Removing?.Invoke(row.Snapshot(_stale));
        row.Revision = 0;
        _devices[index] = null;
        _freeDevices.Push(index);
        _revision++;
        row.Removed();
        return true;
    }

    /// <summary>Under the gate: removes a network; false if it was not there.</summary>
    public bool RemoveNetwork(MacAddress bssid, string name)
    {
        if (!_networkIndex.Remove((bssid, name), out int index))
        {
            return false;
        }

        RemoteRow<KismetNetwork> row = _networks[index]!;
        row.Revision = 0;
        _networks[index] = null;
        _freeNetworks.Push(index);
        _revision++;
        row.Removed();
        return true;
    }

    /// <summary>Under the gate: removes the devices that meet a condition; gives their number.</summary>
    public int RemoveDevices(Predicate<RemoteRow<KismetDevice>> gone)
    {
        int count = 0;
        foreach ((MacAddress address, int index) in _deviceIndex.ToArray())
        {
            if (_devices[index] is { } row && gone(row) && RemoveDevice(address))
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>Under the gate: all that is known was told by a server that is no more; each is stale until it is told again.</summary>
    public void MarkOld()
    {
        foreach (RemoteRow<KismetDevice>? row in _devices)
        {
            row?.IsOld = true;
        }

        foreach (RemoteRow<KismetNetwork>? row in _networks)
        {
            row?.IsOld = true;
        }
    }

    /// <summary>Under the gate: forgets all devices and networks, telling the subscribers. The server was replaced by another.</summary>
    public void Clear()
    {
        foreach (MacAddress address in _deviceIndex.Keys.ToArray())
        {
            RemoveDevice(address);
        }

        foreach ((MacAddress bssid, string name) in _networkIndex.Keys.ToArray())
        {
            RemoveNetwork(bssid, name);
        }
    }

    /// <summary>Under the gate: adds an alert; it gets the next number. The oldest is pushed out of a full list.</summary>
    public void AddAlert(Func<long, KismetAlert> make)
    {
        _alerts.Enqueue(make(++_alertCount));
        if (_alerts.Count > maxAlerts)
        {
            _alerts.Dequeue();
        }
    }

    /// <summary>Under the gate: devices not heard since <paramref name="before"/> vanish.</summary>
    public int Expire(DateTimeOffset before)
    {
        int count = 0;
        foreach ((MacAddress address, int index) in _deviceIndex.ToArray())
        {
            if (_devices[index]!.LastSeen < before)
            {
                RemoveDevice(address);
                count++;
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public int Devices(DeviceFilter filter, long after, long until, Func<KismetDevice, bool, bool> take, int from = 0)
    {
        int taken = 0;
        List<(int Row, KismetDevice Device, bool Added)> turn = new(RowsPerTurn);
        for (int next = from; ;)
        {
            turn.Clear();
            bool more;
            lock (_gate)
            {
                ReadOnlySpan<RemoteRow<KismetDevice>?> rows = CollectionsMarshal.AsSpan(_devices);
                for (; next < rows.Length && turn.Count < RowsPerTurn; next++)
                {
                    if (rows[next] is { } row && row.Revision > after && row.AddedRevision <= until)
                    {
                        turn.Add((next, row.Snapshot(_stale), row.AddedRevision > after));
                    }
                }

                more = next < rows.Length;
            }

            foreach ((int at, KismetDevice device, bool added) in turn)
            {
                if (SnapshotReader.Passes(filter, device) && (!take(device, added) || (filter.First > 0 && ++taken >= filter.First)))
                {
                    return at + 1;
                }
            }

            if (!more)
            {
                return -1;
            }
        }
    }

    /// <inheritdoc/>
    public void Networks(DeviceFilter filter, long after, Func<KismetNetwork, bool> take)
    {
        int taken = 0;
        List<KismetNetwork> turn = new(RowsPerTurn);
        for (int next = 0; ;)
        {
            turn.Clear();
            bool more;
            lock (_gate)
            {
                ReadOnlySpan<RemoteRow<KismetNetwork>?> rows = CollectionsMarshal.AsSpan(_networks);
                for (; next < rows.Length && turn.Count < RowsPerTurn; next++)
                {
                    if (rows[next] is { } row && row.Revision > after)
                    {
                        turn.Add(row.Snapshot(_stale));
                    }
                }

                more = next < rows.Length;
            }

            foreach (KismetNetwork network in turn)
            {
                if (SnapshotReader.Passes(filter, network) && (!take(network) || (filter.First > 0 && ++taken >= filter.First)))
                {
                    return;
                }
            }

            if (!more)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<KismetAlert> Alerts(long after)
    {
        lock (_gate)
        {
            return [.. _alerts.Where(a => a.Sequence > after)];
        }
    }

    private static int Place<T>(List<T?> rows, Stack<int> free, T row)
        where T : class
    {
        if (free.TryPop(out int index))
        {
            rows[index] = row;
            return index;
        }

        rows.Add(row);
        return rows.Count - 1;
    }

    // The order of a dictionary is that of insertion where nothing was removed, so its head holds old devices.
    private MacAddress OldestOfSample()
    {
        MacAddress oldest = default;
        DateTimeOffset seen = DateTimeOffset.MaxValue;
        foreach ((MacAddress address, int index) in _deviceIndex.Take(8))
        {
            if (_devices[index]!.LastSeen < seen)
            {
                (oldest, seen) = (address, _devices[index]!.LastSeen);
            }
        }

        return oldest;
    }

    /// <summary>Holds the gate.</summary>
    public readonly ref struct Scope
    {
        private readonly object _gate;

        internal Scope(object gate)
        {
            _gate = gate;
            Monitor.Enter(gate);
        }

        /// <summary>Opens the gate.</summary>
        public void Dispose() => Monitor.Exit(_gate);
    }
}
