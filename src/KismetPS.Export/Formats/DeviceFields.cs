using KismetPS.Capture;
using KismetPS.Tracking;
using KismetPS.Wireless;
using KismetPS.Wireless.Security;

namespace KismetPS.Export.Formats;

/// <summary>The one ordered list of a device's fields: flat ones first, then the details. Every format takes names, order and text from here.</summary>
internal static class DeviceFields
{
    private static readonly RecordField<KismetDevice, string?> s_macAddress = new(nameof(KismetDevice.MacAddress), static d => d.MacAddress, TextCodec.Instance);
    private static readonly RecordField<KismetDevice, KismetDeviceType> s_type = new(nameof(KismetDevice.Type), static d => d.Type, NameCodec<KismetDeviceType>.Instance);
    private static readonly RecordField<KismetDevice, string?> s_ssid = new(nameof(KismetDevice.Ssid), static d => d.Ssid, TextCodec.Instance);
    private static readonly RecordField<KismetDevice, string?> s_bssid = new(nameof(KismetDevice.Bssid), static d => d.Bssid, TextCodec.Instance);
    private static readonly RecordField<KismetDevice, string?> s_vendor = new(nameof(KismetDevice.Vendor), static d => d.Vendor, TextCodec.Instance);
    private static readonly RecordField<KismetDevice, bool> s_isRandomized = new(nameof(KismetDevice.IsRandomized), static d => d.IsRandomized, FlagCodec.Instance);
    private static readonly RecordField<KismetDevice, int?> s_channel = new(nameof(KismetDevice.Channel), static d => d.Channel, IntegerCodec.Instance);
    private static readonly RecordField<KismetDevice, int?> s_frequencyMHz = new(nameof(KismetDevice.FrequencyMHz), static d => d.FrequencyMHz, IntegerCodec.Instance);
    private static readonly RecordField<KismetDevice, WirelessEncryption> s_encryption = new(nameof(KismetDevice.Encryption), static d => d.Encryption, NameCodec<WirelessEncryption>.Instance);
    private static readonly RecordField<KismetDevice, int?> s_signalDbm = new(nameof(KismetDevice.SignalDbm), static d => d.SignalDbm, IntegerCodec.Instance);
    private static readonly RecordField<KismetDevice, int?> s_signalMinDbm = new(nameof(KismetDevice.SignalMinDbm), static d => d.SignalMinDbm, IntegerCodec.Instance);
    private static readonly RecordField<KismetDevice, int?> s_signalMaxDbm = new(nameof(KismetDevice.SignalMaxDbm), static d => d.SignalMaxDbm, IntegerCodec.Instance);
    private static readonly RecordField<KismetDevice, int?> s_noiseDbm = new(nameof(KismetDevice.NoiseDbm), static d => d.NoiseDbm, IntegerCodec.Instance);
    private static readonly RecordField<KismetDevice, double?> s_maxRateMbps = new(nameof(KismetDevice.MaxRateMbps), static d => d.MaxRateMbps, DecimalCodec.Instance);
    private static readonly RecordField<KismetDevice, string?> s_standard = new(nameof(KismetDevice.Standard), static d => d.Standard, TextCodec.Instance);
    private static readonly RecordField<KismetDevice, long> s_packets = new(nameof(KismetDevice.Packets), static d => d.Packets, CountCodec.Instance);
    private static readonly RecordField<KismetDevice, long> s_dataPackets = new(nameof(KismetDevice.DataPackets), static d => d.DataPackets, CountCodec.Instance);
    private static readonly RecordField<KismetDevice, long> s_managementPackets = new(nameof(KismetDevice.ManagementPackets), static d => d.ManagementPackets, CountCodec.Instance);
    private static readonly RecordField<KismetDevice, long> s_encryptedPackets = new(nameof(KismetDevice.EncryptedPackets), static d => d.EncryptedPackets, CountCodec.Instance);
    private static readonly RecordField<KismetDevice, long> s_bytes = new(nameof(KismetDevice.Bytes), static d => d.Bytes, CountCodec.Instance);
    private static readonly RecordField<KismetDevice, long> s_retries = new(nameof(KismetDevice.Retries), static d => d.Retries, CountCodec.Instance);
    private static readonly RecordField<KismetDevice, long> s_fcsErrors = new(nameof(KismetDevice.FcsErrors), static d => d.FcsErrors, CountCodec.Instance);
    private static readonly RecordField<KismetDevice, int?> s_clientCount = new(nameof(KismetDevice.ClientCount), static d => d.ClientCount, IntegerCodec.Instance);
    private static readonly RecordField<KismetDevice, int?> s_beaconIntervalTu = new(nameof(KismetDevice.BeaconIntervalTu), static d => d.BeaconIntervalTu, IntegerCodec.Instance);
    private static readonly RecordField<KismetDevice, double?> s_latitude = new(nameof(KismetDevice.Latitude), static d => d.Latitude, DecimalCodec.Instance);
    private static readonly RecordField<KismetDevice, double?> s_longitude = new(nameof(KismetDevice.Longitude), static d => d.Longitude, DecimalCodec.Instance);
    private static readonly RecordField<KismetDevice, double?> s_altitudeM = new(nameof(KismetDevice.AltitudeM), static d => d.AltitudeM, DecimalCodec.Instance);
    private static readonly RecordField<KismetDevice, DateTimeOffset> s_firstSeen = new(nameof(KismetDevice.FirstSeen), static d => d.FirstSeen, TimeCodec.Instance);
    private static readonly RecordField<KismetDevice, DateTimeOffset> s_lastSeen = new(nameof(KismetDevice.LastSeen), static d => d.LastSeen, TimeCodec.Instance);
    private static readonly RecordField<KismetDevice, string?> s_sensorId = new(nameof(KismetDevice.SensorId), static d => d.SensorId, TextCodec.Instance);
    private static readonly RecordField<KismetDevice, string?> s_source = new(nameof(KismetDevice.Source), static d => d.Source, TextCodec.Instance);
    private static readonly RecordField<KismetDevice, int?> s_sessionId = new(nameof(KismetDevice.SessionId), static d => d.SessionId, IntegerCodec.Instance);
    private static readonly RecordField<KismetDevice, bool> s_isStale = new(nameof(KismetDevice.IsStale), static d => d.IsStale, FlagCodec.Instance);
    private static readonly RecordField<KismetDevice, string?> s_phy = new(nameof(KismetDevice.Phy), static d => d.Phy, TextCodec.Instance);
    private static readonly RecordField<KismetDevice, DetailList<KismetSsid>> s_ssids = new(nameof(KismetDevice.Ssids), static d => d.Ssids, DetailFields.SsidList);
    private static readonly RecordField<KismetDevice, DetailList<string>> s_probedSsids = new(nameof(KismetDevice.ProbedSsids), static d => d.ProbedSsids, TextListCodec.Instance);
    private static readonly RecordField<KismetDevice, DetailList<string>> s_clients = new(nameof(KismetDevice.Clients), static d => d.Clients, TextListCodec.Instance);
    private static readonly RecordField<KismetDevice, KismetSecurity> s_security = new(nameof(KismetDevice.Security), static d => d.Security, SecurityCodec.Instance);
    private static readonly RecordField<KismetDevice, DetailList<KismetSensorSignal>> s_sensors = new(nameof(KismetDevice.Sensors), static d => d.Sensors, DetailFields.SensorList);
    private static readonly RecordField<KismetDevice, DetailList<KismetProperty>> s_properties = new(nameof(KismetDevice.Properties), static d => d.Properties, DetailFields.PropertyList);

