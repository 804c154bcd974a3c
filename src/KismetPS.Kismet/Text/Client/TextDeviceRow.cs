using KismetPS.Capture;
using KismetPS.Kismet.Text.Values;
using KismetPS.Tracking;
using KismetPS.Tracking.Remote;
using KismetPS.Wireless;
using KismetPS.Wireless.Security;
using KismetPS.Wireless.Vendors;

namespace KismetPS.Kismet.Text.Client;

/// <summary>
/// A device a text server told, put together from what it tells of the address: as a network (BSSID, NETWORK) and as a client of networks (CLIENT).
/// An access point is a client of its own network there; what that says is of itself alone, while the network's counts are everybody's.
/// </summary>
internal sealed class TextDeviceRow(TextWorld world, MacAddress address) : RemoteRow<KismetDevice>
{
    private readonly List<SourceSignal> _sources = [];
    private long _last;

    /// <summary>Its address.</summary>
    public MacAddress Address => address;

    public TextWorld World => world;

    /// <summary>Its network, null when it was told as a client only.</summary>
    public BssState? Bss { get; private set; }

    /// <summary>What a server of ours tags it with as a client.</summary>
    public TagFacts? Tags { get; set; }

    /// <summary>The networks it was told as a client of.</summary>
    public List<ClientLink> Links { get; } = [];

    /// <summary>The server's word for the vendor, where the registry has none.</summary>
    public string? Manufacturer { get; private set; }

    /// <inheritdoc/>
    public override DateTimeOffset LastSeen => UserText.Time(_last) ?? DateTimeOffset.UnixEpoch;

    /// <summary>Its network, made on first use.</summary>
    public BssState MakeBss() => Bss ??= new BssState();

    /// <summary>Its part in a network; null if it is not known there.</summary>
    public ClientLink? LinkOf(MacAddress bssid)
    {
        foreach (ClientLink link in Links)
        {
            if (link.Bssid == bssid)
            {
                return link;
            }
        }

        return null;
    }

    /// <summary>Its part in a network it is not known in yet; beyond the limit in place of the one heard longest ago.</summary>
    public ClientLink Join(MacAddress bssid)
    {
        if (Links.Count >= TextWorld.MaxLinks)
        {
            // Its own is what it is known by.
            ClientLink oldest = Links.Where(l => l.Bssid != address).MinBy(static l => l.Facts.Last)!;
            world.Drop(TextDropReason.TooMany);
            Links.Remove(oldest);
            world.Device(oldest.Bssid)?.Bss?.Clients.Remove(address);
        }

        ClientLink made = new() { Bssid = bssid };
        Links.Add(made);
        return made;
    }

    /// <summary>News of a time.</summary>
    public void Heard(long seconds) => _last = Math.Max(_last, seconds);

    /// <summary>Keeps the server's word for the vendor where the registry has none.</summary>
    public void SetManufacturer(ReadOnlySpan<byte> word)
    {
        if (Manufacturer is null && word is not [] and not [(byte)' '] && !word.SequenceEqual("Unknown"u8) && !address.IsLocal && VendorRegistry.Lookup(address) is null)
        {
            Manufacturer = UserText.Of(word);
        }
    }

    /// <summary>Takes how a source hears it; a new source beyond the limit is not taken.</summary>
    public void SetSource(in SourceSignal signal)
    {
        for (int i = 0; i < _sources.Count; i++)
        {
            if (_sources[i].Uuid == signal.Uuid && _sources[i].OfClient == signal.OfClient)
            {
                _sources[i] = signal;
                return;
            }
        }

        if (_sources.Count >= TextWorld.MaxSourcesPerDevice)
        {
            world.Drop(TextDropReason.TooMany);
            return;
        }

        _sources.Add(signal);
    }

    /// <summary>Takes it for no network any more.</summary>
    public void DropBss()
    {
        if (Bss is { } bss)
        {
            foreach (SsidFacts ssid in bss.Ssids)
            {
                if (ssid.Row is { } row)
                {
                    world.Tables.RemoveNetwork(address, row.Name);
                }
            }

            Bss = null;
        }
    }

