using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.Tests.Drones;
using KismetPS.Kismet.Text;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Kismet.Tests.Text.Client;

/// <summary>A connection from its beginning to its end: what fails at once, what ends it, what it comes back from, and what stays.</summary>
public sealed class TextLinkLifeTests
{
    private const string Ap = "00:0C:41:82:B2:55";

    private static readonly byte[][] s_lines =
    [
        Line("BSSID", ("bssid", Ap), ("channel", "6"), ("firsttime", "1795247577"), ("lasttime", "1795247600")),
        Line("SSID", ("mac", Ap), ("checksum", "7"), ("ssid", "\u0001lab\u0001"), ("cryptset", "2097858"), ("lasttime", "1795247600")),
    ];

    [Fact]
    public async Task Tls_is_spoken_and_a_certificate_nobody_trusts_is_refused_unless_it_may_be_any()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using ScriptedCapture capture = ScriptedCapture.Start();
        FrameOrigin sensor = capture.AddOrigin("sensor1");
        capture.Add(sensor, FrameBuilder.Beacon(new Wireless.MacAddress(0x000C_4182_B255), "lab", 1).Build());
        using KismetServer server = KismetServer.Start([capture], new KismetServerOptions { Port = 0, Address = IPAddress.Loopback, Certificate = certificate });
        using KismetConnection session = Open(server.Port, o => o with { UseTls = true, SkipCertificateCheck = true });
        await TextRig.Until(() => session.GetNetworks().Any(static n => n.Ssid == "lab"));
        Assert.Equal(KismetErrorId.TlsFailure, Assert.Throws<KismetException>(() => Open(server.Port, static o => o with { UseTls = true })).Id);

