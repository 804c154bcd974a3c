using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.TestKit;
using KismetPS.TestKit.Web;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Kismet.Tests.Rest;

/// <summary>What goes wrong at a server, at a proxy and on the way: an error id that says what to do, or a counter.</summary>
public sealed class RestFailureTests
{
    private const string Key = "FEDCBA9876543210FEDCBA9876543210";

    public static TheoryData<string, KismetErrorId> Broken => new()
    {
        { "html", KismetErrorId.AnswerInvalid },
        { "truncated", KismetErrorId.AnswerInvalid },
        { "wrong", KismetErrorId.AnswerInvalid },
        { "text", KismetErrorId.AnswerInvalid },
        { "empty", KismetErrorId.AnswerInvalid },
        { "huge", KismetErrorId.AnswerInvalid },
        { "cut", KismetErrorId.NetworkFailure },
        { "none", KismetErrorId.NetworkFailure },
        { "redirect", KismetErrorId.ServerRedirect },
        { "401", KismetErrorId.AuthenticationFailed },
        { "403", KismetErrorId.AuthenticationFailed },
        { "404", KismetErrorId.ServerUnknown },
        { "407", KismetErrorId.ServerFailure },
        { "500", KismetErrorId.ServerFailure },
        { "502", KismetErrorId.ServerFailure },
        { "503", KismetErrorId.ServerFailure },
        { "504", KismetErrorId.ServerFailure },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Each_way_to_answer_wrongly_has_an_id_and_advice(string kind, KismetErrorId id)
    {
        using WebServer server = new(call => call.Path == "/system/status.json" ? Bad(kind) : WebReply.Html(401));
        KismetException e = RestRig.Fails(RestRig.Options(server.Port));
        Assert.Equal(id, e.Id);
        Assert.Contains("127.0.0.1", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("html")]
    [InlineData("truncated")]
    [InlineData("wrong")]
    [InlineData("text")]
    [InlineData("empty")]
    [InlineData("cut")]
    [InlineData("none")]
    [InlineData("500")]
    [InlineData("502")]
    [InlineData("503")]
    [InlineData("504")]
    public async Task The_same_of_devices_is_told_once_and_the_session_comes_back(string kind)
    {
        using KismetWeb web = new() { HasBus = false };
        web.Put(RestRig.Record(1));
        using KismetConnection session = RestRig.Connect(web);
        web.Tamper = (call, reply) => call.Path.StartsWith("/devices/last-time/", StringComparison.Ordinal) && !(kind is "empty" or "wrong") ? Bad(kind) : reply;
        if (kind is "empty" or "wrong")
        {
            // An empty answer of the line form is one without devices, and a record of the wrong kind costs itself.
            web.Tamper = (call, reply) => call.Path == "/system/status.json" ? Bad(kind) : reply;
        }

        await RestRig.Until(() => session.Server is { IsConnected: false, LastFailure: not null }, "away", session);
        Assert.All(session.GetDevices(), static d => Assert.True(d.IsStale));
        web.Tamper = null;
        await RestRig.Until(() => session.Server is { IsConnected: true, Reconnects: 1 }, "back", session);
        await RestRig.Until(() => session.GetDevices() is [{ IsStale: false }], "fresh", session);
    }

    [Theory]
    [InlineData("401", KismetErrorId.AuthenticationFailed)]
    [InlineData("redirect", KismetErrorId.ServerRedirect)]
    public async Task What_no_waiting_mends_ends_the_session_with_its_id(string kind, KismetErrorId id)
    {
        using KismetWeb web = new() { HasBus = false };
        using KismetConnection session = RestRig.Connect(web);
        web.Tamper = (call, _) => Bad(kind);
        await RestRig.Until(() => session.State == KismetSessionState.Faulted, "faulted", session);
        Assert.Equal(id, session.Error!.Id);
    }

    [Fact]
    public async Task A_bad_record_costs_that_record_and_a_counter()
    {
        using KismetWeb web = new();
        web.Put(RestRig.Record(1));
        using KismetConnection session = RestRig.Connect(web);
        string[] bad =
        [
            "{\"m\":\"02:00:00:00:00:02\",\"k\":", "{\"m\":5,\"k\":\"K\"}", "{}", "{\"m\":\"nonsense\",\"k\":\"K\"}", "{\"m\":\"02:00:00:00:00:03\"}", "{\"m\":\"02:00:00:00:00:04\",\"k\":\"K4\" \"p\"}",
        ];
        const string Good = "{\"m\":\"02:00:00:00:00:09\",\"k\":\"K9\",\"p\":\"IEEE802.11\",\"t\":[1,{\"x\":0}],\"P\":\"many\",\"s\":{},\"l\":1700000000,\"S\":0,\"w\":\"here\",\"g\":0,\"field.unknown.not.registered\":0,\"field.unknown.not.registered\":0,\"P\":7}";
        web.Tamper = (call, reply) => call.Path.StartsWith("/devices/last-time/", StringComparison.Ordinal) ? WebReply.Json(string.Join('\n', bad) + "\n" + Good + "\n") : reply;
        await RestRig.Until(() => session.GetDevices().Count == 2, "the good one", session);
        KismetDevice good = session.GetDevices().Single(static d => d.MacAddress == "02:00:00:00:00:09");
        Assert.Equal((7L, null, null, KismetDeviceType.Unknown), (good.Packets, good.SignalDbm, good.Ssid, good.Type));
        KismetStatistic statistics = session.Statistics;
        Assert.True(statistics.Malformed >= bad.Length, statistics.ToString());
        Assert.Contains(statistics.DropReasons, static r => r is { Name: "RecordBroken", Count: > 0 });
        Assert.Contains(statistics.DropReasons, static r => r is { Name: "WrongType", Count: > 0 });
        Assert.True(session.Server.IsConnected);
    }

    [Fact]
    public void Error_text_that_says_it_is_JSON_is_told_in_its_words_also_at_the_end_of_an_answer()
    {
        using KismetWeb web = new();
        using KismetConnection session = RestRig.Connect(web);
        KismetException e = Assert.Throws<KismetException>(() => session.Link.SendAsync("devices/by-key/none/device.json", [], null, default).GetAwaiter().GetResult());
        Assert.Equal(KismetErrorId.CommandRefused, e.Id);
        Assert.Contains("nonexistent device key", e.Message, StringComparison.Ordinal);
        using KismetWeb late = new();
        late.Put(RestRig.Record(1));
        late.Tamper = static (call, reply) => call.Path == "/devices/views/all/devices.json" ? WebReply.Json(Encoding.UTF8.GetString(reply.Body) + "ERROR: out of luck") : reply;
        e = RestRig.Fails(RestRig.Options(late.Port));
        Assert.Equal(KismetErrorId.ServerFailure, e.Id);
        Assert.Contains("out of luck", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_would_be_too_long_is_cut_into_several()
    {
        using KismetWeb web = new();
        for (int i = 1; i <= 3000; i++)
        {
            web.Devices.Add(System.Text.Json.Nodes.JsonNode.Parse(RestRig.Record(i, last: 1_700_000_000))!.AsObject());
        }

        using KismetConnection session = RestRig.Connect(web);
        await RestRig.Until(() => session.GetDevices().Count(static d => d.Ssids.Count == 1) == 3000, "details of all", session);
        Assert.All(web.Http.Calls, static c => Assert.True(c.Length < 100_000));
        KismetException e = Assert.Throws<KismetException>(() => session.Link.SendAsync("x/y.cmd", [], new string('x', 120_000), default).GetAwaiter().GetResult());
        Assert.Equal(KismetErrorId.NetworkFailure, e.Id);
        Assert.Contains("100,000", e.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_takes_connections_and_says_nothing_is_given_up_in_time()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        long start = Environment.TickCount64;
        KismetException e = RestRig.Fails(RestRig.Options(((IPEndPoint)listener.LocalEndpoint).Port) with { ConnectTimeout = TimeSpan.FromSeconds(2) });
        Assert.Equal(KismetErrorId.ConnectionTimeout, e.Id);
        Assert.Contains(" 2 s", e.Message, StringComparison.Ordinal);
        Assert.True(Environment.TickCount64 - start < 30_000);
    }

    [Fact]
    public void Nobody_there_and_no_HTTP_are_told_apart()
    {
        Assert.Equal(KismetErrorId.ConnectionRefused, RestRig.Fails(RestRig.Options(ScriptedPeer.ClosedPort())).Id);
        Assert.Equal(KismetErrorId.HostNotFound, RestRig.Fails(RestRig.Options(1) with { ComputerName = "no-such-host.invalid" }).Id);
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        _ = Task.Run(async () =>
        {
            using Socket socket = await listener.AcceptSocketAsync();
            await socket.SendAsync("*KISMET: 0.0.0 1 \u0001x\u0001 \n"u8.ToArray());
            await socket.ReceiveAsync(new byte[4096]);
        });
        Assert.Equal(KismetErrorId.ServerUnknown, RestRig.Fails(RestRig.Options(((IPEndPoint)listener.LocalEndpoint).Port)).Id);
    }

    [Fact]
    public async Task Logins_keys_and_roles()
    {
        using KismetWeb web = new() { Password = "geheim5" };
        web.Keys[Key] = "readonly";
        web.Keys[Key.Replace('0', '1')] = "datasource";
        KismetConnectionOptions options = RestRig.Options(web.Port);
        Assert.Contains("wants a login", Id(options, KismetErrorId.AuthenticationFailed), StringComparison.Ordinal);
        Assert.Contains("user and password", Id(options with { Credential = new NetworkCredential("kismet", "falsch77") }, KismetErrorId.AuthenticationFailed), StringComparison.Ordinal);
        Assert.Contains("API key", Id(options with { ApiKey = RestRig.Secret("0000000000000000") }, KismetErrorId.AuthenticationFailed), StringComparison.Ordinal);
        Assert.Contains("may not use", Id(options with { ApiKey = RestRig.Secret(Key.Replace('0', '1')) }, KismetErrorId.RoleMissing), StringComparison.Ordinal);
        using (KismetConnection admin = KismetConnection.Start(options with { Credential = new NetworkCredential("kismet", "geheim5") }, ServerLinks.Create))
        {
            Assert.Equal("{\"status\": \"raised\",\"count\": 1,\"tags\": [\"a\",\"b\"]}", (await admin.Link.SendAsync("alerts/raise_alerts.cmd", [], "{\"name\":\"X\"}", default)).Json);
        }

        using KismetConnection reader = KismetConnection.Start(options with { ApiKey = RestRig.Secret(Key) }, ServerLinks.Create);
        KismetException e = Assert.Throws<KismetException>(() => reader.Link.SendAsync("alerts/raise_alerts.cmd", [], null, default).GetAwaiter().GetResult());
        Assert.Equal(KismetErrorId.RoleMissing, e.Id);

        string Id(KismetConnectionOptions wrong, KismetErrorId id)
        {
            KismetException failure = RestRig.Fails(wrong);
            Assert.Equal(id, failure.Id);
            return failure.Message;
        }
    }

    [Fact]
    public async Task A_key_or_password_is_never_shown_not_even_when_the_server_says_it_back()
    {
        const string Password = "correct horse battery";
        List<string> shown = [];
        foreach (bool key in new[] { true, false })
        {
            using KismetWeb web = new() { Password = Password };
            web.Keys[Key] = "admin";
            web.Put(RestRig.Record(1));
            KismetConnectionOptions options = RestRig.Options(web.Port) with
            {
                ApiKey = key ? RestRig.Secret(Key) : null,
                Credential = key ? null : new NetworkCredential("kismet", Password),
            };
            shown.Add(options.ToString());
            using KismetConnection session = KismetConnection.Start(options, ServerLinks.Create, "s");
            await RestRig.Until(() => web.Listeners == 1, "subscribed", session);
            Assert.All(web.Http.Calls, c => Assert.True(!c.Target.Contains(Key, StringComparison.Ordinal), c.Target));
            Assert.All(web.Http.Calls, c => Assert.Contains(key ? "Cookie: KISMET=" + Key : "Authorization: Basic ", c.Head, StringComparison.Ordinal));
            string basic = Convert.ToBase64String(Encoding.UTF8.GetBytes("kismet:" + Password));
            foreach (string echo in key ? new[] { Key } : [Password, basic])
            {
                foreach (WebReply reply in new[] { WebReply.Error(echo), WebReply.Redirect("http://elsewhere.invalid/" + Uri.EscapeDataString(echo) + "?KISMET=" + echo), WebReply.Html(401, echo), WebReply.Json(echo), WebReply.Html(502, echo), WebReply.Json("{\"a\": \"" + echo, 200) })
                {
                    web.Tamper = (call, plain) => call.Path.EndsWith(".cmd", StringComparison.Ordinal) ? reply : plain;
                    try
                    {
                        KismetCommandReply answer = await session.Link.SendAsync("x/y.cmd", [], null, default);
                        Assert.True(reply.Status == 200);
                        _ = answer;
                    }
                    catch (KismetException e)
                    {
                        shown.Add(e.ToString() + e.Advice);
                    }
                }
            }

            // What devices polls say, and the warning of it.
            web.Tamper = (_, _) => WebReply.Error(key ? Key : Password + " " + basic, 503);
            await RestRig.Until(() => session.Server.LastFailure is not null, "away", session);
            shown.AddRange([session.ToString(), session.Statistics.ToString(), session.Server.ToString(), session.Server.LastFailure!, session.EndPoint, session.Name]);
            shown.Add(System.Text.Json.JsonSerializer.Serialize(session.Server));
            shown.Add(System.Text.Json.JsonSerializer.Serialize(session.Statistics));
            foreach (string text in shown)
            {
                Assert.DoesNotContain(Key, text, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(Password, text, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(basic, text, StringComparison.Ordinal);
                Assert.DoesNotContain(Uri.EscapeDataString(Password), text, StringComparison.Ordinal);
            }
        }

        Assert.True(shown.Count > 20);
    }

    [Fact]
    public void Certificates_that_are_trusted_self_signed_expired_or_of_another()
    {
        using X509Certificate2 good = RestRig.Certificate();
        using X509Certificate2 old = RestRig.Certificate(expired: true);
        using X509Certificate2 other = RestRig.Certificate(name: "other.example");
        Assert.Equal(KismetErrorId.TlsFailure, With(good, static o => o));
        Assert.Null(With(good, o => o with { TrustedRoots = [good] }));
        Assert.Null(With(good, static o => o with { SkipCertificateCheck = true }));
        Assert.Equal(KismetErrorId.CertificateExpired, With(old, o => o with { TrustedRoots = [old] }));
        Assert.Equal(KismetErrorId.TlsFailure, With(other, o => o with { TrustedRoots = [other] }));

        // TLS where there is none, and none where there is.
        using KismetWeb plain = new();
        Assert.Equal(KismetErrorId.TlsFailure, RestRig.Fails(RestRig.Options(plain.Port) with { UseTls = true }).Id);
        using KismetWeb secure = new(certificate: good);
        Assert.Contains(RestRig.Fails(RestRig.Options(secure.Port)).Id, new[] { KismetErrorId.NetworkFailure, KismetErrorId.ServerUnknown });

        static KismetErrorId? With(X509Certificate2 certificate, Func<KismetConnectionOptions, KismetConnectionOptions> change)
        {
            using KismetWeb web = new(certificate: certificate);
            web.Put(RestRig.Record(1));
            KismetConnectionOptions options = change(RestRig.Options(web.Port) with { ComputerName = "localhost", UseTls = true });
            try
            {
                using KismetConnection session = KismetConnection.Start(options, ServerLinks.Create);
                RestRig.Until(() => web.Listeners == 1, "the event bus over TLS", session).GetAwaiter().GetResult();
                return session.GetDevices().Count == 1 ? null : KismetErrorId.InternalFailure;
            }
            catch (KismetException e)
            {
                Assert.False(string.IsNullOrWhiteSpace(e.Advice));
                return e.Id;
            }
        }
    }

    [Fact]
    public async Task Behind_a_proxy_the_path_goes_before_everything()
    {
        using KismetWeb web = new(prefix: "/site/kismet");
        web.Put(RestRig.Record(1));
        KismetConnectionOptions options = RestRig.Options(web.Port) with { Uri = new Uri($"http://127.0.0.1:{web.Port}/site/kismet"), Protocol = KismetServerProtocol.Auto };
        using KismetConnection session = KismetConnection.Start(options, ServerLinks.Create);
        await RestRig.Until(() => web.Listeners == 1, "the event bus", session);
        Assert.Single(session.GetDevices());
        Assert.All(web.Http.Calls, static c => Assert.StartsWith("/site/kismet/", c.Path, StringComparison.Ordinal));
        Assert.Equal(KismetErrorId.ServerUnknown, RestRig.Fails(options with { Uri = new Uri($"http://127.0.0.1:{web.Port}/wrong") }).Id);
        foreach (string wrong in new[] { "http://user:pass@127.0.0.1/", "http://127.0.0.1/?KISMET=x", "ftp://127.0.0.1/", "http://127.0.0.1/#x" })
        {
            Assert.Equal(KismetErrorId.ArgumentInvalid, RestRig.Fails(options with { Uri = new Uri(wrong) }).Id);
        }
    }

    [Fact]
    public async Task An_answer_after_the_end_of_the_session_is_an_error_of_ours()
    {
        using KismetWeb web = new();
        using KismetConnection session = RestRig.Connect(web);
        web.Tamper = static (call, reply) =>
        {
            reply.Delay = call.Path.EndsWith("slow.cmd", StringComparison.Ordinal) ? TimeSpan.FromSeconds(20) : TimeSpan.Zero;
            return reply;
        };
        Task<KismetCommandReply> waiting = session.Link.SendAsync("x/slow.cmd", [], null, default);
        await RestRig.Until(() => web.Http.Calls.Any(static c => c.Path == "/x/slow.cmd"), "asked", session);
        await session.StopAsync();
        Assert.Equal(KismetErrorId.ConnectionLost, (await Assert.ThrowsAsync<KismetException>(() => waiting)).Id);
        Assert.Equal(KismetErrorId.ConnectionLost, (await Assert.ThrowsAsync<KismetException>(() => session.Link.SendAsync("x/y.cmd", [], null, default))).Id);
    }

    private static WebReply Bad(string kind) => kind switch
    {
        "html" => WebReply.Html(200, "Please log in"),
        "truncated" => WebReply.Json("{\"kismet.system.version\": \"2025\",\"m\": \"02:00"),
        "wrong" => WebReply.Json("[{\"kismet.system.version\": 5}]"),
        "text" => WebReply.Json("Welcome to another program"),
        "empty" => WebReply.Json(""),
        "huge" => new WebReply { Body = Encoding.ASCII.GetBytes("{\"a\": \"" + new string('x', 1 << 20)), Times = 1100 },
        "cut" => new WebReply { Body = "{\"kismet.system.version\": \"2025\",\"m\": \"02:00:00:00:00:01\"}\n"u8.ToArray(), CutAfter = 30 },
        "none" => WebReply.None(),
        "redirect" => WebReply.Redirect("https://elsewhere.invalid/login?key=1"),
        _ => WebReply.Html(int.Parse(kind, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
