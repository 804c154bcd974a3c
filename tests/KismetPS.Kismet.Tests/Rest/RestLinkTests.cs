using KismetPS.Kismet.Connections;
using KismetPS.Kismet.Rest;
using KismetPS.TestKit;
using KismetPS.TestKit.Web;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Kismet.Tests.Rest;

public sealed class RestLinkTests
{
    private const string Status = "{\"kismet.system.version\":\"2025.09.0\",\"kismet.system.timestamp.start_sec\":5,\"kismet.server.uuid\":\"U\",\"kismet.system.memory.rss\":7,\"kismet.system.devices.count\":2}";
    private const string Ap = "{\"m\":\"02:AA:BB:CC:00:01\",\"k\":\"K1\",\"p\":\"IEEE802.11\",\"t\":\"Wi-Fi AP\",\"u\":0,\"c\":\"WPA3 WPA3-PSK WPA3-SAE AES-CCMP\",\"h\":\"6\",\"f\":2437000,\"a\":1700000000,\"l\":1700000007,\"P\":16,\"y\":\"dbm\",\"s\":-51,\"z\":0,\"w\":[-74.006,40.7128],\"e\":10,\"S\":\"net\",\"field.unknown.not.registered\":0,\"field.unknown.not.registered\":0}";
    private const string Bluetooth = "{\"m\":\"00:11:22:33:44:55\",\"k\":\"K2\",\"p\":\"Bluetooth\",\"t\":\"BTLE\",\"n\":\"watch\",\"l\":1700000001,\"P\":3,\"S\":0,\"w\":0}";

    [Fact]
    public void Devices_networks_and_properties_come_over_pages_polls_and_details_and_every_request_names_its_fields()
    {
        using WebServer server = new(Answer, seed: 0);
        using KismetConnection session = KismetConnection.Start(Options(server), static (options, tables) => new RestLink(options, tables));
        KismetDevice ap = session.GetDevices().Single(static d => d.Type == KismetDeviceType.AccessPoint);
        Assert.Equal("net", ap.Ssid);
        Assert.Equal(-51, ap.SignalDbm);
        Assert.Null(ap.NoiseDbm);
        Assert.Equal(40.7128, ap.Latitude);
        Assert.Equal("WPA2/WPA3-PSK+SAE CCMP", ap.Security.Text);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700000007), ap.LastSeen);
        KismetDevice watch = session.GetDevices().Single(static d => d.Phy == "Bluetooth");
        Assert.Contains(watch.Properties, static p => p.Name == "bluetooth.device.txpower" && p.Value == "-4");
        Assert.Equal("net", session.GetNetworks().Single().Ssid);
        Assert.Equal("2025.09.0", session.Server.Version);
        Assert.All(server.Calls.Where(static c => c.Path.StartsWith("/devices/", StringComparison.Ordinal)), static c => Assert.Contains("%22fields%22", c.Body, StringComparison.Ordinal));
    }

    [RestSamplesFact]
    public void Recorded_records_are_cut_the_same_however_they_come()
    {
        byte[] array = RestSamples.Read("devices-last-time-0.json");
        byte[] lines = RestSamples.Read("devices-all-itjson.json");
        for (int seed = 0; seed < 20; seed++)
        {
            Assert.Equal(33, Cut(array, JsonAnswerForm.Array, seed, out JsonAnswerStatus whole));
            Assert.Equal(JsonAnswerStatus.Complete, whole);
            Assert.Equal(33, Cut(lines, JsonAnswerForm.Lines, seed, out whole));
            Assert.Equal(JsonAnswerStatus.Complete, whole);
            Cut(array[..^(1 + (seed * 1000))], JsonAnswerForm.Array, seed, out JsonAnswerStatus cut);
            Assert.Equal(JsonAnswerStatus.Truncated, cut);
        }
    }

    private static int Cut(byte[] answer, JsonAnswerForm form, int seed, out JsonAnswerStatus status)
    {
        JsonRecordFramer framer = new(form);
        Random random = new(seed);
        int records = 0;
        for (int at = 0; at < answer.Length;)
        {
            Span<byte> room = framer.GetSpan();
            int size = Math.Min(Math.Min(room.Length, random.Next(1, 3000)), answer.Length - at);
            answer.AsSpan(at, size).CopyTo(room);
            framer.Advance(size);
            at += size;
            while (framer.TryRead(out ReadOnlySpan<byte> record))
            {
                using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(record.ToArray());
                records++;
            }
        }

        status = framer.Finish();
        return records;
    }

    private static KismetConnectionOptions Options(WebServer server) => new() { ComputerName = "127.0.0.1", Port = server.Port, Protocol = KismetServerProtocol.Rest, ConnectTimeout = TimeSpan.FromSeconds(120), FirstLook = TimeSpan.FromSeconds(120) };

    private static WebReply Answer(WebCall call)
    {
        string path = call.Target;
        string? body = path switch
        {
            "/system/status.json" => Status,
            "/session/check_session" => "ok",
            _ when path.StartsWith("/devices/views/all/devices.json", StringComparison.Ordinal) => $"{{\"data\": [{Ap},{Bluetooth}],\"last_page\": 1,\"last_row\": 2,\"total_row\": 2}}",
            _ when path.StartsWith("/devices/last-time/", StringComparison.Ordinal) => $"{Ap}\n{{\"broken\n{Bluetooth}\n",
            "/devices/multikey/devices.json" => "[{\"kismet.device.base.macaddr\":\"00:11:22:33:44:55\",\"dot11.device.advertised_ssid_map\":0,\"bluetooth.device\":{\"bluetooth.device.txpower\":-4}}]",
            _ when path.StartsWith("/alerts/", StringComparison.Ordinal) => "[]",
            _ => null,
        };
        return body is null ? WebReply.Html(404) : WebReply.Json(body);
    }
}
