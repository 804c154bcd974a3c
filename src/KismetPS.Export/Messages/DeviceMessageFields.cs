using KismetPS.Tracking;
using KismetPS.Wireless.Security;

namespace KismetPS.Export.Messages;

/// <summary>
/// The fields of a device in a message. The first eight are the export guide's, with its names, in its order; where the guide is silent the
/// names are ours, in the same manner of writing.
/// </summary>
internal static class DeviceMessageFields
{
    /// <summary>When the device was heard last. As in the guide it has no zone letter; it is UTC.</summary>
    public static MessageField<KismetDevice> Timestamp { get; } = new TimeField<KismetDevice>("Timestamp", "timestamp", static d => d.LastSeen, zone: false, cefKey: "rt");

    public static MessageField<KismetDevice> MacAddress { get; } = new TextField<KismetDevice>(nameof(KismetDevice.MacAddress), "mac_addr", static d => d.MacAddress, "smac");

    public static MessageField<KismetDevice> Phy { get; } = new TextField<KismetDevice>(nameof(KismetDevice.Phy), "phy_type", static d => d.Phy, "app");

    public static MessageField<KismetDevice> Signal { get; } = new IntegerField<KismetDevice>(nameof(KismetDevice.SignalDbm), "signal_dbm", static d => d.SignalDbm, "cn1", "signalDbm");

    public static MessageField<KismetDevice> Packets { get; } = new IntegerField<KismetDevice>(nameof(KismetDevice.Packets), "total_packets", static d => d.Packets, "cn3", "totalPackets");

