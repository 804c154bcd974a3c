using System.Text;
using System.Text.Json;
using KismetPS.Export.Formats;
using KismetPS.Export.Messages;
using KismetPS.Tracking;

namespace KismetPS.Export.Receive;

/// <summary>
/// Messages of our formats Json, Csv and Simple back to devices. Never throws: what cannot be read has a kind that says why. Fields that are
/// lists of details (ssids, sensors, security, properties) come as shown text, which cannot be read back; they are left out.
/// </summary>
internal static class MessageReader
{
    private const int MostStreamName = 36;

    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 16 };
    private static readonly Dictionary<string, RecordField<KismetDevice>> s_fields = Fields();
    private static readonly RecordField<KismetDevice>[] s_csv = Cells(DeviceMessageFields.Csv);
    private static readonly RecordField<KismetDevice>[] s_simple = Cells(DeviceMessageFields.Simple);

    /// <summary>Reads one message without its framing.</summary>
    public static ReceivedMessage Read(ReadOnlySpan<byte> message)
    {
        if (message.Length == 0)
        {
            return new(ReceivedKind.BadFormat);
        }

        if (message.StartsWith(new byte[] { 0x1F, 0x8B }))
        {
            return new(ReceivedKind.Compressed);
        }

        if (message[0] != '{')
        {
            return Line(Encoding.UTF8.GetString(message));
        }

        try
        {
            var json = new Utf8JsonReader(message, s_options);
            return Json(ref json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The reader has no way but exceptions to say so; InvalidOperationException is its answer to text that is no UTF-8 or UTF-16.
            return new(ReceivedKind.BadJson);
        }
    }

    private static ReceivedMessage Json(ref Utf8JsonReader json)
    {
        json.Read();
        ReceivedKind kind = ReceivedKind.BadType;
        KismetDevice? device = null;
        long sequence = 0;
        string? stream = null;
        bool numbered = true;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("type"u8))
            {
                json.Read();
                kind = KindOf(ref json);
            }
            else if (json.ValueTextEquals("data"u8))
            {
                json.Read();
                device = Data(ref json);
            }
            else if (json.ValueTextEquals("sequence"u8))
            {
                json.Read();
                numbered &= json.TokenType == JsonTokenType.Number && json.TryGetInt64(out sequence) && sequence > 0;
                json.Skip();
            }
            else if (json.ValueTextEquals("stream"u8))
            {
                json.Read();
                numbered &= json.TokenType == JsonTokenType.String && IsName(stream = json.GetString()!);
                json.Skip();
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        if (json.Read())
        {
            return new(ReceivedKind.BadJson);
        }

        if (kind is ReceivedKind.BadType or ReceivedKind.Hello)
        {
            return new(kind);
        }

        if (!numbered)
        {
            return new(ReceivedKind.BadSequence);
        }

        if (kind == ReceivedKind.Alert)
        {
            device = null;
        }
        else if (device is null)
        {
            kind = ReceivedKind.BadData;
        }

        return new(kind, device, sequence, stream);
    }

    private static ReceivedKind KindOf(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            json.Skip();
            return ReceivedKind.BadType;
        }

        return json.ValueTextEquals("device"u8) ? ReceivedKind.Device
            : json.ValueTextEquals("expired"u8) ? ReceivedKind.Expired
            : json.ValueTextEquals("alert"u8) ? ReceivedKind.Alert
            : json.ValueTextEquals("hello"u8) ? ReceivedKind.Hello
            : ReceivedKind.BadType;
    }

    // Null where a value is wrong; the reader stands at the end of the value in any case.
    private static KismetDevice? Data(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return null;
        }

        RecordDraft draft = DeviceFields.Table.NewDraft();
        bool good = true;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            RecordField<KismetDevice>? field = s_fields.GetValueOrDefault(json.GetString()!);
            json.Read();
            if (field is null || json.TokenType == JsonTokenType.Null)
            {
                json.Skip();
            }
            else if (!field.TryReadJson(ref json, draft))
            {
                good = false;
                json.Skip();
            }
        }

        return good ? DeviceFields.Table.Build(draft) : null;
    }

    private static ReceivedMessage Line(string line)
    {
        int end = line.AsSpan().IndexOfAny(',', '|');
        if (end < 0)
        {
            return new(ReceivedKind.BadFormat);
        }

        ReceivedKind kind = line.AsSpan(0, end) switch
        {
            "DEVICE" => ReceivedKind.Device,
            "EXPIRED" => ReceivedKind.Expired,
            "ALERT" => ReceivedKind.Alert,
            _ => ReceivedKind.BadFormat,
        };
        if (kind is ReceivedKind.BadFormat or ReceivedKind.Alert)
        {
            return new(kind);
        }

        List<string> cells = [];
        bool csv = line[end] == ',';
        if (!csv)
        {
            cells.AddRange(line.Split('|').Select(static c => c.Replace("\\x7C", "|", StringComparison.Ordinal).Replace("\\x5C", "\\", StringComparison.Ordinal)));
        }
        else if (!new CsvRowReader(new StringReader(line)).TryRead(cells, out string? problem) || problem is not null)
        {
            return new(ReceivedKind.BadData);
        }

        RecordField<KismetDevice>[] fields = csv ? s_csv : s_simple;
        if (cells.Count != fields.Length + 1)
        {
            return new(ReceivedKind.BadData);
        }

        RecordDraft draft = DeviceFields.Table.NewDraft();
        for (int i = 0; i < fields.Length; i++)
        {
            string cell = csv && fields[i].IsFreeText ? CsvText.Unguard(cells[i + 1]) : cells[i + 1];
            if (!fields[i].TryParse(cell, draft))
            {
                return new(ReceivedKind.BadData);
            }
        }

        return DeviceFields.Table.Build(draft) is KismetDevice device ? new(kind, device) : new(ReceivedKind.BadData);
    }

    // The name goes into warnings: nothing but what senders of ours put into it.
    private static bool IsName(string stream) =>
        stream.Length is > 0 and <= MostStreamName && stream.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static Dictionary<string, RecordField<KismetDevice>> Fields()
    {
        var fields = new Dictionary<string, RecordField<KismetDevice>>(StringComparer.Ordinal);
        foreach (MessageField<KismetDevice> field in DeviceMessageFields.All)
        {
            if (field.Name is not (nameof(KismetDevice.Security) or nameof(KismetDevice.Ssids) or nameof(KismetDevice.Sensors) or nameof(KismetDevice.Properties)))
            {
                fields.Add(field.Wire, FieldOf(field));
            }
        }

        return fields;
    }

    private static RecordField<KismetDevice>[] Cells(MessageField<KismetDevice>[] fields) => [.. fields.Select(FieldOf)];

    // The guide's timestamp is when the device was heard last.
    private static RecordField<KismetDevice> FieldOf(MessageField<KismetDevice> field) =>
        DeviceFields.Table.Find(field == DeviceMessageFields.Timestamp ? nameof(KismetDevice.LastSeen) : field.Name)!;
}
