using System.Net.Sockets;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.Tests.Text;
using KismetPS.TestKit;
using KismetPS.TestKit.Web;
using Xunit;

namespace KismetPS.Kismet.Tests.Rest;

/// <summary>Which protocol a server speaks is found out, quickly and without a trace.</summary>
public sealed class DetectionTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task An_HTTP_server_is_found_out_and_the_silent_connection_is_closed()
    {
        using KismetWeb web = new() { HasBus = false };
        web.Put(RestRig.Record(1));
        using KismetConnection session = RestRig.Connect(web, static o => o with { Protocol = KismetServerProtocol.Auto });
        Assert.Equal(KismetServerProtocol.Rest, session.Protocol);
        Assert.Single(session.GetDevices());

        // One for the probe, which is gone, and one for the requests.
        await RestRig.Until(() => web.Http.Open == 1, "one connection", session);
        await RestRig.Until(() => Silent(web) == 1, "the probe only", session);
        await session.StopAsync();
        await RestRig.Until(() => web.Http.Open == 0, "none", session);
    }

    [Fact]
    public async Task What_is_for_HTTP_only_needs_no_probe()
    {
        using KismetWeb web = new() { HasBus = false };
        web.Keys["0123456789ABCDEF"] = "admin";
        using KismetConnection session = RestRig.Connect(web, static o => o with { Protocol = KismetServerProtocol.Auto, ApiKey = RestRig.Secret("0123456789ABCDEF") });
        Assert.Equal(KismetServerProtocol.Rest, session.Protocol);

        // The event bus is asked for on a connection that may be made already.
        await RestRig.Until(() => Silent(web) == 0, "no probe", session);
    }

    [Fact]
    public async Task The_probe_does_not_wait_for_the_time_of_an_attempt_to_connect()
    {
        using ScriptedPeer peer = new();
        KismetConnectionOptions options = new() { ComputerName = "127.0.0.1", Port = peer.Port, ConnectTimeout = KismetConnectionOptions.MaxConnectTimeout };
        Assert.Null(await ServerProbe.ListenAsync(options, default).WaitAsync(s_patience));
        using Socket socket = await peer.AcceptAsync();
        Assert.Equal(0, await socket.ReceiveAsync(new byte[16]).WaitAsync(s_patience));
    }

    [Fact]
    public async Task A_text_server_that_greets_later_than_the_probe_waits_is_found_out_too()
    {
        byte[] greeting = Lines.Bytes("*KISMET: 0.0.0 1795247577 \u0001far\u0001 \u0001\u0001 0 \n*PROTOCOLS: KISMET,TIME\n");
        using ScriptedPeer peer = new();
        KismetConnectionOptions options = new() { ComputerName = "127.0.0.1", Port = peer.Port, ConnectTimeout = s_patience, FirstLook = TimeSpan.FromMilliseconds(100) };
        Task<KismetConnection> starting = Task.Run(() => KismetConnection.Start(options, ServerLinks.Create));
        using Socket probe = await peer.AcceptAsync();
        Assert.Equal(0, await probe.ReceiveAsync(new byte[16]).WaitAsync(s_patience));
        using Socket http = await peer.AcceptAsync();
        Assert.NotEqual(0, await http.ReceiveAsync(new byte[4096]).WaitAsync(s_patience));
        await http.SendAsync(greeting);
        using Socket text = await peer.AcceptAsync();
        await text.SendAsync(greeting);
        using KismetConnection session = await starting.WaitAsync(s_patience);
        Assert.Equal((KismetServerProtocol.Text, "far"), (session.Protocol, session.Server.ServerName));
    }

    [Fact]
    public async Task A_failure_leaves_no_connection_open()
    {
        using KismetWeb web = new() { Password = "x12345" };
        KismetException e = RestRig.Fails(RestRig.Options(web.Port) with { Protocol = KismetServerProtocol.Auto });
        Assert.Equal(KismetErrorId.AuthenticationFailed, e.Id);
        await RestRig.Until(() => web.Http.Open == 0, "none");
    }

    private static int Silent(KismetWeb web) => web.Http.Connections - web.Http.Calls.Select(static c => c.Connection).Distinct().Count();
}
