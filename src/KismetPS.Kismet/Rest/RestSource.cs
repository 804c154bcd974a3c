using System.Text;
using System.Text.Json;
using KismetPS.Capture;

namespace KismetPS.Kismet.Rest;

/// <summary>Capture sources as the server tells them.</summary>
internal static class RestSource
{
    /// <summary>Reads a record; null where it is no good.</summary>
    public static KismetSource? Read(ReadOnlySpan<byte> record, int sessionId)
    {
        int wrong = 0;
        Dictionary<string, string?> text = [];
        Dictionary<string, double> numbers = [];
        List<string> channels = [];
        List<string> hopChannels = [];
        string? type = null;
        try
        {
            Utf8JsonReader reader = new(record);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = Encoding.UTF8.GetString(reader.ValueSpan);
                name = name.StartsWith("kismet.datasource.", StringComparison.Ordinal) ? name["kismet.datasource.".Length..] : string.Empty;
                reader.Read();
                switch (name)
                {
                    case "uuid" or "name" or "interface" or "capture_interface" or "definition" or "channel" or "error_reason":
                        text[name] = JsonField.Text(ref reader, null, ref wrong);
                        break;
                    case "running" or "paused" or "hopping" or "hop_rate" or "num_packets" or "error":
                        numbers[name] = JsonField.Fraction(ref reader, ref wrong);
                        break;
                    case "channels":
                        Strings(ref reader, channels, ref wrong);
                        break;
                    case "hop_channels":
                        Strings(ref reader, hopChannels, ref wrong);
                        break;
                    case "type_driver" when reader.TokenType == JsonTokenType.StartObject:
                        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                        {
                            bool isType = reader.ValueTextEquals("kismet.datasource.driver.type"u8);
                            reader.Read();
                            if (isType)
                            {
                                type = JsonField.Text(ref reader, null, ref wrong);
                            }
                            else
                            {
                                reader.Skip();
                            }
                        }

                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }

        if (text.GetValueOrDefault("uuid") is not { } uuid)
        {
            return null;
        }

        bool hops = Flag("hopping") ?? false;
        return new KismetSource
        {
            Uuid = uuid,
            Name = text.GetValueOrDefault("name"),
            Interface = text.GetValueOrDefault("capture_interface") ?? text.GetValueOrDefault("interface"),
            Type = type,
            Definition = text.GetValueOrDefault("definition"),
            Channel = hops ? null : text.GetValueOrDefault("channel"),
            Channels = new DetailList<string>(hopChannels.Count > 0 ? hopChannels : channels),
            Hopping = Flag("hopping"),
            HopRate = numbers.GetValueOrDefault("hop_rate") is > 0 and double rate ? rate : null,
            Running = Flag("running"),
            Paused = Flag("paused"),
            Packets = numbers.TryGetValue("num_packets", out double packets) ? (long)packets : null,
            Error = Flag("error") == true ? text.GetValueOrDefault("error_reason") ?? "unknown" : null,
            SessionId = sessionId,
        };

        bool? Flag(string name) => numbers.TryGetValue(name, out double value) ? value != 0 : null;
    }

    private static void Strings(ref Utf8JsonReader reader, List<string> list, ref int wrong)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            JsonField.Absent(ref reader, ref wrong);
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (JsonField.Text(ref reader, null, ref wrong) is { } text && list.Count < 1024)
            {
                list.Add(text);
            }
        }
    }
}
