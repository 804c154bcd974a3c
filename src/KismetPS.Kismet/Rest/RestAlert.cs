using System.Text;
using System.Text.Json;
using KismetPS.Kismet.Text.Values;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Rest;

/// <summary>An alert as the server tells it.</summary>
internal sealed class RestAlert
{
    private string? _header;
    private string? _text;
    private string? _channel;
    private MacAddress _transmitter;
    private MacAddress _source;
    private MacAddress _destination;

    /// <summary>When, seconds since 1970 with a fraction.</summary>
    public double Seconds { get; private set; }

    /// <summary>One sentence.</summary>
    public string Text => _text ?? _header!;

    /// <summary>Reads a record; null where it is no good.</summary>
    public static RestAlert? Read(ReadOnlySpan<byte> record, ref int wrong)
    {
        RestAlert alert = new();
        try
        {
            Utf8JsonReader reader = new(record);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                alert.Take(ref reader, ref wrong);
            }

            return alert._header is null ? null : alert;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The object users see.</summary>
    public KismetAlert ToAlert(long number, int sessionId) => new()
    {
        Sequence = number,
        Time = RestText.Time(Seconds),
        Type = AlertHeader.TryRead(Encoding.UTF8.GetBytes(_header!), out KismetAlertType type) ? type : KismetAlertType.Other,
        Header = _header,
        Text = SsidText.ToDisplay(Encoding.UTF8.GetBytes(Text)),
        Bssid = Address(_transmitter),
        MacAddress = Address(_source),
        Destination = Address(_destination),
        Channel = RestText.ChannelOf(_channel),
        SessionId = sessionId,
    };

    private static string? Address(MacAddress address) => address.IsZero ? null : address.ToString();

    private void Take(ref Utf8JsonReader reader, ref int wrong)
    {
        ReadOnlySpan<byte> name = reader.ValueSpan;
        name = name.StartsWith("kismet.alert."u8) ? name["kismet.alert.".Length..] : default;
        reader.Read();
        switch (name.Length)
        {
            case 6 when name.SequenceEqual("header"u8): _header = JsonField.Text(ref reader, null, ref wrong); break;
            case 4 when name.SequenceEqual("text"u8): _text = JsonField.Text(ref reader, null, ref wrong); break;
            case 9 when name.SequenceEqual("timestamp"u8): Seconds = JsonField.Fraction(ref reader, ref wrong); break;
            case 7 when name.SequenceEqual("channel"u8): _channel = JsonField.Text(ref reader, null, ref wrong); break;
            case 15 when name.SequenceEqual("transmitter_mac"u8): JsonField.TryAddress(ref reader, out _transmitter); break;
            case 10 when name.SequenceEqual("source_mac"u8): JsonField.TryAddress(ref reader, out _source); break;
            case 8 when name.SequenceEqual("dest_mac"u8): JsonField.TryAddress(ref reader, out _destination); break;
            default: reader.Skip(); break;
        }
    }
}
