using System.Runtime.CompilerServices;
using KismetPS.Capture;
using KismetPS.Wireless;

namespace KismetPS.Tracking.Tables;

/// <summary>
/// All that a session knows of the air, as rows that hang together: devices, the networks they advertise, the names they ask for,
/// who is whose client, who hears them. Keeps the caps. No thread safety of its own: the session's gate sees to it.
/// </summary>
internal sealed class DeviceTables
{
    /// <summary>Fewest devices a session may be limited to.</summary>
    public const int MinDevices = 64;

    // Rows that one frame has named must outlive its handling, and a full table must still have a victim in its larger half.
    private const int MaxNamedByFrame = (MinDevices / 2) - 1;
    private const int EvictionSample = 16;

    private readonly int _maxDevices;
    private readonly RowIndex<DeviceKeys> _deviceIndex;
    private readonly RowIndex<LinkKeys> _linkIndex;
    private readonly RowFetcher _fetcher;
    private readonly RecentDevices _recent = new();
    private long[] _chunkRevisions = new long[4];
    private int _evictionHand;
    private int _frame;
    private int _namedByFrame;
    private int _advertisers;
    private long _toldRevision;
    private long _forgottenRevision;

    /// <param name="maxDevices">Most devices kept.</param>
    public DeviceTables(int maxDevices)
    {
        _maxDevices = maxDevices;
        _deviceIndex = new RowIndex<DeviceKeys>(new DeviceKeys(Devices));
        _linkIndex = new RowIndex<LinkKeys>(new LinkKeys(Links));
        _fetcher = new RowFetcher(this, _deviceIndex, _recent);
        Names = new NameTable(Math.Max(4096, maxDevices * 2));
    }

    public RowTable<DeviceRow> Devices { get; } = new();

    public RowTable<NetworkRow> Networks { get; } = new();

    public RowTable<BssRow> Bsses { get; } = new();

    public RowTable<ProbeRow> Probes { get; } = new();

    public RowTable<SensorRow> Sensors { get; } = new();

    public RowTable<LinkRow> Links { get; } = new();

    public NameTable Names { get; }

    /// <summary>What the caps cost.</summary>
    public TableCounters Counters;

    /// <summary>Rises with every change; what a reader has seen is a number.</summary>
    public long Revision { get; private set; }

    /// <summary>Called with the row of a device about to be removed.</summary>
    public Action<int>? Removing { get; set; }

    /// <summary>Bytes held by tables, indexes and names.</summary>
    public long MemoryBytes =>
        Names.MemoryBytes + Devices.MemoryBytes + Networks.MemoryBytes + Bsses.MemoryBytes + Probes.MemoryBytes + Sensors.MemoryBytes + Links.MemoryBytes
        + _deviceIndex.MemoryBytes + _linkIndex.MemoryBytes;

    /// <summary>Whether the frame at work may name <paramref name="more"/> further devices: an aggregate may hold hundreds of addresses.</summary>
    public bool MayName(int more) => _namedByFrame + more <= MaxNamedByFrame;

    /// <summary>Begins the work of one frame: rows it names are not pushed out while it lasts.</summary>
    public void BeginFrame()
    {
        _frame++;
        _namedByFrame = 0;
    }

    /// <summary>Whether there are so many devices that <see cref="Expect"/> pays.</summary>
    public bool TakesHints => Devices.Count >= RowFetcher.FromDevices;

    /// <summary>Devices are about to be found: see <see cref="RowFetcher"/>.</summary>
    public void Expect(ReadOnlySpan<ExpectedStation> stations) => _fetcher.Expect(stations);

    /// <summary>The row of a device, or -1.</summary>
    public int Find(MacAddress address) => address.IsZero ? -1 : Look(address);

