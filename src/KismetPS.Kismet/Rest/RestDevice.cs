using System.Globalization;
using KismetPS.Capture;
using KismetPS.Tracking;
using KismetPS.Tracking.Remote;
using KismetPS.Wireless;
using KismetPS.Wireless.Vendors;

namespace KismetPS.Kismet.Rest;

/// <summary>One device of a server.</summary>
internal sealed class RestDevice(RestTables owner) : RemoteRow<KismetDevice>
{
    /// <summary>What polls tell.</summary>
    public RestFacts Facts;

    /// <summary>Hash of the record they came from: the same record again is no news.</summary>
    public long RecordHash { get; set; }

    /// <summary>Hash of the counts the details were asked for at; 0: never.</summary>
    public int DetailMark { get; set; }

    /// <summary>Whether the device waits for its details.</summary>
    public bool WantsDetails { get; set; }

    /// <summary>When details were last asked for, <see cref="Environment.TickCount64"/>.</summary>
    public long DetailsAskedAt { get; set; }

    /// <summary>Number of the listing it was last in.</summary>
    public int Listed { get; set; }

    /// <summary>Names, clients and the rest, when they were told.</summary>
    public RestDetails? Details { get; set; }

    /// <summary>Its networks in the tables.</summary>
    public List<RestNetwork> Networks { get; } = [];

    /// <summary>Whether it was taken out of the tables.</summary>
    public bool IsGone { get; private set; }

    public override DateTimeOffset LastSeen => RestText.Time(Facts.LastSeconds);

    public bool IsWifi => Facts.Phy is null or KismetDevice.Wifi;

    /// <summary>dBm, or null where the server says 0 or speaks of another unit.</summary>
    public int? Dbm(int value) => value == 0 || value is < -200 or > 100 || Facts.SignalType is not (null or "dbm") ? null : value;

    internal override void Removed()
    {
        IsGone = true;
        owner.RemoveNetworks(this);
    }

    protected override KismetDevice Build(bool stale)
    {
        ref RestFacts facts = ref Facts;
        KismetDeviceType type = RestText.TypeOf(facts.Type);
        RestSsid? beaconed = null;
        if (Details is not null)
        {
            foreach (RestSsid ssid in Details.Ssids)
            {
                if (beaconed is null || ssid.Name == facts.Ssid)
                {
                    beaconed = ssid;
                }
            }
        }

        KismetSecurity security = RestText.Security(facts.Crypt, beaconed?.MfpRequired ?? false, beaconed?.MfpCapable ?? false);
        return new KismetDevice
        {
            MacAddress = facts.Address.ToString(),
            Type = type,
            Ssid = string.IsNullOrEmpty(facts.Ssid) ? owner.NameOf(facts.Bssid, facts.Address) : facts.Ssid,
            Bssid = facts.Bssid.IsZero ? null : facts.Bssid.ToString(),
            Vendor = VendorRegistry.Lookup(facts.Address) ?? (facts.Manufacturer is "Unknown" ? null : facts.Manufacturer),
            IsRandomized = IsWifi && facts.Address.IsLocal,
            Channel = RestText.ChannelOf(facts.Channel),
            FrequencyMHz = RestText.FrequencyOf(facts.Channel, facts.FrequencyKHz),
            Encryption = security.Encryption,
            SignalDbm = Dbm(facts.Signal),
            SignalMinDbm = Dbm(facts.SignalMin),
            SignalMaxDbm = Dbm(facts.SignalMax),
            NoiseDbm = Dbm(facts.Noise),
            MaxRateMbps = facts.SsidRate > 0 ? facts.SsidRate : facts.MaxSeenRate > 0 ? facts.MaxSeenRate / 10 : null,
            Standard = RestText.ModeOf(facts.HtMode).Standard,
            Packets = facts.Packets,
            DataPackets = facts.DataPackets,
            ManagementPackets = facts.LinkPackets,
            EncryptedPackets = facts.CryptPackets,
            Bytes = facts.DataSize,
            Retries = facts.Retries,
            FcsErrors = facts.ErrorPackets,
            ClientCount = facts.Clients,
            Latitude = facts.HasPlace ? facts.Latitude : null,
            Longitude = facts.HasPlace ? facts.Longitude : null,
            AltitudeM = facts.HasPlace && facts.AltitudeM != 0 ? facts.AltitudeM : null,
            FirstSeen = RestText.Time(facts.FirstSeconds),
            LastSeen = LastSeen,
            Source = owner.Source,
            SessionId = owner.SessionId,
            IsStale = stale,
            Phy = facts.Phy ?? KismetDevice.Wifi,
            Ssids = Details is null || Details.Ssids.Count == 0 ? DetailList<KismetSsid>.Empty : new DetailList<KismetSsid>([.. Details.Ssids.Select(static s => s.ToSsid())]),
            ProbedSsids = Details is null || Details.Probes.Count == 0 ? DetailList<string>.Empty : new DetailList<string>([.. Details.Probes]),
            Clients = Details is null || Details.Clients.Count == 0 ? DetailList<string>.Empty : new DetailList<string>([.. Details.Clients]),
            Security = security,
            Properties = new DetailList<KismetProperty>(Properties()),
        };
    }

    private List<KismetProperty> Properties()
    {
        List<KismetProperty> list = [];
        Add("kismet.device.base.key", Facts.Key);
        Add("kismet.device.base.type", Facts.Type);
        Add("kismet.device.base.commonname", Facts.CommonName == Facts.Address.ToString() ? null : Facts.CommonName);
        Add("kismet.device.base.username", Facts.UserName);
        Add("kismet.device.base.tags", Facts.Tags);
        Add("kismet.device.base.manuf", Facts.Manufacturer is "Unknown" ? null : Facts.Manufacturer);
        Add("kismet.device.base.crypt", Facts.Crypt);
        Add("kismet.device.base.channel", Facts.Channel);
        Add("kismet.device.base.num_alerts", Facts.AlertCount == 0 ? null : Facts.AlertCount.ToString(CultureInfo.InvariantCulture));
        if (Facts.SignalType is not (null or "dbm" or "none"))
        {
            Add("kismet.common.signal.type", Facts.SignalType);
            Add("kismet.common.signal.last_signal", Facts.Signal.ToString(CultureInfo.InvariantCulture));
        }

        if (Details is not null)
        {
            list.AddRange(Details.Properties);
        }

        return list;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                list.Add(new KismetProperty { Name = name, Value = SsidText.ToDisplay(System.Text.Encoding.UTF8.GetBytes(value)) });
            }
        }
    }
}