    private static readonly MessageField<KismetDevice> s_vendor = new TextField<KismetDevice>(nameof(KismetDevice.Vendor), "manufacturer", static d => d.Vendor, "cs3", "manufacturer");
    private static readonly MessageField<KismetDevice> s_latitude = new DecimalField<KismetDevice>(nameof(KismetDevice.Latitude), "latitude", static d => d.Latitude, "slat");
    private static readonly MessageField<KismetDevice> s_longitude = new DecimalField<KismetDevice>(nameof(KismetDevice.Longitude), "longitude", static d => d.Longitude, "slong");
    private static readonly MessageField<KismetDevice> s_type = new WordField<KismetDevice>(nameof(KismetDevice.Type), "device_type", static d => d.Type == KismetDeviceType.Unknown ? null : NameText<KismetDeviceType>.Of(d.Type), "cs4", "deviceType");
    private static readonly MessageField<KismetDevice> s_ssid = new TextField<KismetDevice>(nameof(KismetDevice.Ssid), "ssid", static d => d.Ssid, "cs1", "ssid");
    private static readonly MessageField<KismetDevice> s_bssid = new TextField<KismetDevice>(nameof(KismetDevice.Bssid), "bssid", static d => d.Bssid, "cs2", "bssid");
    private static readonly MessageField<KismetDevice> s_channel = new IntegerField<KismetDevice>(nameof(KismetDevice.Channel), "channel", static d => d.Channel, "cn2", "channel");
    private static readonly MessageField<KismetDevice> s_frequency = new IntegerField<KismetDevice>(nameof(KismetDevice.FrequencyMHz), "frequency_mhz", static d => d.FrequencyMHz);
    private static readonly MessageField<KismetDevice> s_encryption = new WordField<KismetDevice>(nameof(KismetDevice.Encryption), "encryption", static d => d.Encryption == WirelessEncryption.Unknown ? null : NameText<WirelessEncryption>.Of(d.Encryption), "cs5", "encryption");
    private static readonly MessageField<KismetDevice> s_standard = new TextField<KismetDevice>(nameof(KismetDevice.Standard), "standard", static d => d.Standard);
    private static readonly MessageField<KismetDevice> s_noise = new IntegerField<KismetDevice>(nameof(KismetDevice.NoiseDbm), "noise_dbm", static d => d.NoiseDbm);
    private static readonly MessageField<KismetDevice> s_signalMin = new IntegerField<KismetDevice>(nameof(KismetDevice.SignalMinDbm), "signal_min_dbm", static d => d.SignalMinDbm);
    private static readonly MessageField<KismetDevice> s_signalMax = new IntegerField<KismetDevice>(nameof(KismetDevice.SignalMaxDbm), "signal_max_dbm", static d => d.SignalMaxDbm);
    private static readonly MessageField<KismetDevice> s_maxRate = new DecimalField<KismetDevice>(nameof(KismetDevice.MaxRateMbps), "max_rate_mbps", static d => d.MaxRateMbps);
    private static readonly MessageField<KismetDevice> s_dataPackets = new IntegerField<KismetDevice>(nameof(KismetDevice.DataPackets), "data_packets", static d => d.DataPackets);
    private static readonly MessageField<KismetDevice> s_managementPackets = new IntegerField<KismetDevice>(nameof(KismetDevice.ManagementPackets), "management_packets", static d => d.ManagementPackets);
    private static readonly MessageField<KismetDevice> s_encryptedPackets = new IntegerField<KismetDevice>(nameof(KismetDevice.EncryptedPackets), "encrypted_packets", static d => d.EncryptedPackets);
    private static readonly MessageField<KismetDevice> s_bytes = new IntegerField<KismetDevice>(nameof(KismetDevice.Bytes), "bytes", static d => d.Bytes, "in");
    private static readonly MessageField<KismetDevice> s_retries = new IntegerField<KismetDevice>(nameof(KismetDevice.Retries), "retries", static d => d.Retries);
    private static readonly MessageField<KismetDevice> s_fcsErrors = new IntegerField<KismetDevice>(nameof(KismetDevice.FcsErrors), "fcs_errors", static d => d.FcsErrors);
    private static readonly MessageField<KismetDevice> s_clientCount = new IntegerField<KismetDevice>(nameof(KismetDevice.ClientCount), "client_count", static d => d.ClientCount);
    private static readonly MessageField<KismetDevice> s_beaconInterval = new IntegerField<KismetDevice>(nameof(KismetDevice.BeaconIntervalTu), "beacon_interval_tu", static d => d.BeaconIntervalTu);
    private static readonly MessageField<KismetDevice> s_altitude = new DecimalField<KismetDevice>(nameof(KismetDevice.AltitudeM), "altitude", static d => d.AltitudeM);
    private static readonly MessageField<KismetDevice> s_isRandomized = new FlagField<KismetDevice>(nameof(KismetDevice.IsRandomized), "is_randomized", static d => d.IsRandomized);
    private static readonly MessageField<KismetDevice> s_firstSeen = new TimeField<KismetDevice>(nameof(KismetDevice.FirstSeen), "first_seen", static d => d.FirstSeen, cefKey: "start");
    private static readonly MessageField<KismetDevice> s_lastSeen = new TimeField<KismetDevice>(nameof(KismetDevice.LastSeen), "last_seen", static d => d.LastSeen, cefKey: "end");
    private static readonly MessageField<KismetDevice> s_sensor = new TextField<KismetDevice>(nameof(KismetDevice.SensorId), "sensor", static d => d.SensorId, "deviceExternalId");
    private static readonly MessageField<KismetDevice> s_source = new TextField<KismetDevice>(nameof(KismetDevice.Source), "source", static d => d.Source);
    private static readonly MessageField<KismetDevice> s_sessionId = new IntegerField<KismetDevice>(nameof(KismetDevice.SessionId), "session_id", static d => d.SessionId);
    private static readonly MessageField<KismetDevice> s_isStale = new FlagField<KismetDevice>(nameof(KismetDevice.IsStale), "is_stale", static d => d.IsStale);
    private static readonly MessageField<KismetDevice> s_security = new TextField<KismetDevice>(nameof(KismetDevice.Security), "security", static d => d.Security.Text);
    private static readonly MessageField<KismetDevice> s_ssids = new ListField<KismetDevice, KismetSsid>(nameof(KismetDevice.Ssids), "ssids", static d => d.Ssids, static s => s.Ssid);
    private static readonly MessageField<KismetDevice> s_probedSsids = new ListField<KismetDevice, string>(nameof(KismetDevice.ProbedSsids), "probed_ssids", static d => d.ProbedSsids, static s => s);
    private static readonly MessageField<KismetDevice> s_clients = new ListField<KismetDevice, string>(nameof(KismetDevice.Clients), "clients", static d => d.Clients, static s => s);
    private static readonly MessageField<KismetDevice> s_sensors = new ListField<KismetDevice, KismetSensorSignal>(nameof(KismetDevice.Sensors), "sensors", static d => d.Sensors, static s => s.ToString());