    /// <summary>The row of a device, added if new and marked as changed. Never a group or zero address: the caller has checked.</summary>
    public int FindOrAdd(MacAddress address, long nowNs)
    {
        int row = Look(address);
        if (row >= 0)
        {
            Name(row);
            return row;
        }

        if (Devices.Count >= _maxDevices)
        {
            Evict(advertisers: _advertisers > Devices.Count / 2);
        }

        row = Devices.Take();
        Devices[row] = new DeviceRow
        {
            Address = address,
            FirstNs = nowNs,
            LastNs = nowNs,
            Signal = DeviceRow.NoSignal,
            SignalMin = DeviceRow.NoSignal,
            SignalMax = DeviceRow.NoSignal,
            Noise = DeviceRow.NoSignal,
            AddedRevision = Revision + 1,

            // One that comes back has lost what its clients showed of it.
            ToldRevision = Revision + 1,
        };
        _deviceIndex.Add(address.Value, row);
        _recent.Remember(address.Value, row);
        Name(row);
        return row;
    }

    /// <summary>Marks a device as changed.</summary>
    public void Touch(int row)
    {
        Devices[row].Revision = ++Revision;
        int chunk = row / RowTable<DeviceRow>.ChunkSize;
        if (chunk >= _chunkRevisions.Length)
        {
            Array.Resize(ref _chunkRevisions, Math.Max(chunk + 1, _chunkRevisions.Length * 2));
        }

        _chunkRevisions[chunk] = Revision;
    }

    /// <summary>Notes that the network of a BSSID changed in what is shown of its clients too: name, protection.</summary>
    public void Tell(int row) => Devices[row].ToldRevision = _toldRevision = Revision;

    /// <summary>Whether any device of a chunk changed after a revision: lets readers skip quiet chunks.</summary>
    public bool ChunkChanged(int chunk, long after) =>
        _toldRevision > after || (chunk < _chunkRevisions.Length && _chunkRevisions[chunk] > after);

    /// <summary>Whether what is shown of a device changed after a revision: it itself, or the network it belongs to.</summary>
    public bool Changed(in DeviceRow device, long after)
    {
        if (device.Revision > after || device.Revision == 0 || _toldRevision <= after || device.Bssid.IsZero || device.Bssid == device.Address)
        {
            return device.Revision > after;
        }

        // A BSSID that is not there any more has nothing to tell, which is a change if it went in the meantime.
        int bss = _deviceIndex.Find(device.Bssid.Value);
        return bss >= 0 ? Devices[bss].ToldRevision > after : _forgottenRevision > after;
    }

    /// <summary>Removes a device and all that hangs off it.</summary>
    public void Remove(int row)
    {
        Removing?.Invoke(row);
        ref DeviceRow device = ref Devices[row];
        while (device.ClientLinks != 0)
        {
            RemoveLink(device.ClientLinks - 1);
        }

        while (device.AccessPointLinks != 0)
        {
            RemoveLink(device.AccessPointLinks - 1);
        }

        if (device.Networks != 0)
        {
            _advertisers--;
            _toldRevision = _forgottenRevision = ++Revision;
        }

        for (int next = device.Networks; next != 0;)
        {
            ref NetworkRow network = ref Networks[next - 1];
            int following = network.Next;
            Names.Release(network.Name);
            Names.Release(network.Manufacturer);
            Names.Release(network.Model);
            Names.Release(network.ApName);
            Networks.Free(next - 1);
            next = following;
        }

        for (int next = device.Probes; next != 0;)
        {
            int following = Probes[next - 1].Next;
            Names.Release(Probes[next - 1].Name);
            Probes.Free(next - 1);
            next = following;
        }

        for (int next = device.Sensors; next != 0;)
        {
            int following = Sensors[next - 1].Next;
            Sensors.Free(next - 1);
            next = following;
        }

        if (device.Bss != 0)
        {
            Bsses.Free(device.Bss - 1);
        }

        Names.Release(device.AssociatedName);
        _deviceIndex.Remove(device.Address.Value);
        Devices.Free(row);
    }

    /// <summary>The totals of the BSS that a device serves, made on first use.</summary>
    public ref BssRow BssOf(ref DeviceRow device)
    {
        if (device.Bss == 0)
        {
            device.Bss = Bsses.Take() + 1;
        }

        return ref Bsses[device.Bss - 1];
    }

