using System.Text;
using System.Text.Json;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Rest;

/// <summary>What is long and changes seldom of one device: its names, clients, and what other radio technologies tell.</summary>
internal sealed class RestDetails
{
    // A hostile or very old server may tell any number.
    private const int MaxList = 4096;
    private const int MaxValue = 1024;

    /// <summary>The device.</summary>
    public MacAddress Address { get; private set; }

    /// <summary>Names it advertises, then names it only answers probes with.</summary>
    public List<RestSsid> Ssids { get; } = [];

    /// <summary>Names it asked for.</summary>
    public List<string> Probes { get; } = [];

    /// <summary>Addresses of its clients.</summary>
    public List<string> Clients { get; } = [];

    /// <summary>The rest.</summary>
    public List<KismetProperty> Properties { get; } = [];

    /// <summary>Reads a record; null where it is no good.</summary>
    public static RestDetails? Read(ReadOnlySpan<byte> record, ref int wrong)
    {
        RestDetails details = new();
        try
        {
            Utf8JsonReader reader = new(record);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                details.Take(ref reader, ref wrong);
            }

            return details.Address.IsZero ? null : details;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Take(ref Utf8JsonReader reader, ref int wrong)
    {
        if (reader.ValueTextEquals("kismet.device.base.macaddr"u8))
        {
            reader.Read();
            if (JsonField.TryAddress(ref reader, out MacAddress address))
            {
                Address = address;
            }
        }
        else if (reader.ValueTextEquals("dot11.device.advertised_ssid_map"u8) || reader.ValueTextEquals("dot11.device.responded_ssid_map"u8))
        {
            reader.Read();
            while (Next(ref reader, ref wrong))
            {
                RestSsid ssid = RestSsid.Read(ref reader, ref wrong);
                if (Ssids.Count < MaxList && !Ssids.Exists(s => s.Name == ssid.Name))
                {
                    Ssids.Add(ssid);
                }
            }
        }
        else if (reader.ValueTextEquals("dot11.device.probed_ssid_map"u8))
        {
            reader.Read();
            while (Next(ref reader, ref wrong))
            {
                Probe(ref reader, ref wrong);
            }
        }
        else if (reader.ValueTextEquals("dot11.device.associated_client_map"u8))
        {
            reader.Read();
            ClientMap(ref reader, ref wrong);
        }
        else
        {
            string name = Encoding.UTF8.GetString(JsonField.Bytes(ref reader));
            reader.Read();
            Rest(ref reader, name);
        }
    }

    // The next object of a list, which lies there as an array or (before 2020) as a map; false at its end, and where there is no list.
    private static bool Next(ref Utf8JsonReader reader, ref int wrong)
    {
        if (reader.TokenType is JsonTokenType.Number or JsonTokenType.String or JsonTokenType.Null or JsonTokenType.True or JsonTokenType.False)
        {
            JsonField.Absent(ref reader, ref wrong);
            return false;
        }

        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                return true;
            }

            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                reader.Skip();
            }
        }

        return false;
    }

    private void Probe(ref Utf8JsonReader reader, ref int wrong)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool name = reader.ValueTextEquals("dot11.probedssid.ssid"u8);
            reader.Read();
            if (!name)
            {
                reader.Skip();
            }
            else if (JsonField.Name(ref reader, ref wrong) is { Length: > 0 } ssid && Probes.Count < MaxList && !Probes.Contains(ssid))
            {
                Probes.Add(ssid);
            }
        }
    }

    private void ClientMap(ref Utf8JsonReader reader, ref int wrong)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            JsonField.Absent(ref reader, ref wrong);
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Clients.Count < MaxList
                && MacAddress.TryParse(Encoding.UTF8.GetString(JsonField.Bytes(ref reader)), null, out MacAddress address) && !address.IsZero)
            {
                Clients.Add(address.ToString());
            }

            reader.Read();
            reader.Skip();
        }
    }

    // Facts of another radio technology under their own names; histories (rrd) are the server's business.
    private void Rest(ref Utf8JsonReader reader, string name)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    string inner = Encoding.UTF8.GetString(JsonField.Bytes(ref reader));
                    reader.Read();
                    if (inner.EndsWith("_rrd", StringComparison.Ordinal) || inner.EndsWith(".rrd", StringComparison.Ordinal) || inner == "field.unknown.not.registered")
                    {
                        reader.Skip();
                    }
                    else
                    {
                        Rest(ref reader, inner);
                    }
                }

                break;
            case JsonTokenType.StartArray:
                Utf8JsonReader list = reader;
                reader.Skip();
                Add(name, List(ref list));
                break;
            case JsonTokenType.String:
                Add(name, SsidText.ToDisplay(JsonField.Bytes(ref reader)));
                break;
            case JsonTokenType.Number when name is "field.unknown.not.registered" || (name.EndsWith(".device", StringComparison.Ordinal) && reader.ValueSpan.SequenceEqual("0"u8)):
                break;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                Add(name, Encoding.ASCII.GetString(reader.ValueSpan));
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static string List(ref Utf8JsonReader reader)
    {
        StringBuilder text = new("[");
        int depth = 1;
        while (depth > 0 && text.Length < MaxValue && reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    depth++;
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    depth--;
                    break;
                case JsonTokenType.String:
                    text.Append(text.Length == 1 ? "" : ",").Append(SsidText.ToDisplay(JsonField.Bytes(ref reader)));
                    break;
                case JsonTokenType.Number:
                    text.Append(text.Length == 1 ? "" : ",").Append(Encoding.ASCII.GetString(reader.ValueSpan));
                    break;
            }
        }

        return text.Append(']').ToString();
    }

    private void Add(string name, string value)
    {
        if (value.Length > 0 && value != "[]" && Properties.Count < MaxList)
        {
            Properties.Add(new KismetProperty { Name = name, Value = value.Length > MaxValue ? value[..MaxValue] : value });
        }
    }
}
