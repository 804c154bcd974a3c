using System.Globalization;
using KismetPS.Capture;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.Export.Formats;

/// <summary>WiGLE CSV to devices: one for each row, since a file may have many observations of a network. Rows of Bluetooth and mobile networks are left out.</summary>
internal sealed class WigleRecordReader(TextReader reader) : IDeviceRecordReader
{
    private readonly CsvRowReader _rows = new(reader);
    private readonly List<string> _cells = [];
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);

    public long Line => _rows.Line;

    public string? Start()
    {
        if (!_rows.TryRead(_cells, out _) || !_cells[0].StartsWith("WigleWifi-", StringComparison.Ordinal))
        {
            return "it does not begin with WigleWifi-";
        }

        if (!_rows.TryRead(_cells, out string? problem) || problem is not null)
        {
            return "its second line names no columns";
        }

        for (int i = 0; i < _cells.Count; i++)
        {
            _columns.TryAdd(_cells[i].Trim(), i);
        }

        return _columns.ContainsKey("MAC") ? null : "its second line names no column MAC";
    }

    public bool TryRead(out KismetDevice? device, out string? problem)
    {
        device = null;
        while (_rows.TryRead(_cells, out problem))
        {
            if (problem is not null)
            {
                return true;
            }

            if (Cell("Type") is not ("" or "WIFI"))
            {
                continue;
            }

            if (!MacAddress.TryParse(Cell("MAC"), null, out MacAddress mac))
            {
                problem = "MAC is missing or wrong";
                return true;
            }

            device = Device(mac, out problem);
            return true;
        }

        return false;
    }

    private KismetDevice? Device(MacAddress mac, out string? problem)
    {
        // WiGLE's own downloads write 0 where a number is missing, and no radio has that channel.
        bool good = IntegerCodec.Instance.TryParse(Cell("Channel"), out int? channel);
        good &= IntegerCodec.Instance.TryParse(Cell("Frequency"), out int? frequency);
        good &= IntegerCodec.Instance.TryParse(Cell("RSSI"), out int? signal);
        good &= DecimalCodec.Instance.TryParse(Cell("CurrentLatitude"), out double? latitude);
        good &= DecimalCodec.Instance.TryParse(Cell("CurrentLongitude"), out double? longitude);
        good &= DecimalCodec.Instance.TryParse(Cell("AltitudeMeters"), out double? altitude);
        DateTimeOffset time = default;
        string first = Cell("FirstSeen");
        good &= first.Length == 0 || DateTimeOffset.TryParse(first, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
        problem = good ? null : "a cell has no value of its column's type";
        if (!good)
        {
            return null;
        }

        string name = CsvText.Unguard(Cell("SSID"));
        string mode = Cell("AuthMode");
        var ssid = new KismetSsid
        {
            Ssid = name.Length == 0 ? null : name,
            Hidden = name.Length == 0,
            Channel = channel > 0 ? channel : null,
            Encryption = WigleAuthMode.Parse(mode),
            FirstSeen = time,
            LastSeen = time,
        };
        return new KismetDevice
        {
            MacAddress = mac.ToString(),
            Type = mode.Contains("[IBSS]", StringComparison.OrdinalIgnoreCase) ? KismetDeviceType.AdHoc : KismetDeviceType.AccessPoint,
            Ssid = ssid.Ssid,
            Bssid = mac.ToString(),
            Channel = ssid.Channel,
            FrequencyMHz = frequency > 0 ? frequency : null,
            Encryption = ssid.Encryption,
            SignalDbm = signal,
            SignalMinDbm = signal,
            SignalMaxDbm = signal,
            Latitude = latitude,
            Longitude = longitude,
            AltitudeM = altitude,
            FirstSeen = time,
            LastSeen = time,
            Ssids = new DetailList<KismetSsid>([ssid]),
        };
    }

    private string Cell(string column) => _columns.TryGetValue(column, out int at) && at < _cells.Count ? _cells[at] : string.Empty;
}
