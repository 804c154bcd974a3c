using System.Net;
using System.Net.NetworkInformation;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KismetPS.Capture;
using KismetPS.Capture.Drone;
using KismetPS.Kismet.Drones;
using KismetPS.Kismet.Tests.Drones;
using KismetPS.Kismet.Tests.Text.Server;
using KismetPS.Kismet.Text;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Kismet.Tests;

public sealed class KismetServerTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly ScriptedCapture _session = ScriptedCapture.Start();
    private readonly List<IDisposable> _owned = [];

    [Fact]
    public void Both_eras_are_served_at_once_and_clients_are_shown()
    {
        KismetServer server = Start(new KismetServerOptions());
        FrameOrigin sensor = _session.AddOrigin("sensor1");
        _session.Add(sensor, FrameBuilder.Beacon(HubRig.Ap, "Coherer", 1, SecurityPreset.Wpa2Psk).Build());
        using StreamReader old = Connect(server, IPAddress.Loopback, out Stream toOld);
        using StreamReader newer = Connect(server, IPAddress.Loopback, out Stream toNewer);
        toOld.Write("!0 ENABLE GPS lat,lon,alt,spd,heading,fix\n!0 ENABLE NETWORK bssid,ssid\n"u8);
        toNewer.Write("!1 CAPABILITY KISMET\n!2 ENABLE BSSID bssid,\n"u8);
        Assert.Equal("*NETWORK: 00:0C:41:82:B2:55 \u0001Coherer\u0001 ", Until(old, "*NETWORK"));
        Assert.Equal("*BSSID: 00:0C:41:82:B2:55 ", Until(newer, "*BSSID"));
        KismetServerClient[] clients = [.. server.Clients.OrderBy(static c => c.Id)];
        Assert.Equal([TextEra.Stable, TextEra.Newcore], clients.Select(static c => c.Era).Order());
        Assert.Contains(clients, static c => c.Enabled.Any(static e => e.Name == "NETWORK" && e.Count == 2) && c.Commands == 2 && c.LinesSent > 2);
        Assert.Equal(1, server.Statistics.Networks);
    }

    [Fact]
    public void A_client_is_told_why_it_is_refused()
    {
        KismetServer stranger = Start(new KismetServerOptions { Allowed = Allow("10.1.2.0/24") });
        using StreamReader refused = Connect(stranger, IPAddress.Loopback, out _);
        Assert.Equal("*ERROR: 0 \u0001Connections from your address are not allowed\u0001 ", refused.ReadLine());
        Assert.Null(refused.ReadLine());

        KismetServer full = Start(new KismetServerOptions { MaxClients = 1 });
        using StreamReader first = Connect(full, IPAddress.Loopback, out _);
        Until(first, "*PROTOCOLS");
        using StreamReader second = Connect(full, IPAddress.Loopback, out Stream toSecond);
        toSecond.Write("!1 ENABLE STATUS *\n"u8);
        Assert.Equal("*ERROR: 0 \u0001Too many clients are connected\u0001 ", second.ReadLine());
        Assert.Null(second.ReadLine());
        Assert.Equal((1L, 1L), (stranger.Refused, full.Refused));
    }

    [Fact]
    public void An_address_of_the_allow_list_is_served_in_either_family()
    {
        KismetServer server = Start(new KismetServerOptions { Allowed = Allow("127.0.0.0/8", "::1") });
        using StreamReader four = Connect(server, IPAddress.Loopback, out _);
        Assert.StartsWith("*KISMET: ", four.ReadLine());
        if (IPv6Loopback.IsThere)
        {
            using StreamReader six = Connect(server, IPAddress.IPv6Loopback, out _);
            Assert.StartsWith("*KISMET: ", six.ReadLine());
        }
    }

    [Fact]
    public async Task Stopping_says_good_bye_and_frees_the_port()
    {
        KismetServer server = Start(new KismetServerOptions { Port = FreePort.Next() });
        using StreamReader client = Connect(server, IPAddress.Loopback, out _);
        Until(client, "*TIME");
        await server.StopAsync();
        Assert.Equal("*TERMINATE: Kismet server terminating.", Until(client, "*TERMINATE"));
        Assert.Null(client.ReadLine());
        Assert.Equal(KismetSessionState.Stopped, server.State);
        Assert.Equal(server.Port, Start(new KismetServerOptions { Port = server.Port }).Port);
    }

    [Fact]
    public void A_port_in_use_is_an_error_at_once()
    {
        KismetServer server = Start(new KismetServerOptions());
        Assert.Equal(KismetErrorId.AddressInUse, Assert.Throws<KismetException>(() => Start(new KismetServerOptions { Port = server.Port })).Id);
    }

    [Fact]
    public async Task A_client_that_may_shuts_the_server_down()
    {
        KismetServer server = Start(new KismetServerOptions { AllowControl = true });
        using StreamReader client = Connect(server, IPAddress.Loopback, out Stream to);
        to.Write("!1 SHUTDOWN\n"u8);
        Until(client, "*TERMINATE");
        await server.Completion.WaitAsync(s_patience);
    }

    [Fact]
    public void One_that_never_reads_costs_the_others_nothing()
    {
        KismetServer server = Start(new KismetServerOptions { QueueBytes = 64 * 1024 });
        FrameOrigin sensor = _session.AddOrigin("sensor1");
        for (int i = 0; i < 2000; i++)
        {
            _session.Add(sensor, FrameBuilder.Beacon(new Wireless.MacAddress(0x0200_0000_0000UL + (ulong)i), $"net{i}", 1).Build());
        }

        using StreamReader stuck = Connect(server, IPAddress.Loopback, out Stream toStuck);
        toStuck.Write("!1 ENABLE BSSID *\n!2 ENABLE SSID *\n!3 ENABLE CLIENT *\n!4 ENABLE BSSIDSRC *\n"u8);
        Until(() => server.Clients.Any(static c => c.Enabled.Count == 4));
        using StreamReader brisk = Connect(server, IPAddress.Loopback, out _);
        for (int i = 0; i < 4; i++)
        {
            Until(brisk, "*TIME");
        }

        Assert.Equal(0, server.Clients.Single(static c => c.Enabled.Count == 0).Dropped);
        Assert.All(server.Clients, static c => Assert.InRange(c.Queued, 0, 128 * 1024));
    }

    [Fact]
    public void Tls_is_spoken_with_a_certificate()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        KismetServer server = Start(new KismetServerOptions { Certificate = certificate });
        using TcpClient tcp = new();
        tcp.Connect(IPAddress.Loopback, server.Port);
        using SslStream secure = new(tcp.GetStream(), false, static (_, _, _, _) => true);
        secure.AuthenticateAsClient("localhost");
        using StreamReader reader = new(secure, Encoding.Latin1);
        Assert.StartsWith("*KISMET: ", reader.ReadLine());
        Assert.True(Assert.Single(server.Clients).IsEncrypted);

        // And one that does not speak it is no client and no failure.
        using StreamReader plain = Connect(server, IPAddress.Loopback, out Stream toPlain);
        toPlain.Write("!1 CAPABILITY KISMET\n"u8);
        string? line = null;
        try
        {
            line = plain.ReadLine();
        }
        catch (IOException)
        {
            // Closed with what it said unread.
        }

        Assert.False(line?.StartsWith("*KISMET", StringComparison.Ordinal) ?? false);
        Until(reader, "*TIME");
    }

    [Fact]
    public async Task Frames_are_served_beside_devices_and_those_who_take_them_are_shown()
    {
        KismetServer server = Start(new KismetServerOptions { DronePort = 0, DroneProtocol = DroneProtocol.Stable });
        FrameOrigin sensor = _session.AddOrigin("sensor1");
        FrameReader? reader = null;
        using KismetDrone drone = await Task.Run(() => KismetDrone.Start(new DroneConnectionOptions { Ports = [server.DronePort!.Value] }, attach: d => reader = d.OpenFrames()));
        using FrameReader frames = reader!;
        using StreamReader text = Connect(server, IPAddress.Loopback, out _);
        Until(text, "*TIME");
        _session.Add(sensor, FrameBuilder.Beacon(HubRig.Ap, "Coherer", 1).Build());
        Assert.True(frames.Wait(s_patience, CancellationToken.None));
        Until(() => server.Clients.Any(static c => c is { Protocol: KismetServerClientProtocol.Drone, LinesSent: 2 }));
        KismetServerClient[] clients = [.. server.Clients];
        Assert.Equal([(KismetServerClientProtocol.Text, TextEra.Unknown), (KismetServerClientProtocol.Drone, TextEra.Stable)], clients.Select(static c => (c.Protocol, c.Era)));
        Assert.Equal([1, 2], clients.Select(static c => c.Id).Order());
        Assert.Equal((2, 0, 0, server.Id), (clients[1].LinesSent, clients[1].Dropped, clients[1].Errors, clients[1].SessionId));
        Assert.True(clients[1].BytesSent > 100);
        Assert.False(server.TryTakeWarning(out _));

        server.Drone!.Guard(static () => throw new InvalidOperationException("broken"));
        string? warning = null;
        for (int i = 0; i < 12_000 && !server.TryTakeWarning(out warning); i++)
        {
            await Task.Delay(10);
        }

        Assert.Equal("Frames are served no more: broken Devices are served on.", warning);
        Assert.Equal(KismetErrorId.InternalFailure, server.DroneError?.Id);
        Assert.Equal(KismetSessionState.Running, server.State);
    }

    [Fact]
    public async Task What_has_no_frames_is_left_out_and_said_and_nothing_but_such_is_an_error()
    {
        using ScriptedCapture ended = ScriptedCapture.Start();
        await ended.StopAsync();
        KismetException none = Assert.Throws<KismetException>(() => KismetServer.Start([ended], new KismetServerOptions { Port = 0, DronePort = 0 }));
        Assert.Equal(KismetErrorId.SessionNotFound, none.Id);
        using KismetServer server = KismetServer.Start([_session, ended], new KismetServerOptions { Port = 0, DronePort = 0 });
        Assert.True(server.TryTakeWarning(out string? warning));
        Assert.Contains("has ended", warning, StringComparison.Ordinal);
        Assert.Equal(KismetErrorId.AddressInUse, Assert.Throws<KismetException>(() => Start(new KismetServerOptions { DronePort = server.DronePort!.Value })).Id);
    }

    [Fact]
    public void What_cannot_be_served_is_refused_before_anything_is_bound()
    {
        using var key = RSA.Create(2048);
        CertificateRequest request = new("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using X509Certificate2 bare = X509CertificateLoader.LoadCertificate(made.RawData);
        Assert.Equal(KismetErrorId.ArgumentInvalid, Assert.Throws<KismetException>(() => Start(new KismetServerOptions { Certificate = bare })).Id);
        Assert.Equal(KismetErrorId.ArgumentInvalid, Assert.Throws<KismetException>(() => Start(new KismetServerOptions { DronePort = 0, DroneProtocol = DroneProtocol.Unknown })).Id);
    }

    [Theory]
    [InlineData("0.0.0.0", null, true)]
    [InlineData("0.0.0.0", "10.0.0.0/8", false)]
    [InlineData("127.0.0.1", null, false)]
    [InlineData(null, null, false)]
    public void An_address_that_others_reach_without_being_let_in_is_worth_a_warning(string? address, string? allowed, bool warned)
    {
        KismetServer server = Start(new KismetServerOptions
        {
            Address = address is null ? null : IPAddress.Parse(address),
            Allowed = new AllowList(allowed is null ? [] : [IPNetwork.Parse(allowed)]),
        });
        Assert.Equal(warned, server.TryTakeWarning(out string? warning));
        Assert.Equal(warned, warning?.Contains("allow-list", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void Nonsense_costs_a_counter_and_the_connection_goes_on()
    {
        KismetServer server = Start(new KismetServerOptions());
        using StreamReader client = Connect(server, IPAddress.Loopback, out Stream to);
        using StreamReader other = Connect(server, IPAddress.Loopback, out _);
        to.Write("\0\0!1 CAPA\0BILITY TIME\r\n"u8);
        Assert.Equal("*CAPABILITY: TIME timesec", Until(client, "*CAPABILITY"));
        Assert.Equal("*ACK: 1 \u0001OK\u0001 ", Until(client, "*ACK"));
        byte[] endless = new byte[1 << 20];
        Array.Fill(endless, (byte)'x');
        to.Write(endless);
        to.Write("\njunk\n\n!\n! \n!2\n!3 NOSUCH\n!4 ENABLE NOSUCH *\n!5 ENABLE BSSID nosuch\n!6 CAPABILITY TIME\n"u8);
        Assert.Equal("*ERROR: 3 \u0001NO SUCH COMMAND\u0001 ", Until(client, "*ERROR"));
        Assert.Equal("*ERROR: 4 \u0001Unknown protocol: 'NOSUCH'\u0001 ", Until(client, "*ERROR"));
        Assert.Equal("*ERROR: 5 \u0001Unknown field nosuch\u0001 ", Until(client, "*ERROR"));
        Assert.Equal("*ACK: 6 \u0001OK\u0001 ", Until(client, "*ACK"));
        KismetServerClient shown = server.Clients.OrderBy(static c => c.Id).First();
        Assert.Equal((5, true), (shown.Commands, shown.Errors >= 5));
        Assert.True(server.Statistics.Malformed >= 5);
        Until(other, "*TIME");
        Assert.Equal(0, server.Clients.OrderBy(static c => c.Id).Last().Errors);
    }

    [Fact]
    public void One_that_takes_nothing_or_never_agrees_on_tls_is_given_up()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        KismetServer secure = Start(new KismetServerOptions { Certificate = certificate, SendTimeout = TimeSpan.FromMilliseconds(300) });
        using StreamReader silent = Connect(secure, IPAddress.Loopback, out _);
        Assert.Null(silent.ReadLine());

        FrameOrigin sensor = _session.AddOrigin("sensor1");
        for (int i = 0; i < 2000; i++)
        {
            _session.Add(sensor, FrameBuilder.Beacon(new Wireless.MacAddress(0x0200_0000_0000UL + (ulong)i), $"net{i}", 1).Build());
        }

        HubRig.Await(_session, 2000);
        KismetServer server = Start(new KismetServerOptions { SendTimeout = TimeSpan.FromSeconds(2) });
        using StreamReader stuck = Connect(server, IPAddress.Loopback, out Stream to);
        Assert.StartsWith("*KISMET: ", stuck.ReadLine());
        for (int i = 0; i < 40; i++)
        {
            to.Write("!1 ENABLE BSSID *\n"u8);
        }

        Until(() => server.Clients.Count == 0);
        using StreamReader next = Connect(server, IPAddress.Loopback, out _);
        Until(next, "*TIME");
    }

    [Fact]
    public void Only_this_machine_reaches_it_unless_an_address_and_a_list_say_otherwise()
    {
        KismetServer own = Start(new KismetServerOptions());
        Assert.StartsWith("127.0.0.1:", own.EndPoint, StringComparison.Ordinal);
        if (IPv6Loopback.IsThere)
        {
            using StreamReader six = Connect(own, IPAddress.IPv6Loopback, out _);
            Assert.StartsWith("*KISMET: ", six.ReadLine());
        }

        IPAddress? outer = NetworkInterface.GetAllNetworkInterfaces().Where(static n => n.OperationalStatus == OperationalStatus.Up)
            .SelectMany(static n => n.GetIPProperties().UnicastAddresses).Select(static a => a.Address)
            .FirstOrDefault(static a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
        if (outer is null)
        {
            // A machine with loopback only: nothing else could reach it.
            return;
        }

        Assert.Throws<SocketException>(() => Connect(own, outer, out _));
        KismetServer wide = Start(new KismetServerOptions { Address = IPAddress.Any });
        using StreamReader refused = Connect(wide, outer, out _);
        Assert.Equal("*ERROR: 0 \u0001Connections from your address are not allowed\u0001 ", refused.ReadLine());
        using StreamReader local = Connect(wide, IPAddress.Loopback, out _);
        Assert.StartsWith("*KISMET: ", local.ReadLine());
        KismetServer listed = Start(new KismetServerOptions { Address = IPAddress.Any, Allowed = Allow(outer.ToString()) });
        using StreamReader allowed = Connect(listed, outer, out _);
        Assert.StartsWith("*KISMET: ", allowed.ReadLine());
        Assert.Contains(wide.Statistics.DropReasons, static r => r is { Name: "NotAllowed", Count: 1 });
    }

    [Fact]
    public void A_network_that_timed_out_is_told_in_both_eras()
    {
        using ScriptedCapture session = ScriptedCapture.Start(new TrackerOptions { DeviceTimeout = TimeSpan.FromSeconds(4) });
        FrameOrigin sensor = session.AddOrigin("sensor1");
        using KismetServer server = KismetServer.Start([session], new KismetServerOptions { Port = 0 });
        using StreamReader newer = Connect(server, IPAddress.Loopback, out Stream toNewer);
        using StreamReader old = Connect(server, IPAddress.Loopback, out Stream toOld);
        toNewer.Write("!1 ENABLE REMOVE *\n!2 ENABLE BSSID bssid\n"u8);
        toOld.Write("!0 ENABLE GPS lat,lon,alt,spd,heading,fix\n!0 ENABLE REMOVE *\n"u8);
        Until(old, "*GPS");
        using (new Timer(_ => session.Add(sensor, FrameBuilder.Beacon(HubRig.Ap, "Coherer", 1).Build()), null, 0, 200))
        {
            Until(newer, "*BSSID");
        }

        Assert.Equal($"*REMOVE: {HubRig.Ap}", Until(newer, "*REMOVE"));
        Assert.Equal($"*REMOVE: {HubRig.Ap}", Until(old, "*REMOVE"));
    }

    public void Dispose()
    {
        _owned.ForEach(static o => o.Dispose());
        _session.Dispose();
    }

    private static AllowList Allow(params string[] networks) => new([.. networks.Select(static n => NetworkRange.TryParse(n, out IPNetwork network) ? network : throw new ArgumentException(n))]);

    private static void Until(Func<bool> condition)
    {
        for (int i = 0; i < 12_000 && !condition(); i++)
        {
            Thread.Sleep(10);
        }

        Assert.True(condition());
    }

    private static string Until(StreamReader reader, string start)
    {
        // Lines come each second whatever happens, so a timeout of the socket is no end.
        long end = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        while (Environment.TickCount64 < end)
        {
            string line = reader.ReadLine() ?? throw new EndOfStreamException(start);
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new TimeoutException(start);
    }

    private KismetServer Start(KismetServerOptions options)
    {
        KismetServer server = KismetServer.Start([_session], options with { Port = options.Port == KismetServerOptions.DefaultPort ? 0 : options.Port });
        _owned.Add(server);
        return server;
    }

    private StreamReader Connect(KismetServer server, IPAddress address, out Stream stream)
    {
        TcpClient client = new(address.AddressFamily);
        _owned.Add(client);
        client.Connect(address, server.Port);
        client.ReceiveTimeout = (int)s_patience.TotalMilliseconds;
        stream = client.GetStream();
        return new StreamReader(stream, Encoding.Latin1);
    }
}
