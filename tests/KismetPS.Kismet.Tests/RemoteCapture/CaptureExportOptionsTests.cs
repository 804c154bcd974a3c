using System.Net;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.RemoteCapture;
using KismetPS.Kismet.Rest;
using KismetPS.Kismet.Tests.Drones;
using Xunit;

namespace KismetPS.Kismet.Tests.RemoteCapture;

/// <summary>What is judged of an export of frames before it begins.</summary>
public sealed class CaptureExportOptionsTests
{
    [Theory]
    [InlineData("box", null, false, true, true)]
    [InlineData("192.0.2.7", null, false, true, true)]
    [InlineData("box", null, true, true, false)]
    [InlineData("box", null, false, false, false)]
    [InlineData("localhost", null, false, true, false)]
    [InlineData("LocalHost", null, false, true, false)]
    [InlineData("127.0.0.1", null, false, true, false)]
    [InlineData("127.8.9.10", null, false, true, false)]
    [InlineData("::1", null, false, true, false)]
    [InlineData("ignored", "http://box/kismet", false, true, true)]
    [InlineData("ignored", "http://box/kismet", true, true, true)]
    [InlineData("ignored", "http://box/kismet", false, false, false)]
    [InlineData("ignored", "https://box/kismet", false, true, false)]
    [InlineData("ignored", "http://localhost/kismet", false, true, false)]
    [InlineData("ignored", "http://[::1]:2501/", false, true, false)]
    public void A_key_that_others_may_read_is_worth_a_warning(string host, string? uri, bool tls, bool key, bool warned)
    {
        KismetConnectionOptions server = new()
        {
            ComputerName = host,
            Uri = uri is null ? null : new Uri(uri),
            UseTls = tls,
            ApiKey = key ? RestCredential.Secret("0123456789") : null,
        };
        RemoteCaptureOptions options = new() { Server = server, Protocol = KismetCaptureProtocol.WebSocket };
        Assert.Equal(warned, RemoteCaptureChecks.Warning(options) is not null);
        Assert.Equal(warned, RemoteCaptureChecks.Warning(options with { Server = server with { ApiKey = null, Credential = key ? new NetworkCredential("u", "p") : null } }) is not null);
        RemoteCaptureChecks.Check(options);
    }

    [Fact]
    public void The_TCP_port_takes_no_login_but_one_that_is_there_for_whoever_wants_it()
    {
        RemoteCaptureOptions key = new() { Server = new KismetConnectionOptions { ComputerName = "box", ApiKey = RestCredential.Secret("0123456789") } };
        Refused(key);
        Refused(new() { Server = new KismetConnectionOptions { Credential = new NetworkCredential("u", "p") } });
        RemoteCaptureOptions optional = key with { Server = key.Server with { LoginIsOptional = true } };
        RemoteCaptureChecks.Check(optional);
        Assert.Null(RemoteCaptureChecks.Warning(optional));
        RemoteCaptureChecks.Check(new());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3601)]
    public void An_attempt_to_connect_takes_more_than_nothing_and_at_most_an_hour(int seconds)
    {
        KismetConnectionOptions server = new() { ConnectTimeout = TimeSpan.FromSeconds(seconds) };
        Refused(new() { Server = server });
        Assert.Equal(KismetErrorId.ArgumentInvalid, Assert.Throws<KismetException>(() => KismetConnection.Start(server, ServerLinks.Create)).Id);
    }

    [Fact]
    public void A_base_address_is_that_of_a_WebSocket_and_each_way_has_its_port()
    {
        Assert.Equal(KismetCaptureProtocol.WebSocket, new RemoteCaptureOptions { Server = new() { Uri = new Uri("https://box/kismet") }, Protocol = KismetCaptureProtocol.Tcp }.Protocol);
        Assert.Equal(KismetCaptureProtocol.Tcp, new RemoteCaptureOptions().Protocol);
        Assert.Equal((3501, 2501), (RemoteCaptureOptions.DefaultPort(KismetCaptureProtocol.Tcp), RemoteCaptureOptions.DefaultPort(KismetCaptureProtocol.WebSocket)));
    }

    private static void Refused(RemoteCaptureOptions options)
    {
        using ScriptedCapture capture = ScriptedCapture.Start();
        KismetException e = Assert.Throws<KismetException>(() => KismetCaptureExport.Start([capture], options));
        Assert.Equal(KismetErrorId.ArgumentInvalid, e.Id);
        Assert.NotNull(e.Advice);
    }
}
