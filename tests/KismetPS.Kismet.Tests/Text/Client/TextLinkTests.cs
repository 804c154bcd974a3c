using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.Text;
using KismetPS.TestKit;
using KismetPS.Tracking;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Kismet.Tests.Text.Client;

/// <summary>The client against what real servers were recorded to say, over real sockets.</summary>
public sealed class TextLinkTests
{
    [KismetReferenceFact]
    public void A_server_of_2016_gives_its_networks_clients_alerts_and_sources()
    {
        using ScriptedServer server = new(SentenceCatalog.Find("2016-07-R1")!, Recorded("2016-05-live-enable-star.txt"));
        using KismetConnection session = Connect(server);
        KismetNetwork coherer = Assert.Single(session.GetNetworks(), static n => n.Ssid == "Coherer");
        Assert.Equal(("00:0C:41:82:B2:55", 1, 2412), (coherer.Bssid, coherer.Channel, coherer.FrequencyMHz));
        Assert.Equal(WirelessEncryption.Wpa | WirelessEncryption.Wpa2, coherer.Encryption);
        Assert.Contains("00:0D:93:82:36:3A", coherer.Clients);
        KismetDevice ap = Assert.Single(session.GetDevices(), static d => d.MacAddress == "00:0C:41:82:B2:55");
        Assert.Equal((KismetDeviceType.AccessPoint, "Coherer", 100), (ap.Type, ap.Ssid, ap.BeaconIntervalTu));
        Assert.Equal(47.6097, ap.Latitude!.Value, 4);
        Assert.Equal(-122.333, ap.Longitude!.Value, 3);
        KismetDevice client = Assert.Single(session.GetDevices(), static d => d.MacAddress == "00:0D:93:82:36:3A");
        Assert.Equal((KismetDeviceType.Client, "00:0C:41:82:B2:55", "Coherer"), (client.Type, client.Bssid, client.Ssid));
        Assert.Equal(KismetDeviceType.Bridged, Assert.Single(session.GetDevices(), static d => d.MacAddress == "00:0C:41:82:B2:53").Type);
        Assert.NotEmpty(ap.Sensors);
        Assert.DoesNotContain(session.GetDevices(), static d => d.Channel == 0 || d.FrequencyMHz == 0);
        Assert.DoesNotContain(session.GetNetworks(), static n => n.Channel == 0 || n.FrequencyMHz == 0);
        Assert.Contains(session.GetAlerts(), static a => a.Type == KismetAlertType.AdHocConflict);
        Assert.Equal(3, session.Link.GetSourcesAsync(default).Result.Count);
        Assert.Equal("Newcore", session.Server.Era);
        Assert.Equal(0, session.Statistics.Malformed);
    }

    [KismetReferenceFact]
    public void A_server_of_2005_gives_the_same_kinds_of_objects()
    {
        using ScriptedServer server = new(SentenceCatalog.Find("2005-08-R1")!, Recorded("2005-02-enable-and-commands.txt"));
        using KismetConnection session = Connect(server);
        Assert.NotEmpty(session.GetNetworks());
        Assert.Contains(session.GetDevices(), static d => d.Type == KismetDeviceType.AccessPoint);
        Assert.Contains(session.GetDevices(), static d => d.Type == KismetDeviceType.Client);
        Assert.NotEmpty(session.GetAlerts());
        Assert.Equal(("Stable", "2005.08.R1", "old"), (session.Server.Era, session.Server.Version, session.Server.ServerName));
        Assert.NotEmpty(session.Link.GetSourcesAsync(default).Result);

        // It has no GPS, and says so with zeros.
        Assert.Null(session.Server.Latitude);
        Assert.Equal(0, session.Statistics.Malformed);
    }

    [KismetReferenceFact]
    public async Task It_comes_back_after_one_warning_and_what_is_known_is_stale_until_then()
    {
        using ScriptedServer server = new(SentenceCatalog.Find("2016-07-R1")!, Recorded("2016-05-live-enable-star.txt"));
        using KismetConnection session = Connect(server);
        int known = session.GetDevices().Count;
        server.Drop();
        await TextRig.Until(() => session.GetDevices()[0].IsStale);
        Assert.Equal(known, session.GetDevices().Count);
        await TextRig.Until(() => session.Server.Reconnects == 1 && !session.GetDevices()[0].IsStale);
        Assert.True(session.TryTakeWarning(out string? warning));
        Assert.Contains("closed the connection", warning, StringComparison.Ordinal);
        Assert.False(session.TryTakeWarning(out _));
        Assert.Equal(2, server.Connections);
    }

    [KismetReferenceFact]
    public async Task Commands_are_answered_or_refused_in_the_servers_words()
    {
        using ScriptedServer server = new(SentenceCatalog.Find("2005-08-R1")!, []);
        using KismetConnection session = Connect(server);
        KismetCommandReply reply = await session.Link.SendAsync("CAPABILITY", ["NETWORK"], null, default);
        Assert.Contains("*CAPABILITY: NETWORK bssid", Assert.Single(reply.Lines), StringComparison.Ordinal);
        KismetException refused = await Assert.ThrowsAsync<KismetException>(() => session.Link.SendAsync("BAD", [], null, default));
        Assert.Equal((KismetErrorId.CommandRefused, "Unknown command 'BAD'"), (refused.Id, refused.Message));
        Assert.NotNull(await session.Link.SendAsync("PAUSE", [], null, default));
    }

    [KismetReferenceFact]
    public void Hostile_lines_cost_a_counter_and_nothing_else()
    {
        using ScriptedServer server = new(SentenceCatalog.Find("2016-07-R1")!, Recorded("2016-05-live-enable-star.txt"));
        server.Hostile.AddRange(["", "junk", "*", "*:", "*BSSID: ", "*BSSID: 00:00", "*SSID: 00:0C:41:82:B2:55 x", "*ACK: \u0001", "*CLIENT: \u0001\u0001 \u0001", "*CAPABILITY: X", new string('A', 70_000), "*STATUS: \u0001x"]);
        using KismetConnection session = Connect(server);
        Assert.Contains(session.GetNetworks(), static n => n.Ssid == "Coherer");
        Assert.True(session.Statistics.Malformed > 0);
        Assert.Contains(session.Statistics.DropReasons, static r => r.Name == "BadKey");
        Assert.Contains(session.Statistics.DropReasons, static r => r.Name == "LongLine");
    }

    [Fact]
    public void Nothing_listening_and_no_such_host_have_ids_of_their_own()
    {
        int port = FreePort.Next();
        Assert.Equal(KismetErrorId.ConnectionRefused, Assert.Throws<KismetException>(() => Open(new() { ComputerName = "127.0.0.1", Port = port })).Id);
        Assert.Equal(KismetErrorId.HostNotFound, Assert.Throws<KismetException>(() => Open(new() { ComputerName = "no-such-host.invalid", Port = port, ConnectTimeout = TextRig.Patience })).Id);
    }

    private static KismetConnection Open(KismetConnectionOptions options) => KismetConnection.Start(options, ServerLinks.Create);

    private static KismetConnection Connect(ScriptedServer server) => TextRig.Open(server.Port);

    private static List<byte[]> Recorded(string file) =>
        Lines.Framed(KismetReference.Transcript(file).Where(static l => l.FromServer).SelectMany(static l => l.Bytes).ToArray());
}
