using System.Globalization;
using System.Text;
using KismetPS.Tracking;
using KismetPS.Wireless;
using KismetPS.Wireless.Security;

namespace KismetPS.Export.Formats;

/// <summary>
/// The CSV of airodump-ng (dump_write.c): access points, a blank line, stations, with its blanks between columns and its escapes in names.
/// Times are UTC. A name that a spreadsheet would run begins with an escape, which readers of the format undo.
/// </summary>
internal sealed class AirodumpDeviceWriter(Stream stream) : DeviceFormatWriter
{
    /// <summary>First line of the access points.</summary>
    public const string AccessPointHeader = "BSSID, First time seen, Last time seen, channel, Speed, Privacy, Cipher, Authentication, Power, # beacons, # IV, LAN IP, ID-length, ESSID, Key";

    /// <summary>First line of the stations.</summary>
    public const string StationHeader = "Station MAC, First time seen, Last time seen, Power, # packets, BSSID, Probed ESSIDs";

    private readonly List<KismetDevice> _accessPoints = [];
    private readonly List<KismetDevice> _stations = [];

    public override bool Write(KismetDevice device)
    {
        (device.Type is KismetDeviceType.AccessPoint or KismetDeviceType.AdHoc ? _accessPoints : _stations).Add(device);
        return true;
    }

    public override void Complete()
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        text.WriteLine();
        text.WriteLine(AccessPointHeader);
        foreach (KismetDevice device in _accessPoints)
        {
            AccessPoint(text, device);
        }

        text.WriteLine();
        text.WriteLine(StationHeader);
        foreach (KismetDevice device in _stations)
        {
            Station(text, device);
        }

        text.WriteLine();
    }

    private static void AccessPoint(StreamWriter text, KismetDevice device)
    {
        byte[] name = SsidText.ToBytes(device.Ssid);
        (string privacy, string cipher, string keys) = AirodumpPrivacy.Format(device.Encryption, device.Security);
        long beacons = device.Ssids.Sum(static s => s.Packets);
        text.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{ShownText.Of(device.MacAddress)}, {Time(device.FirstSeen)}, {Time(device.LastSeen)}, {device.Channel ?? -1,2}, {(int)(device.MaxRateMbps ?? -1),3},"));
        text.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{privacy},{cipher},{keys}, {device.SignalDbm ?? -1,3}, {beacons,8}, {device.DataPackets,8},   0.  0.  0.  0, {name.Length,3}, "));
        text.Write(Name(name));
        text.WriteLine(", ");
    }

    private static void Station(StreamWriter text, KismetDevice device)
    {
        string bssid = device.Bssid is null ? "(not associated) " : ShownText.Of(device.Bssid);
        text.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{ShownText.Of(device.MacAddress)}, {Time(device.FirstSeen)}, {Time(device.LastSeen)}, {device.SignalDbm ?? -1,3}, {device.Packets,8}, {bssid},"));
        text.WriteLine(string.Join(',', device.ProbedSsids.Select(static s => Name(SsidText.ToBytes(s)))));
    }

    private static string Time(DateTimeOffset time) => (time == default ? DateTimeOffset.UnixEpoch : time).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    // format_text_for_csv: a backslash before comma, backslash and quote; controls as \n \r \t \xNN; quotes round a name with blanks at its ends.
    // Names in UTF-8 are written as they are.
    private static string Name(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length + 8);
        bool blanks = bytes.Length > 0 && (bytes[0] == ' ' || bytes[^1] == ' ');
        string name = SsidText.ToDisplay(bytes);
        bool shown = SsidText.ToBytes(name).Length == Encoding.UTF8.GetByteCount(name);
        if (shown)
        {
            foreach (char c in name)
            {
                text.Append(c is ',' or '\\' or '"' ? "\\" : "").Append(c);
            }
        }
        else
        {
            foreach (byte b in bytes)
            {
                _ = b switch
                {
                    (byte)',' or (byte)'\\' or (byte)'"' => text.Append('\\').Append((char)b),
                    >= (byte)' ' and <= (byte)'~' => text.Append((char)b),
                    (byte)'\n' => text.Append("\\n"),
                    (byte)'\r' => text.Append("\\r"),
                    (byte)'\t' => text.Append("\\t"),
                    _ => text.Append("\\x").Append(b.ToString("X2", CultureInfo.InvariantCulture)),
                };
            }
        }

        string cell = text.ToString();
        if (CsvText.NeedsGuard(cell))
        {
            Rune.DecodeFromUtf16(cell, out Rune first, out int length);
            Span<byte> escaped = stackalloc byte[4];
            string escape = string.Concat(escaped[..first.EncodeToUtf8(escaped)].ToArray().Select(static b => "\\x" + b.ToString("X2", CultureInfo.InvariantCulture)));
            cell = string.Concat(escape, cell.AsSpan(length));
        }

        return blanks ? $"\"{cell}\"" : cell;
    }
}