    /// <summary>Last, weakest and strongest signal, dBm: of itself, else of its network.</summary>
    public (int? Last, int? Min, int? Max, int? Noise) Signal()
    {
        ref readonly HeardFacts own = ref Own();
        short min = 0;
        short max = 0;
        foreach (ClientLink link in Links)
        {
            min = link.Facts.SignalMin != 0 && (min == 0 || link.Facts.SignalMin < min) ? link.Facts.SignalMin : min;
            max = link.Facts.SignalMax != 0 && (max == 0 || link.Facts.SignalMax > max) ? link.Facts.SignalMax : max;
        }

        return (Known(own.Signal), Known(min != 0 ? min : own.SignalMin), Known(max != 0 ? max : own.SignalMax), Known(own.Noise));

        static int? Known(short value) => value == 0 ? null : value;
    }

    /// <summary>The clients of its network.</summary>
    public DetailList<string> ClientList()
    {
        if (Bss is not { Clients.Count: > 0 } bss)
        {
            return DetailList<string>.Empty;
        }

        List<string> list = new(bss.Clients.Count);
        foreach (MacAddress client in bss.Clients)
        {
            list.Add(client.ToString());
        }

        return new DetailList<string>(list);
    }

    internal override void Removed()
    {
        foreach (ClientLink link in Links)
        {
            if (link.Bssid != address && world.Device(link.Bssid) is { Bss: { } bss } ap && bss.Clients.Remove(address))
            {
                world.Changed(ap);
            }
        }

        DropBss();
    }

    /// <inheritdoc/>
    protected override KismetDevice Build(bool stale)
    {
        KismetDeviceType type = Type();
        bool serves = Bss is not null && type is KismetDeviceType.AccessPoint or KismetDeviceType.AdHoc && Bss.Type != NetworkType.Probe;
        ClientLink? home = serves ? null : Home();
        TextDeviceRow? ap = serves ? this : home is null ? null : world.Device(home.Bssid);
        SsidFacts? name = ap?.Bss?.Current;
        ref readonly HeardFacts own = ref Own();
        (long packets, long management, long data, long crypted, long bytes, long retries, long first) = Totals();

        // A host behind an access point is on no channel: what the server knows is that of the access point.
        (int? channel, int? mhz) = type == KismetDeviceType.Bridged ? default : TextWorld.ChannelOf(Bss is not null && serves ? Bss.Facts : own);
        if (channel is null && type != KismetDeviceType.Bridged && ap?.Bss is { } cell)
        {
            (channel, mhz) = TextWorld.ChannelOf(cell.Facts);
        }

        // Nor has it protection on the air.
        SecurityFacts security = type == KismetDeviceType.Bridged ? default : (name is null ? null : ap?.Bss?.Tags?.Security) ?? SecurityOf(serves, name, own);
        (int? signal, int? min, int? max, int? noise) = Signal();
        (double? latitude, double? longitude, double? altitude) = own.Position();
        if (latitude is null && serves)
        {
            (latitude, longitude, altitude) = Bss!.Facts.Position();
        }

        DetailList<KismetSensorSignal> sensors = Sensors();
        DateTimeOffset last = LastSeen;
        return new KismetDevice
        {
            MacAddress = address.ToString(),
            Type = type,
            Ssid = name is null || name.Name.Length == 0 ? null : name.Name,
            Bssid = serves ? address.ToString() : home?.Bssid.ToString(),
            Vendor = VendorRegistry.Lookup(address) ?? Manufacturer,
            IsRandomized = address.IsLocal,
            Channel = channel,
            FrequencyMHz = mhz,
            Encryption = security.Encryption,
            SignalDbm = signal,
            SignalMinDbm = min,
            SignalMaxDbm = max,
            NoiseDbm = noise,
            MaxRateMbps = MaxRate(serves, own),
            Standard = (serves ? Bss!.Tags : Tags)?.Standard ?? world.Standard(own),
            Packets = packets,
            ManagementPackets = management,
            DataPackets = data,
            EncryptedPackets = crypted,
            Bytes = bytes,
            Retries = retries,
            ClientCount = Bss?.Clients.Count ?? 0,
            BeaconIntervalTu = serves && name is not null ? world.BeaconInterval(name.BeaconRate) : null,
            Latitude = latitude,
            Longitude = longitude,
            AltitudeM = latitude is null ? null : altitude,
            FirstSeen = UserText.Time(first) ?? last,
            LastSeen = last,
            SensorId = sensors.Count == 0 ? null : sensors.MaxBy(static s => s.LastSeen)!.SensorId,
            Source = world.EndPoint,
            SessionId = world.SessionId,
            IsStale = stale,
            Ssids = Ssids(),
            ProbedSsids = Probes(),
            Clients = ClientList(),
            Security = TextWorld.Details(security),
            Sensors = sensors,
        };
    }

