using System.Text.Json.Nodes;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.Rest;
using KismetPS.TestKit;
using KismetPS.TestKit.Web;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Kismet.Tests.Rest;

/// <summary>Polls, pages, listings, clocks: what is asked of a server, and what it costs it.</summary>
public sealed class RestPollingTests
{
    private static readonly string[] s_deviceless = ["/system/", "/gps/", "/alerts/", "/messagebus/", "/channels/", "/eventbus/", "/datasource/"];

    [RestSamplesFact]
    public async Task The_recorded_server_is_shown_whole_however_its_answers_are_cut_and_none_of_its_devices_is_ever_asked_for_without_fields()
    {
        for (int seed = 0; seed < 3; seed++)
        {
            using KismetWeb web = new KismetWeb(seed) { Gzip = seed == 1 }.Load(RestSamples.Folder!);
            using KismetConnection session = RestRig.Connect(web);
            int named = web.Devices.Count(static d => d["dot11.device"]!["dot11.device.advertised_ssid_map"] is JsonArray { Count: > 0 } || d["dot11.device"]!["dot11.device.responded_ssid_map"] is JsonArray { Count: > 0 });
            Assert.True(named > 15);
            await RestRig.Until(() => session.GetDevices().Count(static d => d.Ssids.Count > 0) == named, "details of all", session);
            await RestRig.Until(() => web.Http.Calls.Count(static c => c.Path.StartsWith("/devices/last-time/", StringComparison.Ordinal)) > 3, "polls", session);
            IReadOnlyList<KismetDevice> devices = session.GetDevices();
            Assert.Equal(33, devices.Count);
            Assert.Equal(21, devices.Count(static d => d.Type == KismetDeviceType.AccessPoint));
            Assert.Equal(6, devices.Count(static d => d.Type == KismetDeviceType.Client));
            Assert.Equal(3, devices.Count(static d => d.Type == KismetDeviceType.Bridged));
            Assert.Equal(2, devices.Count(static d => d.Type == KismetDeviceType.AdHoc));
            Assert.Equal("synth-24", devices.Single(static d => d.MacAddress == "02:AA:BB:CC:00:01").Ssid);
            Assert.Contains(session.GetNetworks(), static n => n.ManagementPackets > 0);
            Assert.All(session.GetNetworks(), n => Assert.Equal(devices.Single(d => d.MacAddress == n.Bssid).ManagementPackets, n.ManagementPackets));
            Assert.NotEmpty(session.GetAlerts());
            Assert.NotEmpty(session.Server.Messages);
            Assert.Equal([2437, 5180, 6135], session.Server.Channels.Select(static c => c.FrequencyMHz!.Value));
            Assert.Equal(68, session.Server.Channels[0].Packets);
            Assert.Equal(40.7128, session.Server.Latitude);
            Assert.Equal(0, session.Statistics.Malformed);
            Assert.Equal(0, session.Statistics.DropReasons.FirstOrDefault(static r => r.Name == "WrongType")?.Count ?? 0);
            Assert.Empty(web.Unnamed);
            Assert.Equal(1, web.Http.MostInFlight);
        }
    }

    [RestSamplesFact]
    public void Every_field_that_is_asked_for_is_one_that_the_recorded_server_has()
    {
        using KismetWeb web = new KismetWeb().Load(RestSamples.Folder!);
        Assert.True(web.Registered.Count > 600);
        foreach (byte[] body in new[] { DeviceQuery.FactsBody, DeviceQuery.ListingBody, DeviceQuery.ForKeys(["K"], details: true) })
        {
            string json = Uri.UnescapeDataString(System.Text.Encoding.ASCII.GetString(body)["json=".Length..]);
            foreach (JsonNode? field in JsonNode.Parse(json)!["fields"]!.AsArray())
            {
                string path = field is JsonArray pair ? pair[0]!.GetValue<string>() : field!.GetValue<string>();
                Assert.All(path.Split('/'), step => Assert.Contains(step, web.Registered));
            }
        }
    }

    [Theory]
    [InlineData("{\"fields\":\"a/b\",\"n\":[1]}", "{\"fields\":[\"a/b\"],\"n\":[1]}")]
    [InlineData("{\"fields\":\"a\",\"fields\":\"b\"}", "{\"fields\":[\"b\"]}")]
    [InlineData("{\"fields\":\"\"}", null)]
    [InlineData("{\"fields\":[]}", null)]
    [InlineData("{\"fields\":\"\\ud800\",\"\\ud800\":1}", null)]
    [InlineData("[\"fields\"]", null)]
    [InlineData("{\"fields\":\"a\"", null)]
    [InlineData(null, null)]
    public void One_field_becomes_a_list_of_one(string? body, string? list) => Assert.Equal(list, DeviceQuery.FieldAsList(body));