    /// <summary>Notes that a device asked for a name.</summary>
    public void AddProbe(int row, ReadOnlySpan<byte> name)
    {
        ref DeviceRow device = ref Devices[row];
        ulong hash = ByteHash.Compute(name);
        for (int next = device.Probes; next != 0; next = Probes[next - 1].Next)
        {
            if (Probes[next - 1].Hash == hash)
            {
                return;
            }
        }

        if (device.ProbeCount >= Cap(TableLimits.ProbesPerDevice, Probes.Count))
        {
            Counters.ProbesRefused++;
            return;
        }

        int taken = Names.Take(name, ofNetwork: false);
        if (taken != 0)
        {
            int probe = Probes.Take();
            Probes[probe] = new ProbeRow { Hash = hash, Name = taken, Next = device.Probes };
            device.Probes = probe + 1;
            device.ProbeCount++;
        }
    }

    /// <summary>A new network row at the head of a device's list; -1 where it has too many, or the table of names is full.</summary>
    public int AddNetwork(int row, ReadOnlySpan<byte> name, long nowNs)
    {
        ref DeviceRow device = ref Devices[row];
        if (device.NetworkCount >= Cap(TableLimits.NetworksPerDevice, Networks.Count))
        {
            Counters.NetworksRefused++;
            return -1;
        }

        // Names are not forgotten while they are used: the network heard longest ago makes room, not the newest gives way.
        if (Names.IsFull && _advertisers > _namedByFrame && Names.Find(name) == 0)
        {
            Evict(advertisers: true);
        }

        // Without its name the row could not be found again: each further beacon would make another.
        int id = Names.Take(name, ofNetwork: true);
        if (id == 0 && !name.IsEmpty)
        {
            return -1;
        }

        int network = Networks.Take();
        Networks[network] = new NetworkRow
        {
            Device = row,
            Next = device.Networks,
            Hidden = name.IsEmpty,
            FirstNs = nowNs,
            LastNs = nowNs,
            Revision = Revision,
        };
        Networks[network].SetName(id, name);
        _advertisers += device.Networks == 0 ? 1 : 0;
        device.Networks = network + 1;
        device.NetworkCount++;
        return network;
    }

    /// <summary>Notes that a client belongs to an access point.</summary>
    public void Link(int accessPoint, int client, long nowNs)
    {
        if (accessPoint == client)
        {
            return;
        }

        ref DeviceRow station = ref Devices[client];
        int link = station.AccessPointLinks - 1;
        ulong key = LinkKeys.Of(accessPoint, client);
        if (link < 0 || Links[link].AccessPoint != accessPoint)
        {
            // Not the access point it joined last, which is at the head of its list.
            link = _linkIndex.Find(key);
        }

        if (link >= 0)
        {
            Links[link].LastNs = nowNs;
            return;
        }

        ref DeviceRow ap = ref Devices[accessPoint];
        if (ap.ClientCount >= TableLimits.ClientsPerAccessPoint)
        {
            Counters.LinksRefused++;
            return;
        }

        DropOldestAccessPoint(ref station);
        link = Links.Take();
        Links[link] = new LinkRow
        {
            AccessPoint = accessPoint,
            Client = client,
            NextOfAccessPoint = ap.ClientLinks,
            NextOfClient = station.AccessPointLinks,
            LastNs = nowNs,
        };
        if (ap.ClientLinks != 0)
        {
            Links[ap.ClientLinks - 1].PreviousOfAccessPoint = link + 1;
        }

        ap.ClientLinks = link + 1;
        ap.ClientCount++;
        station.AccessPointLinks = link + 1;
        _linkIndex.Add(key, link);
        Touch(accessPoint);
    }

    /// <summary>The row of a device as one sensor hears it, made on first use, or -1 where the device has too many.</summary>
    public int SensorOf(ref DeviceRow device, int origin)
    {
        int count = 0;
        for (int next = device.Sensors; next != 0; next = Sensors[next - 1].Next, count++)
        {
            if (Sensors[next - 1].Origin == origin)
            {
                return next - 1;
            }
        }

        if (count >= Cap(TableLimits.SensorsPerDevice, Sensors.Count) || origin > ushort.MaxValue)
        {
            Counters.SensorsRefused++;
            return -1;
        }

        int sensor = Sensors.Take();
        Sensors[sensor] = new SensorRow
        {
            Origin = (ushort)origin,
            Next = device.Sensors,
            Signal = DeviceRow.NoSignal,
            SignalMin = DeviceRow.NoSignal,
            SignalMax = DeviceRow.NoSignal,
        };
        device.Sensors = sensor + 1;
        return sensor;
    }

