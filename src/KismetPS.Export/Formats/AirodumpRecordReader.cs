using System.Globalization;
using KismetPS.Capture;
using KismetPS.Tracking;
using KismetPS.Wireless;
using KismetPS.Wireless.Security;

namespace KismetPS.Export.Formats;

/// <summary>The CSV of airodump-ng to devices: access points, then stations. Its times have no zone; they are taken for UTC.</summary>
internal sealed class AirodumpRecordReader(TextReader reader) : IDeviceRecordReader
{
    private const int Name = 13;

    private readonly BoundedLineReader _lines = new(reader);
    private readonly List<string> _cells = [];
    private bool _stations;

    public long Line => _lines.Line;

    public string? Start()
    {
        while (_lines.TryRead(out string? line, out string? problem))
        {
            if (line is { Length: 0 })
            {
                continue;
            }

            return problem ?? (line!.TrimStart('\uFEFF').StartsWith("BSSID, First time seen", StringComparison.Ordinal) ? null : "it does not begin with airodump-ng's columns");
        }

        return "it is empty";
    }

    public bool TryRead(out KismetDevice? device, out string? problem)
    {
        device = null;
        while (_lines.TryRead(out string? line, out problem))
        {
            if (problem is not null)
            {
                return true;
            }

            if (line!.Length == 0)
            {
                continue;
            }

            if (line.StartsWith("Station MAC", StringComparison.Ordinal))
            {
                _stations = true;
                continue;
            }

            AirodumpRow.Split(line, _cells);
            device = _stations ? Station() : AccessPoint();
            problem = device is null ? "a column is missing or has no value of its type" : null;
            return true;
        }

        return false;
    }

    private KismetDevice? AccessPoint()
    {
        if (_cells.Count <= Name || !MacAddress.TryParse(Cell(0), null, out MacAddress mac) || !Time(1, out DateTimeOffset first) || !Time(2, out DateTimeOffset last)
            || !Number(3, out int channel) || !Number(4, out int rate) || !Number(8, out int power) || !Number(9, out int beacons) || !Number(10, out int data))
        {
            return null;
        }

        string? name = AirodumpRow.Name(Trimmed(_cells[Name]));
        WirelessEncryption encryption = AirodumpPrivacy.Parse(Cell(5), Cell(7));
        var ssid = new KismetSsid { Ssid = name, Hidden = name is null, Channel = channel > 0 ? channel : null, Encryption = encryption, FirstSeen = first, LastSeen = last, Packets = beacons };
        return new KismetDevice
        {
            MacAddress = mac.ToString(),
            Type = KismetDeviceType.AccessPoint,
            Ssid = name,
            Bssid = mac.ToString(),
            Channel = ssid.Channel,
            Encryption = encryption,
            SignalDbm = Signal(power),
            MaxRateMbps = rate > 0 ? rate : null,
            Packets = (long)beacons + data,
            DataPackets = data,
            FirstSeen = first,
            LastSeen = last,
            Ssids = new DetailList<KismetSsid>([ssid]),
        };
    }

    private KismetDevice? Station()
    {
        if (_cells.Count < 6 || !MacAddress.TryParse(Cell(0), null, out MacAddress mac) || !Time(1, out DateTimeOffset first) || !Time(2, out DateTimeOffset last)
            || !Number(3, out int power) || !Number(4, out int packets))
        {
            return null;
        }

        bool associated = MacAddress.TryParse(Cell(5), null, out MacAddress bssid);
        var probed = new List<string>();
        for (int i = 6; i < _cells.Count; i++)
        {
            if (AirodumpRow.Name(_cells[i]) is string name)
            {
                probed.Add(name);
            }
        }

        return new KismetDevice
        {
            MacAddress = mac.ToString(),
            Type = associated ? KismetDeviceType.Client : probed.Count > 0 ? KismetDeviceType.Probe : KismetDeviceType.Unknown,
            Bssid = associated ? bssid.ToString() : null,
            SignalDbm = Signal(power),
            Packets = packets,
            FirstSeen = first,
            LastSeen = last,
            ProbedSsids = new DetailList<string>(probed),
        };
    }

    // The cards of its days report -1, and 0, where they report nothing.
    private static int? Signal(int power) => power < -1 ? power : null;

    private string Cell(int at) => _cells[at].Trim();

    // A name keeps the blanks it was given, without the one every column has in front.
    private static string Trimmed(string cell) => cell.StartsWith(' ') ? cell[1..] : cell;

    private bool Number(int at, out int value) => int.TryParse(Cell(at), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private bool Time(int at, out DateTimeOffset time)
    {
        bool read = DateTimeOffset.TryParseExact(Cell(at), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
        time = time == DateTimeOffset.UnixEpoch ? default : time;
        return read;
    }
}
