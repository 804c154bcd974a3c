using System.Text.Json;
using KismetPS.Tracking;

namespace KismetPS.Kismet.Rest;

/// <summary>One name that a device advertises, or answers probes with, as the server tells it.</summary>
internal sealed class RestSsid
{
    /// <summary>The name as users see names; empty while hidden.</summary>
    public string Name { get; private set; } = string.Empty;

    /// <summary>Whether beacons hide it.</summary>
    public bool Hidden { get; private set; }

    public string? Channel { get; private set; }

    public string? Crypt { get; private set; }

    public string? HtMode { get; private set; }

    public string? Country { get; private set; }

    public string? Manufacturer { get; private set; }

    public string? Model { get; private set; }

    public string? ApName { get; private set; }

    public long FirstSeconds { get; private set; }

    public long LastSeconds { get; private set; }

    public double MaxRateMbps { get; private set; }

    public int WpsState { get; private set; }

    public int? Stations { get; private set; }

    public double? Utilization { get; private set; }

    public bool MfpRequired { get; private set; }

    public bool MfpCapable { get; private set; }

    /// <summary>What the plain facts say of the name beaconed last, until the whole list is there.</summary>
    public static RestSsid Of(in RestFacts facts) => new()
    {
        Name = facts.Ssid ?? string.Empty,
        Hidden = facts.Cloaked,
        Channel = facts.Channel,
        Crypt = facts.Crypt,
        HtMode = facts.HtMode,
        FirstSeconds = facts.FirstSeconds,
        LastSeconds = facts.LastSeconds,
        MaxRateMbps = facts.SsidRate,
    };

    /// <summary>Reads one record of a list of names; the reader stands on its first brace and is left on its last.</summary>
    public static RestSsid Read(ref Utf8JsonReader reader, ref int wrong)
    {
        RestSsid ssid = new();
        bool qbss = false;
        int stations = 0;
        double utilization = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            name = name.StartsWith("dot11.advertisedssid."u8) ? name["dot11.advertisedssid.".Length..] : default;
            reader.Read();
            switch (name.Length)
            {
                case 4 when name.SequenceEqual("ssid"u8): ssid.Name = JsonField.Name(ref reader, ref wrong) ?? string.Empty; break;
                case 7 when name.SequenceEqual("cloaked"u8): ssid.Hidden = JsonField.Number(ref reader, ref wrong) != 0; break;
                case 7 when name.SequenceEqual("channel"u8): ssid.Channel = JsonField.Text(ref reader, null, ref wrong); break;
                case 7 when name.SequenceEqual("ht_mode"u8): ssid.HtMode = JsonField.Text(ref reader, null, ref wrong); break;
                case 12 when name.SequenceEqual("crypt_string"u8): ssid.Crypt = JsonField.Text(ref reader, null, ref wrong); break;
                case 10 when name.SequenceEqual("first_time"u8): ssid.FirstSeconds = JsonField.Number(ref reader, ref wrong); break;
                case 9 when name.SequenceEqual("last_time"u8): ssid.LastSeconds = JsonField.Number(ref reader, ref wrong); break;
                case 7 when name.SequenceEqual("maxrate"u8): ssid.MaxRateMbps = JsonField.Fraction(ref reader, ref wrong); break;
                case 16 when name.SequenceEqual("wpa_mfp_required"u8): ssid.MfpRequired = JsonField.Number(ref reader, ref wrong) != 0; break;
                case 17 when name.SequenceEqual("wpa_mfp_supported"u8): ssid.MfpCapable = JsonField.Number(ref reader, ref wrong) != 0; break;
                case 14 when name.SequenceEqual("dot11d_country"u8): ssid.Country = JsonField.Text(ref reader, null, ref wrong); break;
                case 9 when name.SequenceEqual("wps_state"u8): ssid.WpsState = (int)JsonField.Number(ref reader, ref wrong); break;
                case 9 when name.SequenceEqual("wps_manuf"u8): ssid.Manufacturer = JsonField.Text(ref reader, null, ref wrong); break;
                case 14 when name.SequenceEqual("wps_model_name"u8): ssid.Model = JsonField.Text(ref reader, null, ref wrong); break;
                case 15 when name.SequenceEqual("wps_device_name"u8): ssid.ApName = JsonField.Text(ref reader, null, ref wrong); break;
                case 11 when name.SequenceEqual("dot11e_qbss"u8): qbss = JsonField.Number(ref reader, ref wrong) != 0; break;
                case 11 when name.SequenceEqual("beacon_info"u8): ssid.ApName ??= JsonField.Text(ref reader, null, ref wrong); break;
                case 20 when name.SequenceEqual("dot11e_qbss_stations"u8): stations = (int)JsonField.Number(ref reader, ref wrong); break;
                case 31 when name.SequenceEqual("dot11e_channel_utilization_perc"u8): utilization = JsonField.Fraction(ref reader, ref wrong); break;
                default: reader.Skip(); break;
            }
        }

        if (qbss)
        {
            ssid.Stations = stations;
            ssid.Utilization = Math.Round(utilization, 1);
        }

        return ssid;
    }

    /// <summary>The name as part of its device.</summary>
    public KismetSsid ToSsid() => new()
    {
        Ssid = Name.Length == 0 ? null : Name,
        Hidden = Hidden,
        Channel = RestText.ChannelOf(Channel),
        Encryption = CryptText.Read(Crypt).Encryption,
        MaxRateMbps = MaxRateMbps > 0 ? MaxRateMbps : null,
        FirstSeen = RestText.Time(FirstSeconds),
        LastSeen = RestText.Time(LastSeconds),
    };
}