    // The row itself says whether it is still the one that was remembered: its address goes when it is given up.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Look(MacAddress address) => _recent.TryGet(address, out int row) && Devices[row].Address == address ? row : Search(address);

    private int Search(MacAddress address)
    {
        int row = _deviceIndex.Find(address.Value);
        if (row >= 0)
        {
            _recent.Remember(address.Value, row);
        }

        return row;
    }

    private int Cap(int perDevice, int held) => held < 2 * _maxDevices ? perDevice : TableLimits.PerDeviceWhenScarce;

    // A client that roams over ever more access points (or a forger) keeps the newest ones.
    private void DropOldestAccessPoint(ref DeviceRow station)
    {
        int count = 0;
        int oldest = -1;
        for (int next = station.AccessPointLinks; next != 0; next = Links[next - 1].NextOfClient, count++)
        {
            if (oldest < 0 || Links[next - 1].LastNs < Links[oldest].LastNs)
            {
                oldest = next - 1;
            }
        }

        if (count >= Cap(TableLimits.AccessPointsPerClient, Links.Count))
        {
            RemoveLink(oldest);
            Counters.LinksRefused++;
        }
    }

    private void RemoveLink(int link)
    {
        LinkRow row = Links[link];
        ref DeviceRow ap = ref Devices[row.AccessPoint];
        if (row.PreviousOfAccessPoint == 0)
        {
            ap.ClientLinks = row.NextOfAccessPoint;
        }
        else
        {
            Links[row.PreviousOfAccessPoint - 1].NextOfAccessPoint = row.NextOfAccessPoint;
        }

        if (row.NextOfAccessPoint != 0)
        {
            Links[row.NextOfAccessPoint - 1].PreviousOfAccessPoint = row.PreviousOfAccessPoint;
        }

        ap.ClientCount--;
        ref DeviceRow station = ref Devices[row.Client];
        if (station.AccessPointLinks == link + 1)
        {
            station.AccessPointLinks = row.NextOfClient;
        }
        else
        {
            int before = station.AccessPointLinks;
            while (Links[before - 1].NextOfClient != link + 1)
            {
                before = Links[before - 1].NextOfClient;
            }

            Links[before - 1].NextOfClient = row.NextOfClient;
        }

        _linkIndex.Remove(LinkKeys.Of(row.AccessPoint, row.Client));
        Links.Free(link);
        Touch(row.AccessPoint);
    }

    private void Name(int row)
    {
        ref DeviceRow device = ref Devices[row];
        if (device.Frame != _frame)
        {
            device.Frame = _frame;
            _namedByFrame++;
        }

        Touch(row);
    }

    // The one heard longest ago of a few rows. A full table takes them from the larger half: of those that advertise a network, or of those that do not. So neither a flood
    // of invented clients pushes out the networks nor a flood of invented networks the clients, and what is heard again and again outlives what
    // was heard once. Rows of the larger half are never far.
    private void Evict(bool advertisers)
    {
        int victim = -1;
        int seen = 0;
        for (int looks = 0; seen < EvictionSample && (victim < 0 || looks < Devices.Limit); looks++)
        {
            _evictionHand = (_evictionHand + 1) % Devices.Limit;
            ref DeviceRow candidate = ref Devices[_evictionHand];
            if (candidate.Revision == 0 || candidate.Frame == _frame || (candidate.Networks != 0) != advertisers)
            {
                continue;
            }

            seen++;
            if (victim < 0 || IsBetterVictim(candidate, Devices[victim]))
            {
                victim = _evictionHand;
            }
        }

        Counters.DevicesEvicted++;
        Remove(victim);
    }

    private static bool IsBetterVictim(in DeviceRow candidate, in DeviceRow than)
    {
        bool spare = candidate.Type == KismetDeviceType.AccessPoint;
        bool other = than.Type == KismetDeviceType.AccessPoint;
        return spare == other ? candidate.LastNs < than.LastNs : other;
    }
}
