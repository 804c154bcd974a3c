using System.Text.Json;

namespace KismetPS.Kismet.Rest;

/// <summary>A message of a server to its users.</summary>
internal sealed record RestMessage(string Text, long Flags, long Seconds)
{
    /// <summary>Error (4) or fatal (16).</summary>
    public bool IsError => (Flags & 0x14) != 0;

    /// <summary>Reads a record; null where it is no good.</summary>
    public static RestMessage? Read(ReadOnlySpan<byte> record)
    {
        int wrong = 0;
        string? text = null;
        long flags = 0;
        long seconds = 0;
        try
        {
            Utf8JsonReader reader = new(record);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadOnlySpan<byte> name = reader.ValueSpan;
                bool isText = name.SequenceEqual("kismet.messagebus.message_string"u8);
                bool isFlags = name.SequenceEqual("kismet.messagebus.message_flags"u8);
                bool isTime = name.SequenceEqual("kismet.messagebus.message_time"u8);
                reader.Read();
                if (isText)
                {
                    text = JsonField.Text(ref reader, null, ref wrong);
                }
                else if (isFlags || isTime)
                {
                    long value = JsonField.Number(ref reader, ref wrong);
                    (flags, seconds) = isFlags ? (value, seconds) : (flags, value);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return text is null ? null : new RestMessage(text, flags, seconds);
    }
}
