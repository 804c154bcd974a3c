using System.Text.Json;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Rest;

/// <summary>The plain facts of one device as a poll tells them. Zero and null are unknown.</summary>
internal struct RestFacts
{
    public string? Key;
    public string? Phy;
    public string? Type;
    public string? CommonName;
    public string? UserName;
    public string? Tags;
    public string? Manufacturer;
    public string? Crypt;
    public string? Channel;
    public string? SignalType;
    public string? Ssid;
    public string? HtMode;
    public MacAddress Address;
    public MacAddress Bssid;
    public long FirstSeconds;
    public long LastSeconds;
    public long Packets;
    public long DataPackets;
    public long ErrorPackets;
    public long CryptPackets;
    public long LinkPackets;
    public long DataSize;
    public long AlertCount;
    public long FrequencyKHz;
    public long Retries;
    public double SsidRate;
    public double MaxSeenRate;
    public double Latitude;
    public double Longitude;
    public double AltitudeM;
    public int Signal;
    public int SignalMin;
    public int SignalMax;
    public int Noise;
    public int Clients;
    public int AdvertisedCount;
    public int RespondedCount;
    public int ProbedCount;
    public bool HasPlace;
    public bool HasBeacon;
    public bool Cloaked;

    /// <summary>The address of a record, which is its first field as we ask; the rest is not read.</summary>
    public static bool TryReadAddress(ReadOnlySpan<byte> record, out MacAddress address)
    {
        address = default;
        try
        {
            Utf8JsonReader reader = new(record);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool found = reader.ValueTextEquals("m"u8);
                reader.Read();
                if (found)
                {
                    return JsonField.TryAddress(ref reader, out address);
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Told apart by nothing: a record that cannot be read is no record.
        }

        return false;
    }

    /// <summary>Reads a record of a poll; false where it is no good. Text that has not changed is taken from <paramref name="old"/>.</summary>
    /// <param name="record">One JSON object.</param>
    /// <param name="old">What was known of the device.</param>
    /// <param name="facts">What is known now.</param>
    /// <param name="wrong">Counts values of a wrong type.</param>
    public static bool TryRead(ReadOnlySpan<byte> record, in RestFacts old, out RestFacts facts, ref int wrong)
    {
        facts = default;
        try
        {
            Utf8JsonReader reader = new(record);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                // What the server does not know comes under one long name, several times.
                DeviceField field = reader.ValueSpan.Length == 1 ? (DeviceField)reader.ValueSpan[0] : 0;
                reader.Read();
                facts.Take(field, ref reader, old, ref wrong);
            }

            return !facts.Address.IsZero && facts.Key is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Take(DeviceField field, ref Utf8JsonReader reader, in RestFacts old, ref int wrong)
    {
        switch (field)
        {
            case DeviceField.Key: Key = JsonField.Text(ref reader, old.Key, ref wrong); break;
            case DeviceField.Address: JsonField.TryAddress(ref reader, out Address); break;
            case DeviceField.Phy: Phy = JsonField.Text(ref reader, old.Phy, ref wrong); break;
            case DeviceField.Type: Type = JsonField.Text(ref reader, old.Type, ref wrong); break;
            case DeviceField.CommonName: CommonName = JsonField.Text(ref reader, old.CommonName, ref wrong); break;
            case DeviceField.UserName: UserName = JsonField.Text(ref reader, old.UserName, ref wrong); break;
            case DeviceField.Tags: Tags = Map(ref reader, ref wrong); break;
            case DeviceField.Manufacturer: Manufacturer = JsonField.Text(ref reader, old.Manufacturer, ref wrong); break;
            case DeviceField.Crypt: Crypt = JsonField.Text(ref reader, old.Crypt, ref wrong); break;
            case DeviceField.Channel: Channel = JsonField.Text(ref reader, old.Channel, ref wrong); break;
            case DeviceField.SignalType: SignalType = JsonField.Text(ref reader, old.SignalType, ref wrong); break;
            case DeviceField.HtMode: HtMode = JsonField.Text(ref reader, old.HtMode, ref wrong); break;
            case DeviceField.Ssid:
                HasBeacon = reader.TokenType == JsonTokenType.String;
                Ssid = HasBeacon ? JsonField.Name(ref reader, ref wrong, old.Ssid) : null;
                if (!HasBeacon)
                {
                    JsonField.Absent(ref reader, ref wrong);
                }

                break;
            case DeviceField.Bssid: JsonField.TryAddress(ref reader, out Bssid); break;
            case DeviceField.First: FirstSeconds = JsonField.Number(ref reader, ref wrong); break;
            case DeviceField.Last: LastSeconds = JsonField.Number(ref reader, ref wrong); break;
            case DeviceField.Packets: Packets = JsonField.Number(ref reader, ref wrong); break;
            case DeviceField.DataPackets: DataPackets = JsonField.Number(ref reader, ref wrong); break;
            case DeviceField.ErrorPackets: ErrorPackets = JsonField.Number(ref reader, ref wrong); break;
            case DeviceField.CryptPackets: CryptPackets = JsonField.Number(ref reader, ref wrong); break;
            case DeviceField.LinkPackets: LinkPackets = JsonField.Number(ref reader, ref wrong); break;
            case DeviceField.DataSize: DataSize = JsonField.Number(ref reader, ref wrong); break;
            case DeviceField.AlertCount: AlertCount = JsonField.Number(ref reader, ref wrong); break;
            case DeviceField.Frequency: FrequencyKHz = (long)JsonField.Fraction(ref reader, ref wrong); break;
            case DeviceField.Retries: Retries = JsonField.Number(ref reader, ref wrong); break;
            case DeviceField.SsidRate: SsidRate = JsonField.Fraction(ref reader, ref wrong); break;
            case DeviceField.MaxSeenRate: MaxSeenRate = JsonField.Fraction(ref reader, ref wrong); break;
            case DeviceField.Altitude: AltitudeM = JsonField.Fraction(ref reader, ref wrong); break;
            case DeviceField.Place: HasPlace = JsonField.TryPlace(ref reader, out Latitude, out Longitude, ref wrong); break;
            case DeviceField.Signal: Signal = Small(ref reader, ref wrong); break;
            case DeviceField.SignalMin: SignalMin = Small(ref reader, ref wrong); break;
            case DeviceField.SignalMax: SignalMax = Small(ref reader, ref wrong); break;
            case DeviceField.Noise: Noise = Small(ref reader, ref wrong); break;
            case DeviceField.Clients: Clients = Small(ref reader, ref wrong); break;
            case DeviceField.AdvertisedCount: AdvertisedCount = Small(ref reader, ref wrong); break;
            case DeviceField.RespondedCount: RespondedCount = Small(ref reader, ref wrong); break;
            case DeviceField.ProbedCount: ProbedCount = Small(ref reader, ref wrong); break;
            case DeviceField.Cloaked: Cloaked = JsonField.Number(ref reader, ref wrong) != 0; break;
            default: reader.Skip(); break;
        }
    }

    private static int Small(ref Utf8JsonReader reader, ref int wrong) =>
        (int)Math.Clamp(JsonField.Number(ref reader, ref wrong), int.MinValue, int.MaxValue);

    // Tags are few and made by hand: kept as the server wrote them.
    private static string? Map(ref Utf8JsonReader reader, ref int wrong)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            JsonField.Absent(ref reader, ref wrong);
            return null;
        }

        System.Text.StringBuilder text = new();
        int ignored = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            text.Append(text.Length == 0 ? "" : "; ").Append(System.Text.Encoding.UTF8.GetString(JsonField.Bytes(ref reader))).Append('=');
            reader.Read();
            text.Append(JsonField.Text(ref reader, null, ref ignored));
        }

        return text.Length == 0 ? null : text.ToString();
    }
}
