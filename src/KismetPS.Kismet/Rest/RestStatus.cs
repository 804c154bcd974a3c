using System.Text;
using System.Text.Json;

namespace KismetPS.Kismet.Rest;

/// <summary>What a server tells of itself.</summary>
internal sealed class RestStatus
{
    public string? Version { get; private set; }

    public string? ServerName { get; private set; }

    public string? ServerId { get; private set; }

    public long StartSeconds { get; private set; }

    public long Seconds { get; private set; }

    public long Microseconds { get; private set; }

    /// <summary>The server's clock; null where it was not told.</summary>
    public DateTimeOffset? Clock => Seconds == 0 ? null : RestText.Time(Seconds).AddMicroseconds(Math.Clamp(Microseconds, 0, 999_999));

    public long MemoryKilobytes { get; private set; }

    public long Devices { get; private set; }

    /// <summary>Whether a status is that of another run of the program than this one.</summary>
    public bool IsOtherRun(RestStatus other) => ServerId != other.ServerId || StartSeconds != other.StartSeconds;

    /// <summary>Reads an answer; null where it is none of a Kismet server.</summary>
    public static RestStatus? Read(ReadOnlySpan<byte> json)
    {
        RestStatus status = new();
        int wrong = 0;
        try
        {
            Utf8JsonReader reader = new(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = Encoding.UTF8.GetString(reader.ValueSpan);
                reader.Read();
                switch (name)
                {
                    case "kismet.system.version": status.Version = JsonField.Text(ref reader, null, ref wrong); break;
                    case "kismet.system.server_name": status.ServerName = JsonField.Text(ref reader, null, ref wrong); break;
                    case "kismet.server.uuid" or "kismet.system.server_uuid": status.ServerId = JsonField.Text(ref reader, null, ref wrong); break;
                    case "kismet.system.timestamp.start_sec": status.StartSeconds = JsonField.Number(ref reader, ref wrong); break;
                    case "kismet.system.timestamp.sec": status.Seconds = JsonField.Number(ref reader, ref wrong); break;
                    case "kismet.system.timestamp.usec": status.Microseconds = JsonField.Number(ref reader, ref wrong); break;
                    case "kismet.system.memory.rss": status.MemoryKilobytes = JsonField.Number(ref reader, ref wrong); break;
                    case "kismet.system.devices.count": status.Devices = JsonField.Number(ref reader, ref wrong); break;
                    default: reader.Skip(); break;
                }
            }

            return reader.TokenType == JsonTokenType.EndObject && (status.Version is not null || status.StartSeconds != 0) ? status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