        // Without TLS it waits for a greeting that never comes, and a server without it is no TLS server.
        Assert.Equal(KismetErrorId.ServerUnknown, Assert.Throws<KismetException>(() => Open(server.Port, static o => o with { ConnectTimeout = TimeSpan.FromSeconds(3) })).Id);
        using KismetServer plain = KismetServer.Start([capture], new KismetServerOptions { Port = 0, Address = IPAddress.Loopback });
        Assert.Equal(KismetErrorId.TlsFailure, Assert.Throws<KismetException>(() => Open(plain.Port, static o => o with { UseTls = true, SkipCertificateCheck = true })).Id);
    }

    [Fact]
    public async Task What_takes_the_connection_and_is_no_Kismet_says_so()
    {
        using ScriptedPeer peer = new();
        Task<KismetException> silent = Task.Run(() => Assert.Throws<KismetException>(() => Open(peer.Port, static o => o with { ConnectTimeout = TimeSpan.FromSeconds(3) })));
        using (Socket socket = await peer.AcceptAsync())
        {
            Assert.Equal(KismetErrorId.ServerUnknown, (await silent).Id);
        }

        foreach ((string said, KismetErrorId id) in new[]
        {
            ("", KismetErrorId.ConnectionRefused), ("SSH-2.0-OpenSSH_9.2\r\n", KismetErrorId.ServerUnknown), ("HTTP/1.1 400 Bad Request\r\n\r\n", KismetErrorId.ServerUnknown),
            (new string('x', 10_000), KismetErrorId.ServerUnknown), ("*KISMET: 0.0.0\n", KismetErrorId.ConnectionRefused),
        })
        {
            Task<KismetException> failed = Task.Run(() => Assert.Throws<KismetException>(() => Open(peer.Port)));
            using Socket socket = await peer.AcceptAsync();
            await socket.SendAsync(Lines.Bytes(said));
            socket.Shutdown(SocketShutdown.Send);
            Assert.Equal((said, id), (said, (await failed).Id));
        }
    }

    [Fact]
    public async Task A_server_that_says_why_it_refuses_is_quoted()
    {
        using ScriptedPeer peer = new();
        Task<KismetException> failed = Task.Run(() => Assert.Throws<KismetException>(() => Open(peer.Port)));
        using Socket socket = await peer.AcceptAsync();
        await socket.SendAsync(Lines.Bytes("*ERROR: 0 \u0001Connections from your address are not allowed\u0001 \n"));
        socket.Shutdown(SocketShutdown.Send);
        KismetException refused = await failed;
        Assert.Equal(KismetErrorId.ConnectionRefused, refused.Id);
        Assert.EndsWith("refuses the connection: Connections from your address are not allowed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_taken_for_dead()
    {
        using ScriptedServer server = Server();
        using KismetConnection session = Open(server.Port, static o => o with { SilenceTimeout = TimeSpan.FromSeconds(1) });
        await TextRig.Until(() => server.Connections > 1);
        Assert.True(session.TryTakeWarning(out string? warning));
        Assert.Contains("said nothing for 1 seconds", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_away_long_gives_one_warning_and_all_that_is_known_stays()
    {
        ScriptedServer server = Server(FreePort.Next());
        using KismetConnection session = Open(server.Port);
        int known = session.GetDevices().Count;
        Assert.Equal(1, known);
        server.Dispose();
        await TextRig.Until(() => !session.Server.IsConnected);

        // Two attempts fail, the first after a second at most and the other after two more.
        await TextRig.Until(() => session.Server.LastFailure?.Contains("refused", StringComparison.Ordinal) == true);
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.All(session.GetDevices(), static d => Assert.True(d.IsStale));
        Assert.All(session.GetNetworks(), static n => Assert.True(n.IsStale));
        Assert.Equal(known, session.GetDevices().Count);
        Assert.True(session.TryTakeWarning(out string? warning));
        Assert.Contains("trying again", warning, StringComparison.Ordinal);
        Assert.False(session.TryTakeWarning(out _));
        Assert.Contains("refused", session.Server.LastFailure, StringComparison.Ordinal);
        KismetException away = await Assert.ThrowsAsync<KismetException>(() => session.Link.SendAsync("PAUSE", [], null, default));
        Assert.Equal(KismetErrorId.ConnectionLost, away.Id);

        using ScriptedServer back = new(SentenceCatalog.Find("2016-07-R1")!, s_lines, server.Port);
        await TextRig.Until(() => session.Server is { IsConnected: true, Reconnects: 1 } && !session.GetDevices()[0].IsStale);
        Assert.False(session.TryTakeWarning(out _));
        Assert.Equal(KismetSessionState.Running, session.State);
    }

    [Fact]
    public async Task A_restarted_server_is_asked_for_the_same_and_what_it_does_not_tell_stays_stale()
    {
        ScriptedServer server = new(
            SentenceCatalog.Find("2016-07-R1")!,
            [.. s_lines, Line("BSSID", ("bssid", "00:0C:41:82:B2:66"), ("lasttime", "1795247600")), Line("ALERT", ("sec", "1795247590"), ("header", "NETSTUMBLER"), ("bssid", Ap), ("text", "\u0001probe\u0001"))],
            FreePort.Next());
        using KismetConnection session = Open(server.Port);
        Assert.Equal(2, session.GetDevices().Count);
        string[] asked = [.. server.Commands];
        server.Dispose();
        await TextRig.Until(() => !session.Server.IsConnected);
        using ScriptedServer again = new(SentenceCatalog.Find("2016-07-R1")!, [.. s_lines, Line("ALERT", ("sec", "1795247590"), ("header", "NETSTUMBLER"), ("bssid", Ap), ("text", "\u0001probe\u0001"))], server.Port) { StartTime = 1795250000 };
        await TextRig.Until(() => session.GetDevices().Count(static d => !d.IsStale) == 1);
        await TextRig.Until(() => again.Commands.Count == asked.Length);
        Assert.Equal(asked, again.Commands);
        Assert.Equal("00:0C:41:82:B2:66", Assert.Single(session.GetDevices(), static d => d.IsStale).MacAddress);
        Assert.Equal(1795250000, session.Server.StartTime!.Value.ToUnixTimeSeconds());

        // The backlog of alerts came twice.
        Assert.Single(session.GetAlerts());
    }

    [Theory]
    [InlineData(true, "shut down")]
    [InlineData(false, "closed the connection")]
    public async Task Without_reconnecting_the_session_ends_with_its_connection(bool terminate, string why)
    {
        using ScriptedServer server = Server();
        using KismetConnection session = Open(server.Port, static o => o with { Reconnect = false });
        using Kismet.Text.Client.SentenceQueue sentences = session.OpenSentences();
        if (terminate)
        {
            server.Say("*TERMINATE: Kismet server terminating.\n");
        }

        server.Drop();
        await session.Completion.WaitAsync(TextRig.Patience);
        Assert.Equal((KismetSessionState.Faulted, KismetErrorId.ConnectionLost), (session.State, session.Error!.Id));
        Assert.Contains(why, session.Error.Message, StringComparison.Ordinal);
        Assert.True(Assert.Single(session.GetDevices()).IsStale);
        while (sentences.TryRead(out _))
        {
        }

        Assert.False(sentences.Wait(TextRig.Patience, default));
    }

    [Fact]
    public async Task Sentences_are_had_as_they_come_and_what_a_slow_reader_misses_is_counted()
    {
        using ScriptedServer server = Server();
        using KismetConnection session = Open(server.Port);
        using Kismet.Text.Client.SentenceQueue sentences = session.OpenSentences();
        server.Say("*STATUS: 2 \u0001a b\u0001 \n");
        Assert.True(sentences.Wait(TextRig.Patience, default));
        Assert.True(sentences.TryRead(out KismetSentence? first));
        Assert.Equal(("STATUS", TextEra.Newcore, session.Id), (first!.Name, first.Era, first.SessionId));

        // 'text' is asked for last there, as some releases do not quote it.
        Assert.Equal(("a b", 2L), (first.Fields["text"], first.Fields["flags"]));
        server.Say(string.Concat(Enumerable.Repeat("*STATUS: 2 \u0001x\u0001 \n", 70_000)));
        await TextRig.Until(() => sentences.Waiting + sentences.Dropped == 70_000);
        Assert.Equal(70_000 - 65_536, sentences.Dropped);
    }

    [Fact]
    public async Task Tags_of_a_server_of_ours_say_what_the_protocol_cannot_and_tags_of_users_nothing()
    {
        using ScriptedServer server = Server();
        using KismetConnection session = Open(server.Port);
        Assert.Equal((Wireless.Security.WirelessEncryption.Wpa2, null), (session.GetNetworks()[0].Encryption, session.GetNetworks()[0].WidthMHz));
        server.Say($"*NETTAG: {Ap} \u0001Security\u0001 \u0001my own note\u0001 \n*NETTAG: {Ap} \u0001Width\u0001 \u0001wide\u0001 \n*NETTAG: 00:00:00:00:00:09 \u0001Width\u0001 \u000120 MHz\u0001 \n*STATUS: 2 \u0001said\u0001 \n");
        await TextRig.Until(() => session.Server.Messages.Count == 1);
        Assert.Equal((Wireless.Security.WirelessEncryption.Wpa2, null), (session.GetNetworks()[0].Encryption, session.GetNetworks()[0].WidthMHz));
        server.Say($"*NETTAG: {Ap} \u0001Security\u0001 \u0001WPA2/WPA3-PSK+SAE CCMP (MFP optional)\u0001 \n*NETTAG: {Ap} \u0001Standard\u0001 \u0001802.11ax\u0001 \n*NETTAG: {Ap} \u0001Width\u0001 \u000180 MHz\u0001 \n");
        await TextRig.Until(() => session.GetNetworks()[0].WidthMHz == 80);
        KismetNetwork network = session.GetNetworks()[0];
        Assert.Equal(("ax", "WPA2/WPA3-PSK+SAE CCMP (MFP optional)"), (network.Standard, network.Security.Text));
        KismetDevice device = Assert.Single(session.GetDevices());
        Assert.Equal(("ax", Wireless.Security.WirelessEncryption.Wpa2 | Wireless.Security.WirelessEncryption.Wpa3), (device.Standard, device.Encryption));
        Assert.Equal(0, session.Statistics.Malformed);
    }

    [Fact]
    public async Task What_is_told_of_the_server_itself_is_null_where_it_has_none()
    {
        // As a real one without battery and with a fix of two dimensions says it.
        using ScriptedServer server = new(
            SentenceCatalog.Find("2016-07-R1")!,
            [Lines.Bytes("*BATTERY: 0 0 1 0 "), Lines.Bytes("*GPS: 47.609711 -122.333054 0 0 0 2 \u0001\u0001 0 0 1 "), Line("INFO", ("networks", "9"), ("packets", "1927"), ("rate", "51"))]);
        using KismetConnection session = Open(server.Port);
        KismetServerInfo info = session.Server;
        Assert.Equal((null, 47.609711, -122.333054, null), (info.BatteryPercent, info.Latitude, info.Longitude, info.AltitudeM));
        Assert.Equal((9, 1927L, 51.0), (info.Networks, info.Packets, info.PacketsPerSecond));
        server.Say(string.Concat(server.Told.Select(static l => Lines.Text(l).Replace("0 0 1 0 ", "63 1 1 40 ", StringComparison.Ordinal).Replace("0 0 0 2", "12.5 0 0 3", StringComparison.Ordinal) + "\n")));
        await TextRig.Until(() => session.Server.BatteryPercent == 63);
        Assert.Equal(12.5, session.Server.AltitudeM);
    }

    [Fact]
    public void Channels_that_a_server_of_2016_computes_of_any_frequency_are_taken_for_what_they_are()
    {
        // (MHz - 5000) / 5 of whatever a radio header says: of 6 GHz, and of a damaged one.
        using ScriptedServer server = new(
            SentenceCatalog.Find("2016-07-R1")!,
            [
                Line("BSSID", ("bssid", Ap), ("channel", "191"), ("freqmhz", "5955:7*"), ("lasttime", "1795247600")),
                Line("SSID", ("mac", Ap), ("checksum", "7"), ("ssid", "\u0001lab\u0001"), ("lasttime", "1795247600")),
                Line("CHANNEL", ("channel", "36"), ("packets", "9")), Line("CHANNEL", ("channel", "1466"), ("packets", "1")), Line("CHANNEL", ("channel", "-421"), ("packets", "1")),
            ]);
        using KismetConnection session = Open(server.Port);
        KismetNetwork network = Assert.Single(session.GetNetworks());
        Assert.Equal((1, 5955), (network.Channel, network.FrequencyMHz));
        Assert.Equal([36], session.Server.Channels.Select(static c => c.Channel));
        Assert.Equal("BadValue 2", string.Join(", ", session.Statistics.DropReasons.Select(static r => $"{r.Name} {r.Count}")));
        Assert.Equal(0, session.Statistics.Malformed);
    }

    [Fact]
    public async Task Devices_without_news_expire_by_the_servers_clock_and_a_full_table_pushes_out()
    {
        using ScriptedServer server = Server();
        using KismetConnection session = Open(server.Port, static o => o with { DeviceTimeout = TimeSpan.FromMinutes(1), MaxDevices = 256 });
        Assert.Single(session.GetDevices());
        using ChangeReader changes = session.OpenChanges(null, KismetChangeKind.All, existing: false);
        server.Say("*TIME: 1795247650\n");
        await Task.Delay(1200);
        await TextRig.Until(() =>
        {
            // Each second, as real servers do: it looks no more often than that.
            server.Say("*TIME: 1795247700\n");
            return session.GetDevices().Count == 0;
        });
        List<KismetDeviceChange> told = [];
        changes.Read(told);
        Assert.Contains(told, static c => c.Change == KismetChangeKind.Expired);
        Assert.Equal((1L, 0L), (session.Statistics.Expired, session.Statistics.Evicted));
        string line = Lines.Text(server.Told.First(static l => Lines.Text(l).StartsWith("*BSSID", StringComparison.Ordinal)));
        server.Say(string.Concat(Enumerable.Range(0, 300).Select(i => line.Replace("82:B2:55", $"00:{i / 256:X2}:{i % 256:X2}", StringComparison.Ordinal).Replace("1795247600", "1795247700", StringComparison.Ordinal) + "\n")));
        await TextRig.Until(() => session.Statistics.Evicted == 300 - 256);
        Assert.Equal(256, session.GetDevices().Count);
    }

    [Fact]
    public async Task A_client_that_may_shuts_the_server_down_and_is_told_that_it_went()
    {
        using ScriptedCapture capture = ScriptedCapture.Start();
        using KismetServer closed = KismetServer.Start([capture], new KismetServerOptions { Port = 0, Address = IPAddress.Loopback });
        using KismetServer open = KismetServer.Start([capture], new KismetServerOptions { Port = 0, Address = IPAddress.Loopback, AllowControl = true });
        using KismetConnection refused = Open(closed.Port);
        using KismetConnection allowed = Open(open.Port, static o => o with { Reconnect = false });
        foreach (string command in new[] { "SHUTDOWN", "ADDSOURCE", "DELSOURCE", "HOPSOURCE", "ADDNETTAG", "STRINGS" })
        {
            KismetException answer = await Assert.ThrowsAsync<KismetException>(() => refused.Link.SendAsync(command, ["x"], null, default));
            Assert.Equal((KismetErrorId.CommandRefused, "Control is not allowed on this server"), (answer.Id, answer.Message));
        }

        KismetException cannot = await Assert.ThrowsAsync<KismetException>(() => allowed.Link.SendAsync("HOPSOURCE", [Guid.NewGuid().ToString("D"), "LOCK", "6"], null, default));
        Assert.Contains("couldn't find source", cannot.Message, StringComparison.Ordinal);
        KismetCommandReply reply = await allowed.Link.SendAsync("SHUTDOWN", [], null, default);
        Assert.Equal("SHUTDOWN", reply.Command);
        await open.Completion.WaitAsync(TextRig.Patience);
        await allowed.Completion.WaitAsync(TextRig.Patience);
        Assert.Contains("shut down", allowed.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(KismetSessionState.Running, closed.State);
    }

    // A sentence of 2016 with zeros where nothing is said.
    private static byte[] Line(string name, params (string Field, string Value)[] values) => Lines.Bytes(
        $"*{name}: {string.Join(' ', SentenceCatalog.Find("2016-07-R1")!.Find(name)!.Fields.Select(f => values.FirstOrDefault(v => v.Field == f).Value ?? "0"))} ");

    private static ScriptedServer Server(int port = 0) => new(SentenceCatalog.Find("2016-07-R1")!, s_lines, port);

    private static KismetConnection Open(int port, Func<KismetConnectionOptions, KismetConnectionOptions>? with = null)
    {
        KismetConnectionOptions options = TextRig.Options(port);
        return KismetConnection.Start(with?.Invoke(options) ?? options, ServerLinks.Create);
    }
}
