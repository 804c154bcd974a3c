using System.Text;
using System.Text.Json.Nodes;
using KismetPS.Kismet.Rest;
using KismetPS.TestKit;
using KismetPS.TestKit.Web;
using KismetPS.Tracking;
using KismetPS.Tracking.Remote;
using KismetPS.Wireless;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Kismet.Tests.Rest;

/// <summary>Records of a server as the objects users see: what a real one was recorded to say, and what no server should.</summary>
public sealed class RestMappingTests
{
    private static readonly JsonArray s_facts = JsonNode.Parse(DeviceQuery.Facts)!.AsArray();

    [RestSamplesFact]
    public void Each_recorded_device_has_what_its_full_record_says()
    {
        (RestTables rest, RemoteTables tables) = Tables();
        JsonObject[] records = Recorded();
        HashSet<string> registered = Registered();
        JsonArray details = JsonNode.Parse(Uri.UnescapeDataString(Encoding.ASCII.GetString(DeviceQuery.ForKeys(["x"], details: true))["json=".Length..]))!["fields"]!.AsArray();
        foreach (JsonObject record in records)
        {
            rest.Take(Encoding.UTF8.GetBytes(KismetWebFields.Pick(record, s_facts, registered)));
            rest.TakeDetails(Encoding.UTF8.GetBytes(KismetWebFields.Pick(record, details, registered)));
        }

        Assert.Equal((0L, 0L), (rest.Malformed, rest.WrongValues));
        Dictionary<string, KismetDevice> devices = Devices(tables).ToDictionary(static d => d.MacAddress);
        Assert.Equal(records.Length, devices.Count);
        foreach (JsonObject record in records)
        {
            KismetDevice device = devices[Text(record, "kismet.device.base.macaddr")!];
            JsonObject signal = record["kismet.device.base.signal"]!.AsObject();
            JsonNode? location = record["kismet.device.base.location"] is JsonObject place ? place["kismet.common.location.last"] : null;
            JsonObject dot11 = record["dot11.device"]!.AsObject();
            Assert.Equal(
                (Number(record, "kismet.device.base.packets.total"), Number(record, "kismet.device.base.packets.data"), Number(record, "kismet.device.base.packets.error"), Number(record, "kismet.device.base.packets.crypt"), Number(record, "kismet.device.base.datasize")),
                (device.Packets, device.DataPackets, device.FcsErrors, device.EncryptedPackets, device.Bytes));
            Assert.Equal((Number(record, "kismet.device.base.first_time"), Number(record, "kismet.device.base.last_time")), (device.FirstSeen.ToUnixTimeSeconds(), device.LastSeen.ToUnixTimeSeconds()));
            bool dbm = Text(signal, "kismet.common.signal.type") == "dbm";
            Assert.Equal(dbm && Number(signal, "kismet.common.signal.last_signal") is not 0 and long last ? (int)last : null, device.SignalDbm);
            Assert.Equal(dbm && Number(signal, "kismet.common.signal.max_signal") is not 0 and long max ? (int)max : null, device.SignalMaxDbm);
            Assert.Equal(location?["kismet.common.location.geopoint"] is JsonArray point && (double)point[1]! != 0 ? (double)point[1]! : null, device.Latitude);
            Assert.Equal(dot11["dot11.device.last_beaconed_ssid_record"] is JsonObject beacon ? Text(beacon, "dot11.advertisedssid.ssid") is { Length: > 0 } own ? Unescaped(own) : device.Ssid : device.Ssid, device.Ssid);
            Assert.Equal(Number(dot11, "dot11.device.num_associated_clients"), device.ClientCount);
            Assert.Equal(dot11["dot11.device.associated_client_map"] is JsonObject clients ? clients.Count : 0, device.Clients.Count);
            Assert.Equal(dot11["dot11.device.probed_ssid_map"] is JsonArray probes ? probes.Select(static p => Text(p!.AsObject(), "dot11.probedssid.ssid")).Count(static s => !string.IsNullOrEmpty(s)) : 0, device.ProbedSsids.Count);
            Assert.Equal(Text(record, "kismet.device.base.key"), device.Properties.Single(static p => p.Name == "kismet.device.base.key").Value);
            Assert.Equal(Text(record, "kismet.device.base.type"), device.Properties.Single(static p => p.Name == "kismet.device.base.type").Value);
            Assert.Equal("IEEE802.11", device.Phy);
            Assert.DoesNotContain(device.Properties, static p => p.Name.Contains("unknown", StringComparison.Ordinal) || p.Value is "0" or "");
        }

        // Channels are names: 37W6e is one of 6 GHz.
        KismetDevice wide = devices["02:AA:BB:CC:00:06"];
        Assert.Equal((37, 6135), (wide.Channel, wide.FrequencyMHz));
        Assert.Equal(WirelessEncryption.Wpa3, devices["02:AA:BB:CC:00:0C"].Encryption);
        Assert.Equal(WirelessEncryption.Wpa2 | WirelessEncryption.Wpa3, devices["02:AA:BB:CC:00:08"].Encryption);
        Assert.Equal(WirelessEncryption.Open, devices["02:AA:BB:CC:00:03"].Encryption);
        Assert.Equal(2, devices["02:AA:BB:CC:00:01"].Ssids.Count(static s => s.Ssid is not null));
        Assert.All(devices.Values, static d => Assert.False(d.IsStale));
    }