    [Fact]
    public async Task A_change_is_seen_by_the_next_poll_and_one_request_is_in_flight_at_a_time_whatever_is_asked_beside_it()
    {
        using KismetWeb web = new(seed: 5);
        web.Put(RestRig.Record(1));
        using KismetConnection session = RestRig.Connect(web);
        web.Set(RestRig.Ap, "kismet.device.base.packets.total", 77);
        Task[] commands = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() => session.Link.SendAsync("system/timestamp.json", [], null, default)))];
        await Task.WhenAll(commands);
        await RestRig.Until(() => session.GetDevices().Single().Packets == 77);
        web.Put(RestRig.Record(2));
        await RestRig.Until(() => session.GetDevices().Count == 2);
        Assert.Equal(1, web.Http.MostInFlight);
        Assert.Empty(web.Unnamed);
        Assert.All(web.Http.Calls, static c => Assert.True(c.Json?.Contains("\"fields\":[", StringComparison.Ordinal) == true || s_deviceless.Any(p => c.Path.StartsWith(p, StringComparison.Ordinal)), c.Target));
    }

    [Fact]
    public async Task Polls_overlap_by_a_second_and_a_record_told_twice_is_no_change()
    {
        using KismetWeb web = new();
        long heard = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 100;
        web.Put(RestRig.Record(1, last: heard));
        using KismetConnection session = RestRig.Connect(web);
        await RestRig.Until(() => session.Statistics.DropReasons.Any(static r => r is { Name: "Repeated", Count: > 2 }));
        Assert.All(web.Http.Calls.Where(static c => c.Path.Contains("last-time", StringComparison.Ordinal) && c.Path.StartsWith("/devices", StringComparison.Ordinal)), c => Assert.Contains($"/last-time/{heard - 1}/", c.Path, StringComparison.Ordinal));
        Assert.Equal(0, session.Statistics.Malformed);
    }

    [Theory]
    [InlineData(-36)]
    [InlineData(36)]
    public async Task A_server_whose_clock_is_hours_from_ours_is_asked_by_its_own(int hours)
    {
        using KismetWeb web = new() { Skew = TimeSpan.FromHours(hours) };
        long now = web.Now.ToUnixTimeSeconds();
        web.Put(RestRig.Record(1, last: now - 5));

        // The clock of this one's sensor runs ahead by years: it must not hide what comes after it.
        web.Put(RestRig.Record(2, last: now + 100_000_000));
        using KismetConnection session = RestRig.Connect(web);
        web.Set(RestRig.Ap, "kismet.device.base.packets.total", 99);
        await RestRig.Until(() => session.GetDevices().Any(static d => d.Packets == 99));
        Assert.True((session.Server.ServerTime!.Value - web.Now).Duration() < TimeSpan.FromMinutes(1));
        Assert.True(session.Server.Uptime > TimeSpan.Zero || hours < 0);
    }

    [Fact]
    public async Task A_large_server_is_read_in_pages_and_the_page_after_the_last_is_not_asked_for()
    {
        using KismetWeb web = new(seed: 1);
        for (int i = 1; i <= 2500; i++)
        {
            web.Devices.Add(JsonNode.Parse(RestRig.Record(i, last: 1_700_000_000))!.AsObject());
        }

        using KismetConnection session = RestRig.Connect(web);
        await RestRig.Until(() => session.GetDevices().Count == 2500);
        await RestRig.Until(() => web.Http.Calls.Any(static c => c.Path.StartsWith("/devices/last-time/", StringComparison.Ordinal)));
        string[] pages = [.. web.Http.Calls.Where(static c => c.Path == "/devices/views/all/devices.json").Select(static c => c.Query["page"])];
        Assert.Equal(["0", "1", "2"], pages);
    }

    [Theory]
    [InlineData("\"total_row\": 999999999")]
    [InlineData("\"total_row\": \"many\"")]
    public async Task A_wrong_count_of_rows_ends_at_the_page_that_begins_again(string count)
    {
        using KismetWeb web = new();
        for (int i = 1; i <= 1500; i++)
        {
            web.Devices.Add(JsonNode.Parse(RestRig.Record(i, last: 1_700_000_000))!.AsObject());
        }

        web.Tamper = (call, reply) => call.Path == "/devices/views/all/devices.json"
            ? WebReply.Json(System.Text.Encoding.UTF8.GetString(reply.Body).Replace("\"total_row\": 1500", count, StringComparison.Ordinal))
            : reply;
        using KismetConnection session = RestRig.Connect(web);
        await RestRig.Until(() => web.Http.Calls.Any(static c => c.Path.StartsWith("/devices/last-time/", StringComparison.Ordinal)));
        Assert.InRange(web.Http.Calls.Count(static c => c.Path == "/devices/views/all/devices.json"), 1, 3);
    }

    [Fact]
    public async Task The_interval_stretches_to_four_times_what_an_answer_takes()
    {
        using KismetWeb web = new() { HasBus = false };
        web.Put(RestRig.Record(1, last: 1_700_000_000));
        web.Tamper = static (call, reply) =>
        {
            reply.Delay = call.Path.StartsWith("/devices/last-time/", StringComparison.Ordinal) ? TimeSpan.FromMilliseconds(400) : TimeSpan.Zero;
            return reply;
        };
        using KismetConnection session = RestRig.Connect(web);
        await RestRig.Until(() => Polls(web).Length >= 4);
        long[] at = Polls(web);
        for (int i = 2; i < at.Length; i++)
        {
            // Four times 400 ms from start to start; timers may be early by their tick.
            Assert.True(at[i] - at[i - 1] >= 1500, $"{at[i] - at[i - 1]} ms");
        }
    }

    [Fact]
    public async Task A_bus_that_ends_at_once_does_not_make_a_slow_server_be_polled_more_often()
    {
        using KismetWeb web = new();
        web.Put(RestRig.Record(1, last: 1_700_000_000));
        web.Tamper = static (call, reply) =>
        {
            reply.Delay = call.Path.StartsWith("/devices/last-time/", StringComparison.Ordinal) ? TimeSpan.FromMilliseconds(300) : TimeSpan.Zero;
            return call.Path == "/eventbus/events.ws" ? new WebReply { Socket = static (_, _) => Task.CompletedTask } : reply;
        };
        using KismetConnection session = RestRig.Connect(web);
        await RestRig.Until(() => Polls(web).Length >= 6);
        long[] at = Polls(web);
        Assert.True(at[^1] - at[0] >= 2500, $"{at.Length} polls in {at[^1] - at[0]} ms");
        Assert.Equal(1, web.Http.MostInFlight);
    }

    [Fact]
    public async Task Other_radios_keep_their_own_facts_as_properties_that_follow_the_server()
    {
        const string Bt = "\"kismet.device.base.macaddr\":\"00:11:22:33:44:55\",\"kismet.device.base.phyname\":\"Bluetooth\",\"kismet.device.base.type\":\"BTLE\",\"kismet.device.base.commonname\":\"watch\",\"kismet.device.base.packets.total\":3";
        const string Sensor = "\"kismet.device.base.macaddr\":\"00:00:00:00:01:02\",\"kismet.device.base.phyname\":\"RFSENSOR\",\"kismet.device.base.type\":\"Thermometer\",\"kismet.device.base.packets.total\":1";
        using KismetWeb web = new();
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        web.Put($"{{\"kismet.device.base.key\":\"B1\",\"kismet.device.base.last_time\":{now},{Bt},\"kismet.device.base.signal\":{{\"kismet.common.signal.type\":\"rssi\",\"kismet.common.signal.last_signal\":-70}},\"bluetooth.device\":{{\"bluetooth.device.txpower\":-4,\"bluetooth.device.service_uuid_vec\":[\"a\",\"b\"]}}}}");
        web.Put($"{{\"kismet.device.base.key\":\"S1\",\"kismet.device.base.last_time\":{now},{Sensor},\"sensor.device\":{{\"sensor.device.common\":{{\"sensor.device.model\":\"Acurite\"}},\"sensor.device.thermometer\":{{\"sensor.device.temperature\":21.5,\"sensor.device.temperature_rrd\":{{\"x\":[1,2]}}}}}}}}");
        using KismetConnection session = RestRig.Connect(web);
        await RestRig.Until(() => session.GetDevices().All(static d => d.Properties.Count > 2));
        KismetDevice watch = session.GetDevices().Single(static d => d.Phy == "Bluetooth");
        Assert.Equal((KismetDeviceType.Unknown, null, false), (watch.Type, watch.SignalDbm, watch.IsRandomized));
        Assert.Equal("-4", Property(watch, "bluetooth.device.txpower"));
        Assert.Equal("[a,b]", Property(watch, "bluetooth.device.service_uuid_vec"));
        Assert.Equal("rssi", Property(watch, "kismet.common.signal.type"));
        KismetDevice thermometer = session.GetDevices().Single(static d => d.Phy == "RFSENSOR");
        Assert.Equal(("Acurite", "21.5"), (Property(thermometer, "sensor.device.model"), Property(thermometer, "sensor.device.temperature")));
        Assert.DoesNotContain(thermometer.Properties, static p => p.Name.Contains("rrd", StringComparison.Ordinal));
    }

    private static string? Property(KismetDevice device, string name) => device.Properties.SingleOrDefault(p => p.Name == name)?.Value;

    private static long[] Polls(KismetWeb web) => [.. web.Http.Calls.Where(static c => c.Path.StartsWith("/devices/last-time/", StringComparison.Ordinal)).Select(static c => c.At)];
}