    public static RecordTable<KismetDevice> Table { get; } = new(
        static draft => !MacAddress.TryParse(s_macAddress.Read(draft), null, out MacAddress mac)
            ? null
            : new KismetDevice
            {
                MacAddress = mac.ToString(),
                Type = s_type.Read(draft),
                Ssid = s_ssid.Read(draft),
                Bssid = s_bssid.Read(draft),
                Vendor = s_vendor.Read(draft),
                IsRandomized = s_isRandomized.Read(draft),
                Channel = s_channel.Read(draft),
                FrequencyMHz = s_frequencyMHz.Read(draft),
                Encryption = s_encryption.Read(draft),
                SignalDbm = s_signalDbm.Read(draft),
                SignalMinDbm = s_signalMinDbm.Read(draft),
                SignalMaxDbm = s_signalMaxDbm.Read(draft),
                NoiseDbm = s_noiseDbm.Read(draft),
                MaxRateMbps = s_maxRateMbps.Read(draft),
                Standard = s_standard.Read(draft),
                Packets = s_packets.Read(draft),
                DataPackets = s_dataPackets.Read(draft),
                ManagementPackets = s_managementPackets.Read(draft),
                EncryptedPackets = s_encryptedPackets.Read(draft),
                Bytes = s_bytes.Read(draft),
                Retries = s_retries.Read(draft),
                FcsErrors = s_fcsErrors.Read(draft),
                ClientCount = s_clientCount.Read(draft) ?? 0,
                BeaconIntervalTu = s_beaconIntervalTu.Read(draft),
                Latitude = s_latitude.Read(draft),
                Longitude = s_longitude.Read(draft),
                AltitudeM = s_altitudeM.Read(draft),
                FirstSeen = s_firstSeen.Read(draft),
                LastSeen = s_lastSeen.Read(draft),
                SensorId = s_sensorId.Read(draft),
                Source = s_source.Read(draft),
                SessionId = s_sessionId.Read(draft) ?? 0,
                IsStale = s_isStale.Read(draft),
                Phy = s_phy.Read(draft) ?? KismetDevice.Wifi,
                Ssids = s_ssids.Read(draft) ?? DetailList<KismetSsid>.Empty,
                ProbedSsids = s_probedSsids.Read(draft) ?? DetailList<string>.Empty,
                Clients = s_clients.Read(draft) ?? DetailList<string>.Empty,
                Security = s_security.Read(draft) ?? KismetSecurity.Unknown,
                Sensors = s_sensors.Read(draft) ?? DetailList<KismetSensorSignal>.Empty,
                Properties = s_properties.Read(draft) ?? DetailList<KismetProperty>.Empty,
            },
        s_macAddress,
        s_type,
        s_ssid,
        s_bssid,
        s_vendor,
        s_isRandomized,
        s_channel,
        s_frequencyMHz,
        s_encryption,
        s_signalDbm,
        s_signalMinDbm,
        s_signalMaxDbm,
        s_noiseDbm,
        s_maxRateMbps,
        s_standard,
        s_packets,
        s_dataPackets,
        s_managementPackets,
        s_encryptedPackets,
        s_bytes,
        s_retries,
        s_fcsErrors,
        s_clientCount,
        s_beaconIntervalTu,
        s_latitude,
        s_longitude,
        s_altitudeM,
        s_firstSeen,
        s_lastSeen,
        s_sensorId,
        s_source,
        s_sessionId,
        s_isStale,
        s_phy,
        s_ssids,
        s_probedSsids,
        s_clients,
        s_security,
        s_sensors,
        s_properties);

    /// <summary>All fields in order.</summary>
    public static IReadOnlyList<RecordField<KismetDevice>> All => Table.Fields;

    /// <summary>The fields before the details.</summary>
    public static IReadOnlyList<RecordField<KismetDevice>> Flat { get; } = [.. Table.Fields.Take(34)];
}