    [Fact]
    public void What_a_device_has_not_comes_as_0_and_is_null()
    {
        (RestTables rest, RemoteTables tables) = Tables();
        string zeros = "{\"m\": \"02:00:00:00:00:01\",\"k\": \"K\"," + string.Join(',', s_facts.Select(static f => f![1]!.GetValue<string>()).Where(static n => n is not ("m" or "k")).Select(static n => $"\"{n}\": 0"))
            + ",\"field.unknown.not.registered\": 0,\"field.unknown.not.registered\": 0}";
        rest.Take(Encoding.UTF8.GetBytes(zeros));
        Assert.Equal((0L, 0L), (rest.Malformed, rest.WrongValues));
        KismetDevice device = Devices(tables).Single();
        Assert.Equal((null, null, null, null, null), (device.Ssid, device.Bssid, device.Channel, device.FrequencyMHz, device.SignalDbm));
        Assert.Equal((null, null, null, null, null), (device.Latitude, device.Longitude, device.AltitudeM, device.MaxRateMbps, device.NoiseDbm));
        Assert.Equal((WirelessEncryption.Unknown, KismetDeviceType.Unknown), (device.Encryption, device.Type));
        Assert.Equal(["kismet.device.base.key"], device.Properties.Select(static p => p.Name));
        Assert.Empty(device.Ssids);
    }

