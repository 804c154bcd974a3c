using System.Globalization;
using KismetPS.Capture;
using KismetPS.Tracking.Tables;
using KismetPS.Wireless;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Radio;
using KismetPS.Wireless.Security;
using KismetPS.Wireless.Vendors;

namespace KismetPS.Tracking.Engine;

/// <summary>Rows to the objects users see; lists hang with the newest first and are given oldest first. Runs under the session's gate; the objects it makes refer to nothing that changes.</summary>
internal sealed class SnapshotBuilder(DeviceTables tables, Func<IReadOnlyList<FrameOrigin>> origins, Func<string> source, int sessionId)
{
    // Networks are protected in a few dozen ways, and the words for one take longer than all else of a device.
    private const int KeptSecurities = 1024;

    private readonly Dictionary<SecurityRow, KismetSecurity> _securities = [];

    /// <summary>A device.</summary>
    public KismetDevice Device(int row)
    {
        ref DeviceRow device = ref tables.Devices[row];
        IReadOnlyList<FrameOrigin> ears = origins();
        int bss = device.Bssid.IsZero || device.Bssid == device.Address ? row : tables.Find(device.Bssid);
        SecurityFacts security = SecurityOf(device, bss);
        ushort interval = device.CurrentNetwork == 0 ? (ushort)0 : tables.Networks[device.CurrentNetwork - 1].BeaconIntervalTu;
        string address = device.Address.ToString();
        (double? latitude, double? longitude, double? altitude) = Place(device);
        return new KismetDevice
        {
            MacAddress = address,
            Type = device.Type,
            Ssid = NameOf(device, bss),
            Bssid = device.Bssid.IsZero ? null : device.Bssid == device.Address ? address : device.Bssid.ToString(),
            Vendor = VendorRegistry.Lookup(device.Address),
            IsRandomized = device.Address.IsLocal,
            Channel = device.Channel == 0 ? null : device.Channel,
            FrequencyMHz = device.FrequencyMHz == 0 ? null : device.FrequencyMHz,
            Encryption = security.Encryption,
            SignalDbm = Dbm(device.Signal),
            SignalMinDbm = Dbm(device.SignalMin),
            SignalMaxDbm = Dbm(device.SignalMax),
            NoiseDbm = Dbm(device.Noise),
            MaxRateMbps = Mbps(device.MaxRateKbps),
            Standard = StandardOf(device.Capabilities, device.FrequencyMHz),
            Packets = device.Packets,
            DataPackets = device.DataPackets,
            ManagementPackets = device.ManagementPackets,
            EncryptedPackets = device.EncryptedPackets,
            Bytes = device.Bytes,
            Retries = device.Retries,
            FcsErrors = device.FcsErrors,
            ClientCount = device.ClientCount,
            BeaconIntervalTu = interval == 0 ? null : interval,
            Latitude = latitude,
            Longitude = longitude,
            AltitudeM = altitude,
            FirstSeen = UnixTime.ToDateTime(device.FirstNs),
            LastSeen = UnixTime.ToDateTime(device.LastNs),
            SensorId = device.LastOrigin < ears.Count && device.Sensors != 0 ? ears[device.LastOrigin].Id : null,
            Source = source(),
            SessionId = sessionId,
            Ssids = Ssids(device),
            ProbedSsids = Probes(device),
            Clients = Clients(device),
            Security = Security(security, device.EapolKeys),
            Sensors = Sensors(device, ears),
        };
    }

