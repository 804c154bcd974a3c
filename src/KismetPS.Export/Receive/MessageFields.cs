using System.Text;
using KismetPS.Export.Formats;
using KismetPS.Export.Messages;
using KismetPS.Tracking;

namespace KismetPS.Export.Receive;

/// <summary>
/// From names in messages back to fields of a device. Fields that are lists of details (ssids, sensors, security, properties) come as shown
/// text, which cannot be read back; they have no field here.
/// </summary>
internal static class MessageFields
{
    private const int MostStreamName = 36;

    private static readonly Dictionary<string, RecordField<KismetDevice>> s_byWire = Named(static f => f.Wire);
    private static readonly Dictionary<string, RecordField<KismetDevice>> s_byCef = Named(static f => CefKey(f));
    private static readonly HashSet<string> s_cefTimes = [.. DeviceMessageFields.All.Where(static f => f is TimeField<KismetDevice>).Select(CefKey)];

    /// <summary>The field of a name in Json, Gelf and Syslog; null: none that can be read.</summary>
    public static RecordField<KismetDevice>? OfWire(string name) => s_byWire.GetValueOrDefault(name);

    /// <summary>The field of a key in a CEF extension; its times are milliseconds since 1970.</summary>
    public static RecordField<KismetDevice>? OfCef(string key, out bool isTime)
    {
        isTime = s_cefTimes.Contains(key);
        return s_byCef.GetValueOrDefault(key);
    }

    /// <summary>The fields of a line, in order; null for one that cannot be read.</summary>
    public static RecordField<KismetDevice>?[] OfLine(IEnumerable<MessageField<KismetDevice>> fields) => [.. fields.Select(static f => IsReadable(f) ? FieldOf(f) : null)];

    /// <summary>Whether a stream may be called that: the name goes into warnings, so nothing but what senders of ours put into it.</summary>
    public static bool IsStreamName(string stream) =>
        stream.Length is > 0 and <= MostStreamName && stream.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static Dictionary<string, RecordField<KismetDevice>> Named(Func<MessageField<KismetDevice>, string> name) =>
        DeviceMessageFields.All.Where(IsReadable).ToDictionary(name, FieldOf, StringComparer.Ordinal);

    private static bool IsReadable(MessageField<KismetDevice> field) =>
        field.Name is not (nameof(KismetDevice.Security) or nameof(KismetDevice.Ssids) or nameof(KismetDevice.Sensors) or nameof(KismetDevice.Properties));

    // The guide's timestamp is when the device was heard last.
    private static RecordField<KismetDevice> FieldOf(MessageField<KismetDevice> field) =>
        DeviceFields.Table.Find(field == DeviceMessageFields.Timestamp ? nameof(KismetDevice.LastSeen) : field.Name)!;

    // " cs1Label=ssid cs1=" is written for cs1.
    private static string CefKey(MessageField<KismetDevice> field) => Encoding.ASCII.GetString(field.Cef).TrimEnd('=').Split(' ')[^1];
}