    [Fact]
    public void Any_value_of_any_type_in_any_place_costs_at_most_itself()
    {
        string[] values = ["null", "true", "false", "-1", "1e400", "1.5", "99999999999999999999", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\\u001b[31m\"", "[]", "[1,[2]]", "{}", "{\"a\":{\"b\":[0]}}", "\"=cmd|' /C'!A1\""];
        foreach (string name in s_facts.Select(static f => f![1]!.GetValue<string>()))
        {
            foreach (string value in values)
            {
                (RestTables rest, RemoteTables tables) = Tables();
                rest.Take(Encoding.UTF8.GetBytes($"{{\"m\":\"02:00:00:00:00:01\",\"k\":\"K\",\"{name}\":{value},\"P\":9,\"t\":\"Wi-Fi AP\",\"m\":\"02:00:00:00:00:01\",\"k\":\"K\"}}"));
                if (rest.Malformed == 0)
                {
                    KismetDevice device = Devices(tables).Single();
                    Assert.Equal((9L, KismetDeviceType.AccessPoint), (device.Packets, device.Type));
                    Assert.All(device.Properties, static p => Assert.DoesNotContain(p.Value, char.IsControl));
                    Assert.DoesNotContain(device.Ssid ?? "", char.IsControl);
                }
                else
                {
                    // Who it is must be said first: the address decides which row it is.
                    Assert.Equal("m", name);
                }
            }
        }
    }

    [RestSamplesFact]
    public void Records_cut_at_any_byte_or_with_any_byte_turned_never_throw()
    {
        byte[] facts = Encoding.UTF8.GetBytes(KismetWebFields.Pick(Recorded()[0], s_facts, Registered()));
        byte[] details = RestSamples.Read("device-by-key.json");
        byte[] status = RestSamples.Read("system-status.json");
        byte[] source = RestSamples.Read("ds-source-by-uuid.json");
        byte[] alert = Encoding.UTF8.GetBytes(RestRig.Alert("X", 5));
        byte[] channels = RestSamples.Read("channels-channels.json");
        byte[] place = RestSamples.Read("gps-location.json");
        Random random = new(11);
        foreach (byte[] record in new[] { facts, details, status, source, alert, channels, place })
        {
            (RestTables rest, _) = Tables();
            int step = Math.Max(1, record.Length / 500);
            for (int at = 0; at < record.Length; at += step)
            {
                Feed(rest, record.AsSpan(0, at));
                byte[] turned = (byte[])record.Clone();
                turned[at] = (byte)random.Next(256);
                Feed(rest, turned);
            }

            // Nothing that was cut reads as a device.
            Assert.True(rest.Malformed >= record.Length / step / 2);
        }

        static void Feed(RestTables rest, ReadOnlySpan<byte> record)
        {
            int wrong = 0;
            rest.Take(record);
            rest.TakeDetails(record);
            rest.TakeAlert(record);
            RestStatus.Read(record);
            RestSource.Read(record, 1);
            RestChannels.Read(record);
            RestPlace.Read(record);
            RestMessage.Read(record);
            RestDetails.Read(record, ref wrong);
        }
    }

    [Fact]
    public void A_record_that_changed_allocates_nothing_of_its_own()
    {
        (RestTables rest, RemoteTables tables) = Tables();
        byte[] record = Encoding.ASCII.GetBytes(
            "{\"m\":\"02:00:00:00:00:01\",\"k\":\"4202770D00000000_1\",\"p\":\"IEEE802.11\",\"t\":\"Wi-Fi AP\",\"n\":\"lab\",\"v\":\"Maker\",\"c\":\"WPA2 WPA2-PSK AES-CCMP\",\"h\":\"6\",\"f\":2437000,\"l\":1700000000,\"P\":1000000,\"y\":\"dbm\",\"s\":-51,\"S\":\"lab\",\"w\":[-74.0,40.7],\"1\":0}");
        int at = Encoding.ASCII.GetString(record).IndexOf("1000000", StringComparison.Ordinal);
        Rounds(1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Rounds(10_000);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / 10_000;

        // None in a release build; without the optimiser an address is boxed. One document, or one text of the nine, would be more.
        Assert.True(each <= 96, $"{each} bytes");
        Assert.Equal((0L, 0L), (rest.Malformed, rest.Repeated));
        Assert.Equal(1, tables.DeviceCount);

        void Rounds(int count)
        {
            for (int i = 0; i < count; i++)
            {
                for (int digit = at + 6; ++record[digit] > '9'; digit--)
                {
                    record[digit] = (byte)'0';
                }

                rest.Take(record);
            }
        }
    }

    private static (RestTables Records, RemoteTables Tables) Tables()
    {
        RemoteTables tables = new(1000, 100, 1);
        return (new RestTables(tables, "test"), tables);
    }

    private static List<KismetDevice> Devices(RemoteTables tables)
    {
        List<KismetDevice> devices = [];
        tables.Devices(new DeviceFilter(), 0, long.MaxValue, (device, _) =>
        {
            devices.Add(device);
            return true;
        });
        return devices;
    }

    private static JsonObject[] Recorded() => [.. JsonNode.Parse(RestSamples.Read("devices-last-time-0.json"))!.AsArray().Select(static n => n!.AsObject())];

    private static HashSet<string> Registered()
    {
        using KismetWeb web = new KismetWeb().Load(RestSamples.Folder!);
        return web.Registered;
    }

    private static string? Text(JsonObject record, string name) => record[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static long Number(JsonObject record, string name) => record[name] is JsonValue value && value.TryGetValue(out long number) ? number : 0;

    // The server writes quotes and backslashes of names twice escaped.
    private static string Unescaped(string name) => SsidText.ToDisplay(Encoding.UTF8.GetBytes(name.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)));
}