    /// <summary>A network.</summary>
    public KismetNetwork Network(int row)
    {
        ref NetworkRow network = ref tables.Networks[row];
        ref DeviceRow device = ref tables.Devices[network.Device];
        BssRow totals = device.Bss == 0 ? default : tables.Bsses[device.Bss - 1];
        SecurityFacts security = network.Security.ToFacts();
        return new KismetNetwork
        {
            Bssid = device.Address.ToString(),
            Ssid = tables.Names.Text(network.Name),
            Hidden = network.Hidden,
            Channel = network.Channel == 0 ? null : network.Channel,
            FrequencyMHz = network.FrequencyMHz == 0 ? null : network.FrequencyMHz,
            WidthMHz = network.WidthMHz == 0 ? null : network.WidthMHz,
            Encryption = security.Encryption,
            Standard = StandardOf(network.Capabilities, network.FrequencyMHz),
            Country = Country(network.Country),
            SignalDbm = Dbm(device.Signal),
            ClientCount = device.ClientCount,
            Clients = Clients(device),
            Beacons = network.Beacons,
            Packets = totals.Packets,
            DataPackets = totals.DataPackets,
            ManagementPackets = totals.ManagementPackets,
            EncryptedPackets = totals.EncryptedPackets,
            TimestampUs = network.TsfUs,
            Bytes = totals.Bytes,
            MfpRequired = security.KeyManagement == KeyManagement.None ? null : security.MfpRequired,
            Wps = !network.HasWps ? null : network.WpsLocked ? "Locked" : network.WpsState == 2 ? "Configured" : "NotConfigured",
            Manufacturer = tables.Names.Text(network.Manufacturer) ?? VendorRegistry.Lookup(device.Address),
            Model = tables.Names.Text(network.Model),
            ApName = tables.Names.Text(network.ApName),
            MldAddress = network.MldAddress.IsZero ? null : network.MldAddress.ToString(),
            ReportedStations = network.HasQbss ? network.QbssStations : null,
            ChannelUtilization = network.HasQbss ? Math.Round(network.QbssUtilization * 100.0 / 255, 1) : null,
            Security = Security(security, device.EapolKeys),
            FirstSeen = UnixTime.ToDateTime(network.FirstNs),
            LastSeen = UnixTime.ToDateTime(network.LastNs),
            SessionId = sessionId,
        };
    }

    private static int? Dbm(short value) => value == DeviceRow.NoSignal ? null : value;

    private static double? Mbps(int kbps) => kbps == 0 ? null : kbps / 1000.0;

    private static string? Country(ushort packed) =>
        packed == 0 ? null : string.Create(2, packed, static (span, code) => (span[0], span[1]) = ((char)(code >> 8), (char)(code & 0xFF)));

    private static string? StandardOf(ElementParts capabilities, int frequencyMHz)
    {
        WirelessChannel.FromFrequency(frequencyMHz, out Band band);
        return StandardName.Of(capabilities, band);
    }

    private KismetSecurity Security(in SecurityFacts facts, int eapolKeys)
    {
        if (facts.Encryption == WirelessEncryption.Unknown && eapolKeys == 0)
        {
            return KismetSecurity.Unknown;
        }

        if (eapolKeys != 0)
        {
            return NewSecurity(facts, eapolKeys);
        }

        SecurityRow key = SecurityRow.From(facts);
        if (!_securities.TryGetValue(key, out KismetSecurity? known))
        {
            if (_securities.Count == KeptSecurities)
            {
                _securities.Clear();
            }

            _securities.Add(key, known = NewSecurity(facts, 0));
        }

        return known;
    }

    private static KismetSecurity NewSecurity(in SecurityFacts facts, int eapolKeys) => new()
    {
        Encryption = facts.Encryption,
        KeyManagement = facts.KeyManagement,
        PairwiseCiphers = facts.PairwiseCiphers,
        GroupCiphers = facts.GroupCiphers,
        MfpRequired = facts.MfpRequired,
        MfpCapable = facts.MfpCapable,
        SaeHashToElement = facts.SaeHashToElement,
        OweTransition = facts.OweTransition,
        EapolKeys = eapolKeys,
        Text = SecurityText.Of(facts),
    };

    // What the device itself told, else what its access point offers, else what its data frames show.
    private SecurityFacts SecurityOf(in DeviceRow device, int bss)
    {
        if (device.CurrentNetwork != 0)
        {
            return tables.Networks[device.CurrentNetwork - 1].Security.ToFacts();
        }

        if (device.Security.Encryption != WirelessEncryption.Unknown)
        {
            return device.Security.ToFacts();
        }

        if (bss >= 0 && device.Type is KismetDeviceType.Client or KismetDeviceType.AdHoc && tables.Devices[bss].CurrentNetwork != 0)
        {
            return tables.Networks[tables.Devices[bss].CurrentNetwork - 1].Security.ToFacts();
        }

        return new SecurityFacts
        {
            Encryption = device.DataCipher switch
            {
                DataCipher.Wep => WirelessEncryption.Wep,
                DataCipher.Tkip => WirelessEncryption.Wpa,
                DataCipher.Ccmp => WirelessEncryption.Wpa2,
                _ => device.ClearData ? WirelessEncryption.Open : WirelessEncryption.Unknown,
            },
        };
    }

