using System.Text;
using System.Text.Json;

namespace KismetPS.Kismet.Rest;

/// <summary>
/// What is asked of a server. Nothing is ever asked without naming its fields: a full record has 12 to 20 KB, and asking a large server for all of them
/// stalls it for so long that it drops its sensors. Each poll has the plain facts, under names of one letter; what is long and changes seldom
/// (names, clients, the facts of other radios) is asked for by key, when the counts of a poll say that it has changed.
/// </summary>
internal static class DeviceQuery
{
    private const string Base = "kismet.device.base.";
    private const string Signal = Base + "signal/kismet.common.signal.";
    private const string Place = Base + "location/kismet.common.location.last/kismet.common.location.";
    private const string Dot11 = "dot11.device/dot11.device.";
    private const string Beacon = Dot11 + "last_beaconed_ssid_record/dot11.advertisedssid.";

    /// <summary>A path through a list is undefined in the server, so that lists come whole.</summary>
    private static readonly (DeviceField Name, string Path)[] s_facts =
    [
        (DeviceField.Address, Base + "macaddr"),
        (DeviceField.Key, Base + "key"),
        (DeviceField.Phy, Base + "phyname"),
        (DeviceField.Type, Base + "type"),
        (DeviceField.CommonName, Base + "commonname"),
        (DeviceField.UserName, Base + "username"),
        (DeviceField.Tags, Base + "tags"),
        (DeviceField.Manufacturer, Base + "manuf"),
        (DeviceField.Crypt, Base + "crypt"),
        (DeviceField.Channel, Base + "channel"),
        (DeviceField.Frequency, Base + "frequency"),
        (DeviceField.First, Base + "first_time"),
        (DeviceField.Last, Base + "last_time"),
        (DeviceField.Packets, Base + "packets.total"),
        (DeviceField.DataPackets, Base + "packets.data"),
        (DeviceField.ErrorPackets, Base + "packets.error"),
        (DeviceField.CryptPackets, Base + "packets.crypt"),
        (DeviceField.LinkPackets, Base + "packets.llc"),
        (DeviceField.DataSize, Base + "datasize"),
        (DeviceField.AlertCount, Base + "num_alerts"),
        (DeviceField.SignalType, Signal + "type"),
        (DeviceField.Signal, Signal + "last_signal"),
        (DeviceField.SignalMin, Signal + "min_signal"),
        (DeviceField.SignalMax, Signal + "max_signal"),
        (DeviceField.Noise, Signal + "last_noise"),
        (DeviceField.MaxSeenRate, Signal + "maxseenrate"),
        (DeviceField.Place, Place + "geopoint"),
        (DeviceField.Altitude, Place + "alt"),
        (DeviceField.Ssid, Beacon + "ssid"),
        (DeviceField.Cloaked, Beacon + "cloaked"),
        (DeviceField.SsidRate, Beacon + "maxrate"),
        (DeviceField.HtMode, Beacon + "ht_mode"),
        (DeviceField.Bssid, Dot11 + "last_bssid"),
        (DeviceField.Clients, Dot11 + "num_associated_clients"),
        (DeviceField.Retries, Dot11 + "num_retries"),
        (DeviceField.AdvertisedCount, Dot11 + "num_advertised_ssids"),
        (DeviceField.RespondedCount, Dot11 + "num_responded_ssids"),
        (DeviceField.ProbedCount, Dot11 + "num_probed_ssids"),
    ];

    /// <summary>Keys in one request for details: the server closes the connection over a body of 100,000 bytes, which is some two thousand.</summary>
    public const int MaxKeys = 250;

    /// <summary>The details' names: lists of 802.11, then what each other radio technology says of its devices.</summary>
    private static readonly string[] s_details =
    [
        Base + "macaddr",
        Dot11 + "advertised_ssid_map",
        Dot11 + "responded_ssid_map",
        Dot11 + "probed_ssid_map",
        Dot11 + "associated_client_map",
        "bluetooth.device",
        "btle.device",
        "sensor.device",
        "zwave.device",
        "nrfmousejack.device",
        "uav.device",
        "meter.device",
        "adsb.device",
        "802154.device",
    ];

    /// <summary>The list of fields of a poll, as JSON.</summary>
    public static string Facts { get; } = List(s_facts.Select(static f => $"[\"{f.Path}\",\"{(char)f.Name}\"]"));

    /// <summary>The list of fields that tell which devices there are, as JSON.</summary>
    public static string Listing { get; } = List(s_facts
        .Where(static f => f.Name is DeviceField.Address or DeviceField.Key or DeviceField.Last or DeviceField.Packets)
        .Select(static f => $"[\"{f.Path}\",\"{(char)f.Name}\"]"));

    /// <summary>Body of a poll.</summary>
    public static byte[] FactsBody { get; } = Form($"{{\"fields\":{Facts}}}");

    /// <summary>Body that asks which devices there are.</summary>
    public static byte[] ListingBody { get; } = Form($"{{\"fields\":{Listing}}}");

    /// <summary>Body that asks for the facts or the details of some devices.</summary>
    public static byte[] ForKeys(IEnumerable<string> keys, bool details) =>
        Form($"{{\"devices\":[{string.Join(',', keys.Select(static k => JsonSerializer.Serialize(k)))}],\"fields\":{(details ? s_detailList : Facts)}}}");

    private static readonly string s_detailList = List(s_details.Select(static d => $"\"{d}\""));

    /// <summary>A command's JSON as all releases take it: any other content type, or JSON that is broken, is silently ignored by the server.</summary>
    public static byte[] Form(string json) => Encoding.ASCII.GetBytes("json=" + Uri.EscapeDataString(json));

    /// <summary>Whether a request is for devices, any number of them, and names no fields.</summary>
    public static bool IsWithoutFields(string path, string? json)
    {
        ReadOnlySpan<char> bare = path.AsSpan().TrimStart('/');
        int mark = bare.IndexOf('?');
        bare = mark < 0 ? bare : bare[..mark];
        bool many = bare.StartsWith("devices/", StringComparison.Ordinal) && !bare.StartsWith("devices/by-", StringComparison.Ordinal)
            && (bare.Contains("/devices.", StringComparison.Ordinal) || bare.Contains("/all_devices.", StringComparison.Ordinal));
        many |= bare.StartsWith("phy/phy80211/", StringComparison.Ordinal) && (bare.EndsWith("/clients.json", StringComparison.Ordinal) || bare.EndsWith("/devices.json", StringComparison.Ordinal));
        return many && (json is null || !HasFields(json));
    }

    /// <summary>The body with its one field as the list that the server wants: PowerShell makes no list of one. Null where it names none.</summary>
    public static string? FieldAsList(string? json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json ?? "null");
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("fields", out JsonElement field) || field.ValueKind != JsonValueKind.String || field.ValueEquals(string.Empty))
            {
                return null;
            }

            // The last of a repeated name counts, as in the server.
            Dictionary<string, string> members = [];
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                members[member.Name] = member.Value.GetRawText();
            }

            members["fields"] = $"[{field.GetRawText()}]";
            return $"{{{string.Join(',', members.Select(static m => $"{JsonSerializer.Serialize(m.Key)}:{m.Value}"))}}}";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Text with half a surrogate is JSON, but no string.
            return null;
        }
    }

    private static bool HasFields(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("fields", out JsonElement fields) && fields.ValueKind == JsonValueKind.Array && fields.GetArrayLength() > 0;
        }
        catch (JsonException)
        {
            // What the server cannot read it ignores, and then it answers with everything.
            return false;
        }
    }

    private static string List(IEnumerable<string> fields) => $"[{string.Join(',', fields)}]";
}
