using System.Text;
using System.Text.Json;
using KismetPS.Export.Formats;
using KismetPS.Tracking;

namespace KismetPS.Export.Receive;

/// <summary>The export guide's JSON, and GELF 1.1, whose additional fields begin with an underscore.</summary>
internal static class JsonMessage
{
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 16 };

    /// <summary>Reads one message; never throws.</summary>
    public static ReceivedMessage Read(ReadOnlySpan<byte> message)
    {
        try
        {
            var json = new Utf8JsonReader(message, s_options);
            var draft = new MessageDraft();
            return Object(ref json, draft) ? draft.Build() : new(ReceivedKind.BadJson);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The reader has no way but exceptions to say so; InvalidOperationException is its answer to text that is no UTF-8 or UTF-16.
            return new(ReceivedKind.BadJson);
        }
    }

    private static bool Object(ref Utf8JsonReader json, MessageDraft draft)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("type"u8) || json.ValueTextEquals("_type"u8))
            {
                json.Read();
                draft.Kind = KindOf(ref json);
            }
            else if (json.ValueTextEquals("data"u8))
            {
                json.Read();
                Data(ref json, draft);
            }
            else if (json.ValueTextEquals("sequence"u8) || json.ValueTextEquals("_sequence"u8))
            {
                json.Read();
                draft.TakeSequence(json.TokenType == JsonTokenType.Number && json.TryGetInt64(out long sequence) ? sequence : 0);
                json.Skip();
            }
            else if (json.ValueTextEquals("stream"u8) || json.ValueTextEquals("_stream"u8))
            {
                json.Read();
                draft.TakeStream(json.TokenType == JsonTokenType.String ? json.GetString()! : string.Empty);
                json.Skip();
            }
            else if (json.ValueTextEquals("token"u8))
            {
                json.Read();
                draft.Token = json.TokenType == JsonTokenType.String ? json.GetString() : null;
                json.Skip();
            }
            else
            {
                Other(ref json, draft);
            }
        }

        return !json.Read();
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

    // The reader stands at the end of the value in any case.
    private static void Data(ref Utf8JsonReader json, MessageDraft draft)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            draft.Fail(ReceivedKind.BadData);
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            RecordField<KismetDevice>? field = MessageFields.OfWire(json.GetString()!);
            json.Read();
            if (field is null || json.TokenType == JsonTokenType.Null)
            {
                json.Skip();
            }
            else if (!field.TryReadJson(ref json, draft.Values))
            {
                draft.Fail(ReceivedKind.BadData);
                json.Skip();
            }
        }
    }

    // A field of GELF: all of its values are texts and numbers.
    private static void Other(ref Utf8JsonReader json, MessageDraft draft)
    {
        string name = json.GetString()!;
        RecordField<KismetDevice>? field = name.StartsWith('_') ? MessageFields.OfWire(name[1..]) : null;
        json.Read();
        string? value = json.TokenType switch
        {
            JsonTokenType.String => json.GetString(),
            JsonTokenType.Number => Encoding.ASCII.GetString(json.ValueSpan),
            _ => null,
        };
        json.Skip();
        if (field is not null && (value is null || !field.TryParse(value, draft.Values)))
        {
            draft.Fail(ReceivedKind.BadData);
        }
    }
}