    // The strongest evidence wins, as where frames are heard.
    private KismetDeviceType Type()
    {
        switch (Bss?.Type)
        {
            case NetworkType.AccessPoint or NetworkType.Turbocell or NetworkType.Data or NetworkType.Mixed:
                return KismetDeviceType.AccessPoint;
            case NetworkType.AdHoc:
                return KismetDeviceType.AdHoc;
            default:
                break;
        }

        KismetDeviceType type = Bss is null ? KismetDeviceType.Unknown : KismetDeviceType.Probe;
        foreach (ClientLink link in Links)
        {
            NetworkType? network = link.Bssid == address ? null : world.Device(link.Bssid)?.Bss?.Type;
            if (link.Bssid == address || network == NetworkType.Probe)
            {
                continue;
            }

            KismetDeviceType shown = network == NetworkType.AdHoc ? KismetDeviceType.AdHoc : link.Type switch
            {
                ClientType.ToDs or ClientType.Established or ClientType.AdHoc => KismetDeviceType.Client,
                ClientType.InterDs => KismetDeviceType.Wds,
                ClientType.FromDs => KismetDeviceType.Bridged,
                _ => KismetDeviceType.Unknown,
            };
            type = Rank(shown) > Rank(type) ? shown : type;
        }

        return type;

        static int Rank(KismetDeviceType type) => type switch
        {
            KismetDeviceType.AdHoc => 5,
            KismetDeviceType.Client => 4,
            KismetDeviceType.Wds => 3,
            KismetDeviceType.Bridged => 2,
            KismetDeviceType.Probe => 1,
            _ => 0,
        };
    }

    // The network it was heard in last, other than the one Kismet makes of who only probes.
    private ClientLink? Home()
    {
        ClientLink? home = null;
        foreach (ClientLink link in Links)
        {
            if (link.Bssid != address && (home is null || link.Facts.Last >= home.Facts.Last) && world.Device(link.Bssid)?.Bss?.Type != NetworkType.Probe)
            {
                home = link;
            }
        }

        return home;
    }

    /// <summary>What was told of itself last.</summary>
    private ref readonly HeardFacts Own()
    {
        ClientLink? own = null;
        foreach (ClientLink link in Links)
        {
            if (own is null || link.Facts.Last >= own.Facts.Last)
            {
                own = link;
            }
        }

        if (own is not null)
        {
            return ref own.Facts;
        }

        return ref Bss is not null ? ref Bss.Facts : ref TextWorld.Nothing;
    }

