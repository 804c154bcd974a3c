using System.Globalization;
using KismetPS.Tracking;
using KismetPS.Wireless.Security;

namespace KismetPS.Export.Formats;

/// <summary>The fields of the records inside a device.</summary>
internal static class DetailFields
{
    private const string HiddenName = "<hidden>";

    private static readonly RecordField<KismetSsid, string?> s_ssid = new(nameof(KismetSsid.Ssid), static s => s.Ssid, TextCodec.Instance);
    private static readonly RecordField<KismetSsid, bool> s_hidden = new(nameof(KismetSsid.Hidden), static s => s.Hidden, FlagCodec.Instance);
    private static readonly RecordField<KismetSsid, int?> s_channel = new(nameof(KismetSsid.Channel), static s => s.Channel, IntegerCodec.Instance);
    private static readonly RecordField<KismetSsid, WirelessEncryption> s_encryption = new(nameof(KismetSsid.Encryption), static s => s.Encryption, NameCodec<WirelessEncryption>.Instance);
    private static readonly RecordField<KismetSsid, int?> s_interval = new(nameof(KismetSsid.BeaconIntervalTu), static s => s.BeaconIntervalTu, IntegerCodec.Instance);
    private static readonly RecordField<KismetSsid, double?> s_rate = new(nameof(KismetSsid.MaxRateMbps), static s => s.MaxRateMbps, DecimalCodec.Instance);
    private static readonly RecordField<KismetSsid, DateTimeOffset> s_first = new(nameof(KismetSsid.FirstSeen), static s => s.FirstSeen, TimeCodec.Instance);
    private static readonly RecordField<KismetSsid, DateTimeOffset> s_last = new(nameof(KismetSsid.LastSeen), static s => s.LastSeen, TimeCodec.Instance);
    private static readonly RecordField<KismetSsid, long> s_packets = new(nameof(KismetSsid.Packets), static s => s.Packets, CountCodec.Instance);

    private static readonly RecordField<KismetSensorSignal, string?> s_sensor = new(nameof(KismetSensorSignal.SensorId), static s => s.SensorId, TextCodec.Instance);
    private static readonly RecordField<KismetSensorSignal, int?> s_signal = new(nameof(KismetSensorSignal.SignalDbm), static s => s.SignalDbm, IntegerCodec.Instance);
    private static readonly RecordField<KismetSensorSignal, int?> s_signalMin = new(nameof(KismetSensorSignal.SignalMinDbm), static s => s.SignalMinDbm, IntegerCodec.Instance);
    private static readonly RecordField<KismetSensorSignal, int?> s_signalMax = new(nameof(KismetSensorSignal.SignalMaxDbm), static s => s.SignalMaxDbm, IntegerCodec.Instance);
    private static readonly RecordField<KismetSensorSignal, double?> s_signalMean = new(nameof(KismetSensorSignal.SignalMeanDbm), static s => s.SignalMeanDbm, DecimalCodec.Instance);
    private static readonly RecordField<KismetSensorSignal, long> s_heard = new(nameof(KismetSensorSignal.Packets), static s => s.Packets, CountCodec.Instance);
    private static readonly RecordField<KismetSensorSignal, DateTimeOffset> s_lastHeard = new(nameof(KismetSensorSignal.LastSeen), static s => s.LastSeen, TimeCodec.Instance);

    private static readonly RecordField<KismetProperty, string?> s_name = new(nameof(KismetProperty.Name), static p => p.Name, TextCodec.Instance);
    private static readonly RecordField<KismetProperty, string?> s_value = new(nameof(KismetProperty.Value), static p => p.Value, TextCodec.Instance);

    private static readonly RecordField<KismetSecurity, string?> s_text = new(nameof(KismetSecurity.Text), static s => s.Text, TextCodec.Instance);
    private static readonly RecordField<KismetSecurity, WirelessEncryption> s_protection = new(nameof(KismetSecurity.Encryption), static s => s.Encryption, NameCodec<WirelessEncryption>.Instance);
    private static readonly RecordField<KismetSecurity, KeyManagement> s_keys = new(nameof(KismetSecurity.KeyManagement), static s => s.KeyManagement, NameCodec<KeyManagement>.Instance);
    private static readonly RecordField<KismetSecurity, CipherSuites> s_pairwise = new(nameof(KismetSecurity.PairwiseCiphers), static s => s.PairwiseCiphers, NameCodec<CipherSuites>.Instance);
    private static readonly RecordField<KismetSecurity, CipherSuites> s_group = new(nameof(KismetSecurity.GroupCiphers), static s => s.GroupCiphers, NameCodec<CipherSuites>.Instance);
    private static readonly RecordField<KismetSecurity, bool> s_mfpRequired = new(nameof(KismetSecurity.MfpRequired), static s => s.MfpRequired, FlagCodec.Instance);
    private static readonly RecordField<KismetSecurity, bool> s_mfpCapable = new(nameof(KismetSecurity.MfpCapable), static s => s.MfpCapable, FlagCodec.Instance);
    private static readonly RecordField<KismetSecurity, bool> s_hashToElement = new(nameof(KismetSecurity.SaeHashToElement), static s => s.SaeHashToElement, FlagCodec.Instance);
    private static readonly RecordField<KismetSecurity, bool> s_oweTransition = new(nameof(KismetSecurity.OweTransition), static s => s.OweTransition, FlagCodec.Instance);
    private static readonly RecordField<KismetSecurity, long> s_eapol = new(nameof(KismetSecurity.EapolKeys), static s => s.EapolKeys, CountCodec.Instance);