    private string? NameOf(in DeviceRow device, int bss)
    {
        if (device.AssociatedName != 0)
        {
            return tables.Names.Text(device.AssociatedName);
        }

        int network = device.CurrentNetwork != 0 ? device.CurrentNetwork : bss >= 0 ? tables.Devices[bss].CurrentNetwork : 0;
        if (network == 0 && bss >= 0)
        {
            // Known only from a client that joined.
            network = tables.Devices[bss].Networks;
        }

        return network == 0 ? null : tables.Names.Text(tables.Networks[network - 1].Name);
    }

    private DetailList<KismetSsid> Ssids(in DeviceRow device)
    {
        if (device.Networks == 0)
        {
            return DetailList<KismetSsid>.Empty;
        }

        KismetSsid[] list = new KismetSsid[device.NetworkCount];
        int at = list.Length;
        for (int next = device.Networks; next != 0; next = tables.Networks[next - 1].Next)
        {
            ref NetworkRow network = ref tables.Networks[next - 1];
            list[--at] = new KismetSsid
            {
                Ssid = tables.Names.Text(network.Name),
                Hidden = network.Hidden,
                Channel = network.Channel == 0 ? null : network.Channel,
                Encryption = network.Security.Encryption,
                BeaconIntervalTu = network.BeaconIntervalTu == 0 ? null : network.BeaconIntervalTu,
                MaxRateMbps = Mbps(network.MaxRateKbps),
                FirstSeen = UnixTime.ToDateTime(network.FirstNs),
                LastSeen = UnixTime.ToDateTime(network.LastNs),
                Packets = network.Packets,
            };
        }

        return new DetailList<KismetSsid>(list);
    }

    private DetailList<string> Probes(in DeviceRow device)
    {
        if (device.Probes == 0)
        {
            return DetailList<string>.Empty;
        }

        string[] list = new string[device.ProbeCount];
        int at = list.Length;
        for (int next = device.Probes; next != 0; next = tables.Probes[next - 1].Next)
        {
            list[--at] = tables.Names.Text(tables.Probes[next - 1].Name)!;
        }

        return new DetailList<string>(list);
    }

    private DetailList<string> Clients(in DeviceRow device)
    {
        if (device.ClientLinks == 0)
        {
            return DetailList<string>.Empty;
        }

        string[] list = new string[device.ClientCount];
        int at = list.Length;
        for (int next = device.ClientLinks; next != 0; next = tables.Links[next - 1].NextOfAccessPoint)
        {
            list[--at] = tables.Devices[tables.Links[next - 1].Client].Address.ToString();
        }

        return new DetailList<string>(list);
    }

    // Of several sensors, that of the one that heard it best.
    private (double? Latitude, double? Longitude, double? AltitudeM) Place(in DeviceRow device)
    {
        SensorRow best = default;
        for (int next = device.Sensors; next != 0; next = tables.Sensors[next - 1].Next)
        {
            ref SensorRow sensor = ref tables.Sensors[next - 1];
            if (sensor.HasPlace && (!best.HasPlace || sensor.PlaceSignal > best.PlaceSignal))
            {
                best = sensor;
            }
        }

        return best.HasPlace ? (best.LatitudeE7 / 1e7, best.LongitudeE7 / 1e7, best.AltitudeM == SensorRow.NoAltitude ? null : best.AltitudeM) : default;
    }

    private DetailList<KismetSensorSignal> Sensors(in DeviceRow device, IReadOnlyList<FrameOrigin> ears)
    {
        if (device.Sensors == 0)
        {
            return DetailList<KismetSensorSignal>.Empty;
        }

        int count = 0;
        for (int next = device.Sensors; next != 0; next = tables.Sensors[next - 1].Next)
        {
            count++;
        }

        KismetSensorSignal[] list = new KismetSensorSignal[count];
        for (int next = device.Sensors; next != 0; next = tables.Sensors[next - 1].Next)
        {
            ref SensorRow sensor = ref tables.Sensors[next - 1];
            list[--count] = new KismetSensorSignal
            {
                SensorId = sensor.Origin < ears.Count ? ears[sensor.Origin].Id : sensor.Origin.ToString(CultureInfo.InvariantCulture),
                SignalDbm = Dbm(sensor.Signal),
                SignalMinDbm = Dbm(sensor.SignalMin),
                SignalMaxDbm = Dbm(sensor.SignalMax),
                SignalMeanDbm = sensor.SignalCount == 0 ? null : Math.Round((double)sensor.SignalSum / sensor.SignalCount, 1),
                Packets = sensor.Packets,
                LastSeen = UnixTime.ToDateTime(sensor.LastNs),
            };
        }

        return new DetailList<KismetSensorSignal>(list);
    }
}
