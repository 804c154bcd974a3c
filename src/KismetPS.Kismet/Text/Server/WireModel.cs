using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Text.Server;

/// <summary>
/// What the clients can be told, merged from all sessions: the same address in two sessions is one device. One version per tick; whoever reads or
/// writes holds the hub's gate.
/// </summary>
/// <param name="sessions">How many sessions there are.</param>
internal sealed class WireModel(int sessions)
{
    /// <summary>Devices in one page of a dump.</summary>
    public const int PageSize = 64;

    private readonly Dictionary<MacAddress, WireDevice> _index = [];
    private readonly List<WireDevice?> _slots = [];
    private readonly Stack<int> _free = new();
    private readonly List<long> _pageChanged = [];
    private readonly List<WireDevice> _changed = [];
    private readonly List<MacAddress> _removed = [];
    private readonly HashSet<WireDevice> _touched = [];

    /// <summary>Number of ticks taken in.</summary>
    public long Version { get; private set; }

    /// <summary>Networks known.</summary>
    public int Networks { get; private set; }

    /// <summary>Clients known, networks themselves not counted.</summary>
    public int Clients { get; private set; }

    /// <summary>Pages of a dump.</summary>
    public int Pages => _pageChanged.Count;

    /// <summary>What changed in the last tick, networks first.</summary>
    public IReadOnlyList<WireDevice> Changed => _changed;

    /// <summary>Networks that vanished in the last tick.</summary>
    public IReadOnlyList<MacAddress> Removed => _removed;

    /// <summary>Every device.</summary>
    public IEnumerable<WireDevice> All => _slots.OfType<WireDevice>();

    /// <summary>Finds a device.</summary>
    public WireDevice? Find(MacAddress address) => _index.GetValueOrDefault(address);

    /// <summary>The devices of a page; null where a place is free.</summary>
    public ReadOnlySpan<WireDevice?> Page(int page)
    {
        ReadOnlySpan<WireDevice?> slots = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_slots);
        int start = page * PageSize;
        return start >= slots.Length ? [] : slots.Slice(start, Math.Min(PageSize, slots.Length - start));
    }

    /// <summary>Version at which anything in a page last changed.</summary>
    public long PageChanged(int page) => _pageChanged[page];

    /// <summary>Begins a tick.</summary>
    public void Begin()
    {
        Version++;
        _changed.Clear();
        _removed.Clear();
        _touched.Clear();
    }

    /// <summary>Takes a change of a device.</summary>
    public void Apply(int session, KismetDeviceChange change)
    {
        if (!MacAddress.TryParse(change.MacAddress, null, out MacAddress address))
        {
            return;
        }

        WireDevice? device = Find(address);
        if (change.Change == KismetChangeKind.Expired)
        {
            if (device is not null)
            {
                device.Unset(session);
                _touched.Add(device);
            }

            return;
        }

        device ??= Add(address);
        device.Set(session, change.Device);
        _touched.Add(device);
    }

    /// <summary>Takes a change of a network; of a device that is not known (any more) it is left.</summary>
    public void Apply(int session, KismetNetwork network)
    {
        if (MacAddress.TryParse(network.Bssid, null, out MacAddress address) && Find(address) is { } device && device.Of(session) is not null)
        {
            device.Set(session, network);
            _touched.Add(device);
        }
    }

    /// <summary>Ends a tick: what was touched gets its place.</summary>
    public void End()
    {
        List<WireDevice> lost = [];
        foreach (WireDevice device in _touched)
        {
            device.Merge(Version);
            if (!device.IsKnown)
            {
                lost.Add(device);
                continue;
            }

            Place(device);
            _changed.Add(device);
        }

        // When all have found their networks, those that neither are known nor have clients go.
        foreach (WireDevice device in lost)
        {
            if (device.IsNetwork && device.Members > 0)
            {
                Mark(device);
                continue;
            }

            Remove(device);
        }

        foreach (WireDevice device in _changed)
        {
            Mark(device);
        }
    }

    private static bool StandsAlone(KismetDevice device, MacAddress own, out MacAddress network)
    {
        network = own;
        return device.Type == KismetDeviceType.AccessPoint || device.Ssids.Count > 0
            || !MacAddress.TryParse(device.Bssid, null, out network) || network == own || network.IsZero;
    }

    private WireDevice Add(MacAddress address)
    {
        if (!_free.TryPop(out int slot))
        {
            slot = _slots.Count;
            _slots.Add(null);
            if (slot / PageSize >= _pageChanged.Count)
            {
                _pageChanged.Add(0);
            }
        }

        WireDevice device = new(address, slot, sessions);
        _slots[slot] = device;
        _index.Add(address, device);
        return device;
    }

    private void Place(WireDevice device)
    {
        bool network = StandsAlone(device.Device, device.Address, out MacAddress bssid);
        if (network)
        {
            bssid = device.Address;
        }
        else if (device.Members > 0)
        {
            // It has clients itself: they need their network, whatever else it is.
            (network, bssid) = (true, device.Address);
        }

        if (device.Added != 0 && network == device.IsNetwork && bssid == device.Network)
        {
            return;
        }

        Leave(device);
        device.IsNetwork = network;
        device.Network = bssid;
        device.Added = Version;
        if (network)
        {
            Networks++;
            return;
        }

        Clients++;
        WireDevice? owner = Find(bssid);
        if (owner is null)
        {
            owner = Add(bssid);
            owner.Merge(Version);
        }

        owner.Members++;
        if (!owner.IsNetwork)
        {
            // Not known yet, or taken for a client until now.
            Leave(owner);
            owner.IsNetwork = true;
            owner.Network = owner.Address;
            owner.Added = Version;
            Networks++;
            Mark(owner);
            if (!_touched.Contains(owner))
            {
                _changed.Add(owner);
            }
        }
    }

    private void Leave(WireDevice device)
    {
        if (device.Added == 0)
        {
            return;
        }

        device.Added = 0;
        if (device.IsNetwork)
        {
            Networks--;
            _removed.Add(device.Address);
            return;
        }

        Clients--;
        if (Find(device.Network) is { } owner)
        {
            owner.Members--;
            if (owner.Members == 0 && !owner.IsKnown)
            {
                Remove(owner);
            }
        }
    }

    private void Remove(WireDevice device)
    {
        if (_slots[device.Slot] != device)
        {
            return;
        }

        Leave(device);
        Mark(device);
        _index.Remove(device.Address);
        _slots[device.Slot] = null;
        _free.Push(device.Slot);
    }

    private void Mark(WireDevice device) => _pageChanged[device.Slot / PageSize] = Version;
}
