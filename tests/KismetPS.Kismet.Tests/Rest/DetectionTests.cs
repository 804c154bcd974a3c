using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.TestKit.Web;
using Xunit;

namespace KismetPS.Kismet.Tests.Rest;

/// <summary>Which protocol a server speaks is found out, quickly and without a trace.</summary>
public sealed class DetectionTests
{
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
    public async Task The_probe_waits_for_less_than_a_second()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        KismetConnectionOptions options = new() { ComputerName = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port };
        List<double> times = [];
        for (int i = 0; i < 3 && (times.Count == 0 || times.Min() >= 1); i++)
        {
            // The best of three: the machine may be busy with something else.
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            Assert.Null(await ServerProbe.ListenAsync(options, default));
            times.Add(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds);
            using Socket socket = await listener.AcceptSocketAsync();
            Assert.Equal(0, socket.Receive(new byte[16]));
        }

        Assert.True(times.Min() < 1, $"{times.Min()} s");
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