    /// <summary>One advertised name.</summary>
    public static RecordTable<KismetSsid> Ssid { get; } = new(
        static draft => new KismetSsid
        {
            Ssid = s_ssid.Read(draft),
            Hidden = s_hidden.Read(draft),
            Channel = s_channel.Read(draft),
            Encryption = s_encryption.Read(draft),
            BeaconIntervalTu = s_interval.Read(draft),
            MaxRateMbps = s_rate.Read(draft),
            FirstSeen = s_first.Read(draft),
            LastSeen = s_last.Read(draft),
            Packets = s_packets.Read(draft),
        },
        s_ssid,
        s_hidden,
        s_channel,
        s_encryption,
        s_interval,
        s_rate,
        s_first,
        s_last,
        s_packets);

    /// <summary>One sensor's signal.</summary>
    public static RecordTable<KismetSensorSignal> Sensor { get; } = new(
        static draft => s_sensor.Read(draft) is not string id
            ? null
            : new KismetSensorSignal
            {
                SensorId = id,
                SignalDbm = s_signal.Read(draft),
                SignalMinDbm = s_signalMin.Read(draft),
                SignalMaxDbm = s_signalMax.Read(draft),
                SignalMeanDbm = s_signalMean.Read(draft),
                Packets = s_heard.Read(draft),
                LastSeen = s_lastHeard.Read(draft),
            },
        s_sensor,
        s_signal,
        s_signalMin,
        s_signalMax,
        s_signalMean,
        s_heard,
        s_lastHeard);

    /// <summary>One thing more that a remote server told.</summary>
    public static RecordTable<KismetProperty> Property { get; } = new(
        static draft => s_name.Read(draft) is not string name ? null : new KismetProperty { Name = name, Value = s_value.Read(draft) ?? string.Empty },
        s_name,
        s_value);

    /// <summary>Protection.</summary>
    public static RecordTable<KismetSecurity> Security { get; } = new(
        static draft => new KismetSecurity
        {
            Text = s_text.Read(draft) ?? string.Empty,
            Encryption = s_protection.Read(draft),
            KeyManagement = s_keys.Read(draft),
            PairwiseCiphers = s_pairwise.Read(draft),
            GroupCiphers = s_group.Read(draft),
            MfpRequired = s_mfpRequired.Read(draft),
            MfpCapable = s_mfpCapable.Read(draft),
            SaeHashToElement = s_hashToElement.Read(draft),
            OweTransition = s_oweTransition.Read(draft),
            EapolKeys = s_eapol.Read(draft),
        },
        s_text,
        s_protection,
        s_keys,
        s_pairwise,
        s_group,
        s_mfpRequired,
        s_mfpCapable,
        s_hashToElement,
        s_oweTransition,
        s_eapol);

    /// <summary>Names in a cell: the name, or <c>&lt;hidden&gt;</c>. A network that calls itself that is told apart by an escape.</summary>
    public static RecordListCodec<KismetSsid> SsidList { get; } = new(
        Ssid,
        static s => s.Ssid is null ? HiddenName : CellList.Escape(s.Ssid, s.Ssid == HiddenName ? "<" : string.Empty),
        static text => text == HiddenName ? new KismetSsid { Hidden = true } : new KismetSsid { Ssid = CellList.Unescape(text) });

    /// <summary>Signals in a cell: <c>sensor=-50</c>.</summary>
    public static RecordListCodec<KismetSensorSignal> SensorList { get; } = new(
        Sensor,
        static s => CellList.Escape(s.SensorId, "=") + (s.SignalDbm is int dbm ? string.Create(CultureInfo.InvariantCulture, $"={dbm}") : string.Empty),
        static text =>
        {
            int equals = text.LastIndexOf('=');
            return equals > 0 && IntegerCodec.Instance.TryParse(text[(equals + 1)..], out int? dbm)
                ? new KismetSensorSignal { SensorId = CellList.Unescape(text[..equals]), SignalDbm = dbm }
                : new KismetSensorSignal { SensorId = CellList.Unescape(text) };
        });

    /// <summary>Properties in a cell: <c>name=value</c>.</summary>
    public static RecordListCodec<KismetProperty> PropertyList { get; } = new(
        Property,
        static p => $"{CellList.Escape(p.Name, "=")}={CellList.Escape(p.Value)}",
        static text => text.Split('=', 2) is [{ } name, { } value]
            ? new KismetProperty { Name = CellList.Unescape(name), Value = CellList.Unescape(value) }
            : new KismetProperty { Name = CellList.Unescape(text), Value = string.Empty });
}
