using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using KismetPS.Tracking;
using KismetPS.Wireless.Security;

namespace KismetPS.Export.Reports;

/// <summary>
/// The content of a report as JSON that may stand inside a script element: &lt;, &gt;, &amp;, quotes, U+2028 and U+2029 are \uXXXX, so that no
/// text from the air can end the element, begin a comment in it, or be anything but text.
/// </summary>
internal static class ReportJson
{
    // Most devices whose course over time is in the file, the most often heard first: a thousand are more than anybody picks from a list.
    private const int MostCourses = 1000;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), SkipValidation = true };

    private static readonly string[] s_deviceColumns =
    [
        "mac", "type", "ssid", "probed", "bssid", "vendor", "channel", "mhz", "encryption", "security", "signal", "signalMin", "signalMax",
        "packets", "bytes", "retries", "clients", "standard", "first", "last", "session", "stale", "sensors",
    ];

    private static readonly string[] s_networkColumns =
    [
        "ssid", "hidden", "bssid", "channel", "mhz", "width", "encryption", "security", "standard", "country", "signal", "clients", "beacons",
        "packets", "bytes", "mfp", "wps", "maker", "load", "first", "last", "session", "stale",
    ];

    /// <summary>Writes it.</summary>
    public static void Write(Stream stream, ReportContent content, ReportOptions options)
    {
        using var json = new Utf8JsonWriter(stream, s_options);
        KismetDevice[] devices = [.. content.Devices.OrderByDescending(static d => d.Packets).ThenBy(static d => d.MacAddress, StringComparer.Ordinal)];
        IReadOnlyCollection<KismetNetwork> networks = content.Networks;
        json.WriteStartObject();
        json.WriteString("title", options.Title);
        json.WriteNumber("made", options.Made.ToUnixTimeMilliseconds());
        json.WriteString("by", options.Producer);
        json.WriteNumber("leftOut", content.LeftOut);
        json.WriteBoolean("networksDerived", content.AreNetworksDerived);
        Rows(json, "devices", s_deviceColumns, devices, Device);
        Rows(json, "networks", s_networkColumns, networks, Network);
        Rows(json, "alerts", ["time", "type", "text", "bssid", "mac", "channel", "sensor", "session"], content.Alerts, Alert);
        Rows(
            json,
            "sessions",
            ["id", "name", "received", "decoded", "malformed", "dropped", "kernelDropped", "duplicates", "rate", "devices", "networks", "expired", "evicted", "reasons"],
            content.Statistics,
            Session);
        Rows(json, "sensors", ["session", "id", "name", "location", "received", "lost", "late", "restarts", "malformed", "last"], Sensors(content), Sensor);
        Courses(json, content, devices);
        json.WriteEndObject();
    }

    private static void Rows<T>(Utf8JsonWriter json, string name, string[] columns, IEnumerable<T> rows, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("columns");
        foreach (string column in columns)
        {
            json.WriteStringValue(column);
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (T row in rows)
        {
            json.WriteStartArray();
            write(json, row);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Device(Utf8JsonWriter json, KismetDevice d)
    {
        json.WriteStringValue(d.MacAddress);
        json.WriteStringValue(d.Type.ToString());
        json.WriteStringValue(d.Ssid);
        json.WriteStringValue(d.ProbedSsids.Count == 0 ? null : d.ProbedSsids.ToString());
        json.WriteStringValue(d.Bssid);
        json.WriteStringValue(d.Vendor ?? (d.IsRandomized ? "(random)" : null));
        Number(json, d.Channel);
        Number(json, d.FrequencyMHz);
        json.WriteStringValue(Name(d.Encryption));
        json.WriteStringValue(d.Security.Text);
        Number(json, d.SignalDbm);
        Number(json, d.SignalMinDbm);
        Number(json, d.SignalMaxDbm);
        json.WriteNumberValue(d.Packets);
        json.WriteNumberValue(d.Bytes);
        json.WriteNumberValue(d.Retries);
        json.WriteNumberValue(d.ClientCount);
        json.WriteStringValue(d.Standard);
        Time(json, d.FirstSeen);
        Time(json, d.LastSeen);
        json.WriteNumberValue(d.SessionId);
        json.WriteBooleanValue(d.IsStale);
        json.WriteStartArray();
        foreach (KismetSensorSignal s in d.Sensors)
        {
            json.WriteStartArray();
            json.WriteStringValue(s.SensorId);
            Number(json, s.SignalDbm);
            Number(json, s.SignalMinDbm);
            Number(json, s.SignalMaxDbm);
            json.WriteNumberValue(s.Packets);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void Network(Utf8JsonWriter json, KismetNetwork n)
    {
        json.WriteStringValue(n.Ssid);
        json.WriteBooleanValue(n.Hidden);
        json.WriteStringValue(n.Bssid);
        Number(json, n.Channel);
        Number(json, n.FrequencyMHz);
        Number(json, n.WidthMHz);
        json.WriteStringValue(Name(n.Encryption));
        json.WriteStringValue(n.Security.Text);
        json.WriteStringValue(n.Standard);
        json.WriteStringValue(n.Country);
        Number(json, n.SignalDbm);
        json.WriteNumberValue(n.ClientCount);
        json.WriteNumberValue(n.Beacons);
        json.WriteNumberValue(n.Packets);
        json.WriteNumberValue(n.Bytes);
        json.WriteStringValue(n.MfpRequired switch { true => "required", false => "optional or none", _ => null });
        json.WriteStringValue(n.Wps);
        json.WriteStringValue(n.Manufacturer);
        if (n.ChannelUtilization is double load)
        {
            json.WriteNumberValue(Math.Round(load, 1));
        }
        else
        {
            json.WriteNullValue();
        }

        Time(json, n.FirstSeen);
        Time(json, n.LastSeen);
        json.WriteNumberValue(n.SessionId);
        json.WriteBooleanValue(n.IsStale);
    }

    private static void Alert(Utf8JsonWriter json, KismetAlert a)
    {
        Time(json, a.Time);
        json.WriteStringValue(a.Type == KismetAlertType.Other ? a.Header : a.Type.ToString());
        json.WriteStringValue(a.Text);
        json.WriteStringValue(a.Bssid);
        json.WriteStringValue(a.MacAddress);
        Number(json, a.Channel);
        json.WriteStringValue(a.SensorId);
        json.WriteNumberValue(a.SessionId);
    }

    private static void Session(Utf8JsonWriter json, KismetStatistic s)
    {
        json.WriteNumberValue(s.SessionId);
        json.WriteStringValue(s.Name);
        json.WriteNumberValue(s.Received);
        json.WriteNumberValue(s.Decoded);
        json.WriteNumberValue(s.Malformed);
        json.WriteNumberValue(s.Dropped);
        json.WriteNumberValue(s.KernelDropped);
        json.WriteNumberValue(s.Duplicates);
        json.WriteNumberValue(Math.Round(s.FramesPerSecond, 1));
        json.WriteNumberValue(s.Devices);
        json.WriteNumberValue(s.Networks);
        json.WriteNumberValue(s.Expired);
        json.WriteNumberValue(s.Evicted);
        json.WriteStringValue(s.DropReasons.ToString());
    }

    private static IEnumerable<(int Session, KismetSensor Sensor)> Sensors(ReportContent content) =>
        content.Statistics.SelectMany(static s => s.Sensors.Select(sensor => (s.SessionId, sensor)));

    private static void Sensor(Utf8JsonWriter json, (int Session, KismetSensor Sensor) row)
    {
        KismetSensor s = row.Sensor;
        json.WriteNumberValue(row.Session);
        json.WriteStringValue(s.Id);
        json.WriteStringValue(s.Name);
        json.WriteStringValue(s.Location);
        json.WriteNumberValue(s.Received);
        json.WriteNumberValue(s.Lost);
        json.WriteNumberValue(s.Reordered);
        json.WriteNumberValue(s.Restarts);
        json.WriteNumberValue(s.Malformed);
        if (s.LastSeen is DateTimeOffset last)
        {
            Time(json, last);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    // Times as numbers of steps after the first, so that a thousand courses stay small.
    private static void Courses(Utf8JsonWriter json, ReportContent content, KismetDevice[] devices)
    {
        json.WriteStartObject("signal");
        json.WriteString("reading", content.Reading.ToString());
        json.WriteStartArray("courses");
        int written = 0;
        int followed = 0;
        for (int i = 0; i < devices.Length; i++)
        {
            if (content.Reading == SignalReading.None || content.Signal(devices[i]) is not { Steps.Count: > 0 } series)
            {
                continue;
            }

            followed++;
            if (written == MostCourses)
            {
                continue;
            }

            written++;
            json.WriteStartObject();
            json.WriteNumber("device", i);
            json.WriteNumber("step", series.StepMs);
            json.WriteNumber("begin", series.BeginMs(series.Steps[0]));
            json.WriteStartArray("steps");
            foreach (SignalStep step in series.Steps)
            {
                json.WriteStartArray();
                json.WriteNumberValue(step.Slot - series.Steps[0].Slot);
                json.WriteNumberValue(step.Min);
                json.WriteNumberValue(step.Max);
                json.WriteNumberValue(Math.Round(step.Mean, 1));
                json.WriteNumberValue(step.Count);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("leftOut", followed - written + content.SignalsLeftOut);
        json.WriteEndObject();
    }

    private static string Name(WirelessEncryption encryption) => encryption.ToString();

    private static void Number(Utf8JsonWriter json, int? value)
    {
        if (value is int number)
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    // Unix time in milliseconds; what has no time (an import that had none) is null.
    private static void Time(Utf8JsonWriter json, DateTimeOffset time)
    {
        if (time.UtcTicks == 0)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteNumberValue(time.ToUnixTimeMilliseconds());
        }
    }
}