    private static readonly MessageField<KismetDevice> s_properties = new ListField<KismetDevice, KismetProperty>(nameof(KismetDevice.Properties), "properties", static d => d.Properties, static p => p.ToString());

    /// <summary>The guide's eight, then ours.</summary>
    public static MessageField<KismetDevice>[] All { get; } =
    [
        Timestamp, MacAddress, Phy, Signal, Packets, s_vendor, s_latitude, s_longitude,
        s_type, s_ssid, s_bssid, s_channel, s_frequency, s_encryption, s_standard, s_noise, s_signalMin, s_signalMax, s_maxRate, s_dataPackets, s_bytes,
        s_retries, s_fcsErrors, s_clientCount, s_beaconInterval, s_altitude, s_isRandomized, s_firstSeen, s_lastSeen, s_sensor, s_source, s_sessionId,
        s_managementPackets, s_encryptedPackets, s_isStale,
        s_security, s_ssids, s_probedSsids, s_clients, s_sensors, s_properties,
    ];

    /// <summary>Json: the guide's eight, then the flat fields a receiver can use. The time of last hearing is the guide's timestamp.</summary>
    public static MessageField<KismetDevice>[] Json { get; } =
    [
        Timestamp, MacAddress, Phy, Signal, Packets, s_vendor, s_latitude, s_longitude,
        s_type, s_ssid, s_bssid, s_channel, s_frequency, s_encryption, s_standard, s_noise, s_signalMin, s_signalMax, s_maxRate, s_dataPackets, s_bytes,
        s_retries, s_fcsErrors, s_clientCount, s_beaconInterval, s_altitude, s_isRandomized, s_firstSeen, s_sensor, s_source,
    ];

    /// <summary>Csv: the guide's columns behind the word DEVICE.</summary>
    public static MessageField<KismetDevice>[] Csv { get; } = [MacAddress, Phy, Signal, Packets, Timestamp];

    /// <summary>Simple: the same without the time.</summary>
    public static MessageField<KismetDevice>[] Simple { get; } = [MacAddress, Phy, Signal, Packets];

    /// <summary>Syslog and Gelf.</summary>
    public static MessageField<KismetDevice>[] Log { get; } = Json;

    /// <summary>Cef: what its dictionary has a key for.</summary>
    public static MessageField<KismetDevice>[] Cef { get; } =
        [Timestamp, MacAddress, Signal, Packets, s_vendor, s_latitude, s_longitude, s_type, s_ssid, s_bssid, s_channel, s_encryption, s_bytes, s_firstSeen, s_lastSeen, s_sensor];

    /// <summary>What is left out first where a message of the format's own fields is too long. The guide's eight stay.</summary>
    public static MessageField<KismetDevice>[] LeastImportantFirst { get; } =
    [
        s_source, s_isRandomized, s_beaconInterval, s_fcsErrors, s_retries, s_altitude, s_maxRate, s_signalMin, s_signalMax, s_noise, s_dataPackets,
        s_lastSeen, s_sensor, s_firstSeen, s_clientCount, s_standard, s_bytes, s_frequency, s_bssid, s_encryption, s_channel, s_type, s_ssid,
    ];
}
