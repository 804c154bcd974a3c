using System.Globalization;
using System.Xml;
using KismetPS.Capture;
using KismetPS.Tracking;
using KismetPS.Wireless;
using KismetPS.Wireless.Security;

namespace KismetPS.Export.Formats;

/// <summary>A network or client of a .netxml, as far as it is read: values by the names of their elements.</summary>
internal sealed class NetXmlRecord(XmlReader xml)
{
    private static readonly string[] s_timeFormats = ["MMM d HH:mm:ss yyyy"];

    private readonly Dictionary<string, string> _values = [];
    private readonly DateTimeOffset _first = Time(xml.GetAttribute("first-time"));
    private readonly DateTimeOffset _last = Time(xml.GetAttribute("last-time"));

    public string? Type { get; } = xml.GetAttribute("type");

    public List<NetXmlName> Names { get; } = [];

    public string? Mac => _values.GetValueOrDefault("BSSID") ?? _values.GetValueOrDefault("client-mac");

    /// <summary>ctime's text without zone, taken for UTC; what is none is no time.</summary>
    public static DateTimeOffset Time(string? text) =>
        text is { Length: > 4 } && DateTimeOffset.TryParseExact(text.AsSpan(4), s_timeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out DateTimeOffset time)
            && time > DateTimeOffset.UnixEpoch
            ? time
            : default;

    /// <summary>Keeps the first value of each name; of carriers the last, which is the newest.</summary>
    public void Set(string name, string value)
    {
        if (name == "carrier" || _values.Count < 64)
        {
            if (name == "carrier")
            {
                _values[name] = value;
            }
            else
            {
                _values.TryAdd(name, value);
            }
        }
    }

    public KismetDevice AccessPoint(MacAddress mac, bool adHoc, DetailList<string> clients)
    {
        int? channel = Positive("channel");
        KismetSsid[] names = [.. Names.Select(n => n.ToSsid(channel))];
        KismetSsid? last = names.MaxBy(static n => n.LastSeen);
        WirelessEncryption encryption = names.Aggregate(WirelessEncryption.Unknown, static (all, n) => all | n.Encryption);
        return Device(mac, adHoc ? KismetDeviceType.AdHoc : KismetDeviceType.AccessPoint, mac.ToString(), last?.Ssid, encryption, new DetailList<KismetSsid>(names), DetailList<string>.Empty, clients);
    }

    public KismetDevice Station(MacAddress mac, string? bssid, KismetDeviceType type) => Device(
        mac,
        type,
        bssid,
        null,
        WirelessEncryption.Unknown,
        DetailList<KismetSsid>.Empty,
        new DetailList<string>([.. Names.Select(static n => n.Shown).OfType<string>().Distinct()]),
        DetailList<string>.Empty);

    private KismetDevice Device(
        MacAddress mac,
        KismetDeviceType type,
        string? bssid,
        string? ssid,
        WirelessEncryption encryption,
        DetailList<KismetSsid> ssids,
        DetailList<string> probed,
        DetailList<string> clients)
    {
        double? latitude = Decimal("avg-lat") ?? Decimal("min-lat");
        double? longitude = Decimal("avg-lon") ?? Decimal("min-lon");

        // Kismet writes 0 of what it does not know; a place in the Gulf of Guinea is none.
        bool located = latitude is not null && longitude is not null && (latitude != 0 || longitude != 0) && Math.Abs(latitude.Value) <= 90 && Math.Abs(longitude.Value) <= 180;
        return new KismetDevice
        {
            MacAddress = mac.ToString(),
            Type = type,
            Ssid = ssid,
            Bssid = bssid,
            Vendor = _values.GetValueOrDefault("manuf") is { Length: > 0 } maker && maker != "Unknown" ? maker : Maker(),
            Channel = Positive("channel"),
            FrequencyMHz = Frequency(),
            Encryption = encryption,
            SignalDbm = Signal("last_signal_dbm"),
            SignalMinDbm = Signal("min_signal_dbm"),
            SignalMaxDbm = Signal("max_signal_dbm"),
            NoiseDbm = Signal("last_noise_dbm"),
            MaxRateMbps = Decimal("maxseenrate") is double rate and > 0 ? rate / 1000 : null,
            Standard = _values.GetValueOrDefault("carrier") switch
            {
                "IEEE 802.11b" or "IEEE 802.11b+" => "b",
                "IEEE 802.11a" => "a",
                "IEEE 802.11g" => "g",
                "IEEE 802.11n 20MHz" or "IEEE 802.11n 40MHz" => "n",
                _ => null,
            },
            Packets = Count("total"),
            DataPackets = Count("data"),
            ManagementPackets = Count("LLC"),
            EncryptedPackets = Count("crypt"),
            Bytes = Count("datasize"),
            Retries = Count("retries"),
            ClientCount = clients.Count,
            BeaconIntervalTu = ssids.Count > 0 ? ssids[0].BeaconIntervalTu : null,
            Latitude = located ? latitude : null,
            Longitude = located ? longitude : null,
            AltitudeM = located ? Decimal("avg-alt") ?? Decimal("min-alt") : null,
            FirstSeen = _first,
            LastSeen = _last,
            Ssids = ssids,
            ProbedSsids = probed,
            Clients = clients,
        };
    }

    private string? Maker() => _values.GetValueOrDefault("client-manuf") is { Length: > 0 } maker && maker != "Unknown" ? maker : null;

    private int? Positive(string name) => int.TryParse(_values.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 ? value : null;

    private int? Signal(string name) =>
        int.TryParse(_values.GetValueOrDefault(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value != 0 ? value : null;

    private long Count(string name) => long.TryParse(_values.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : 0;

    private double? Decimal(string name) =>
        double.TryParse(_values.GetValueOrDefault(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    // "2437 15": the frequency and the packets on it.
    private int? Frequency() =>
        _values.GetValueOrDefault("freqmhz")?.Split(' ')[0] is string text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int mhz) && mhz > 0 ? mhz : null;
}