    private (long Packets, long Management, long Data, long Crypted, long Bytes, long Retries, long First) Totals()
    {
        HeardFacts sum = default;
        foreach (ClientLink link in Links)
        {
            sum.Llc += link.Facts.Llc;
            sum.Data += link.Facts.Data;
            sum.Crypted += link.Facts.Crypted;
            sum.Bytes += link.Facts.Bytes;
            sum.Retries += link.Facts.Retries;
            sum.First = Earlier(sum.First, link.Facts.First);
        }

        if (Bss is { } bss)
        {
            sum.First = Earlier(sum.First, bss.Facts.First);
            if (Links.Count == 0 && bss.Type is NetworkType.Probe)
            {
                sum = bss.Facts;
            }
            else if (bss.Facts.IsStable && bss.Type == NetworkType.AccessPoint)
            {
                // Stable counts no client's management frames; nearly all of a network's are its access point's.
                sum.Llc += bss.Facts.Llc;
            }
        }

        return (sum.Packets, sum.Llc, sum.Data, sum.Crypted, sum.Bytes, sum.Retries, sum.First);

        static long Earlier(long one, long other) => one == 0 ? other : other == 0 ? one : Math.Min(one, other);
    }

    private SecurityFacts SecurityOf(bool serves, SsidFacts? network, in HeardFacts own)
    {
        if (network is not null)
        {
            return world.Security(network.CryptSet);
        }

        if (serves || own.Data == 0)
        {
            return default;
        }

        return world.Security(own.CryptSet);
    }

    private double? MaxRate(bool serves, in HeardFacts own)
    {
        double rate = Math.Max(own.MaxSeenRate / 10.0, own.MaxRateMbps);
        foreach (SsidFacts ssid in serves ? Bss!.Ssids : [])
        {
            rate = ssid.IsProbe ? rate : Math.Max(rate, ssid.MaxRateMbps);
        }

        return rate > 0 ? rate : null;
    }

    private DetailList<KismetSsid> Ssids()
    {
        if (Bss is not { Ssids.Count: > 0 } bss)
        {
            return DetailList<KismetSsid>.Empty;
        }

        List<KismetSsid> list = [];
        foreach (SsidFacts ssid in bss.Ssids)
        {
            if (ssid.Row is { } row)
            {
                list.Add(new KismetSsid
                {
                    Ssid = row.Name.Length == 0 ? null : row.Name,
                    Hidden = ssid.Cloaked || row.Name.Length == 0 || (ssid.Type == SsidType.ProbeResponse && bss.Nameless is not null),
                    Channel = TextWorld.ChannelOf(bss.Facts).Channel,
                    Encryption = world.Security(ssid.CryptSet).Encryption,
                    BeaconIntervalTu = world.BeaconInterval(ssid.BeaconRate),
                    MaxRateMbps = ssid.MaxRateMbps > 0 ? ssid.MaxRateMbps : null,
                    FirstSeen = UserText.Time(ssid.First) ?? LastSeen,
                    LastSeen = UserText.Time(ssid.Last) ?? LastSeen,
                    Packets = ssid.Packets,
                });
            }
        }

        return new DetailList<KismetSsid>(list);
    }

    private DetailList<string> Probes()
    {
        if (Bss is null || !Bss.Ssids.Exists(static s => s.IsProbe && s.Name.Length > 0))
        {
            return DetailList<string>.Empty;
        }

        return new DetailList<string>([.. Bss.Ssids.Where(static s => s.IsProbe && s.Name.Length > 0).Select(static s => s.Name).Distinct()]);
    }

    // What is told of the device itself outweighs what is told of its network.
    private DetailList<KismetSensorSignal> Sensors()
    {
        if (_sources.Count == 0)
        {
            return DetailList<KismetSensorSignal>.Empty;
        }

        bool itself = _sources.Exists(static s => s.OfClient);
        List<KismetSensorSignal> list = new(_sources.Count);
        foreach (SourceSignal source in _sources)
        {
            if (source.OfClient == itself)
            {
                list.Add(new KismetSensorSignal
                {
                    SensorId = source.Uuid.ToString(),
                    SignalDbm = source.Signal == 0 ? null : source.Signal,
                    SignalMinDbm = source.SignalMin == 0 ? null : source.SignalMin,
                    SignalMaxDbm = source.SignalMax == 0 ? null : source.SignalMax,
                    Packets = source.Packets,
                    LastSeen = UserText.Time(source.Last) ?? LastSeen,
                });
            }
        }

        return new DetailList<KismetSensorSignal>(list);
    }
}
