using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.TestKit;
using KismetPS.TestKit.Web;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Kismet.Tests.Rest;

/// <summary>Servers that go away, come back, or come back as another.</summary>
public sealed class RestReconnectTests
{
    [Fact]
    public async Task While_the_server_is_away_what_is_known_is_stale_and_it_comes_back_by_itself()
    {
        using KismetWeb web = KismetWeb.On(FreePort.Next());
        web.Put(RestRig.Record(1));
        using KismetConnection session = RestRig.Connect(web);
        await RestRig.Until(() => web.Listeners == 1, "subscribed", session);
        web.Stop();
        await RestRig.Until(() => !session.Server.IsConnected, "away", session);
        Assert.True(session.GetDevices().Single().IsStale);
        Assert.Equal(KismetSessionState.Running, session.State);
        web.Start();
        web.Put(RestRig.Record(2));
        web.Alert(RestRig.Alert("MEANWHILE", 1_700_000_000.5), quietly: true);
        await RestRig.Until(() => session.GetDevices().Count(static d => !d.IsStale) == 2 && session.GetAlerts().Count == 1, "what came meanwhile", session);
        await RestRig.Until(() => web.Listeners == 1, "subscribed again", session);
        Assert.Equal(1, session.Server.Reconnects);
        Assert.NotNull(session.Server.LastFailure);
        Assert.Single(session.GetAlerts());
    }

    [Fact]
    public async Task Attempts_come_less_often_the_longer_it_takes()
    {
        using KismetWeb web = new() { HasBus = false };
        using KismetConnection session = RestRig.Connect(web);
        web.Tamper = static (_, _) => WebReply.Html(503);
        await RestRig.Until(() => !session.Server.IsConnected, "away", session);
        int before = Attempts();
        await RestRig.Until(() => Attempts() - before >= 3, "attempts", session);
        long[] at = [.. web.Http.Calls.Where(static c => c.Path == "/system/status.json").Select(static c => c.At).Skip(before)];

        // Half of 2 and 4 seconds at the least between the first three, whatever the interval of polls; timers may be early by their tick.
        Assert.True(at[2] - at[0] >= 2900, $"{at[2] - at[0]} ms");
        Assert.Equal(KismetSessionState.Running, session.State);

        int Attempts() => web.Http.Calls.Count(static c => c.Path == "/system/status.json");
    }

    [Fact]
    public async Task Without_reconnect_the_session_ends_with_its_first_connection()
    {
        using KismetWeb web = KismetWeb.On(FreePort.Next());
        using KismetConnection session = RestRig.Connect(web, static o => o with { Reconnect = false });
        web.Stop();
        await RestRig.Until(() => session.State == KismetSessionState.Faulted, "the end", session);
        Assert.Equal(KismetErrorId.ConnectionLost, session.Error!.Id);
    }

    [Fact]
    public async Task A_session_whose_key_is_revoked_ends_with_a_warning_and_stale_devices()
    {
        using KismetWeb web = new() { HasBus = false };
        web.Put(RestRig.Record(1));
        using KismetConnection session = RestRig.Connect(web);
        await RestRig.Until(() => session.GetDevices().Count == 1, "a device", session);
        web.Tamper = static (_, _) => WebReply.Html(401);
        await RestRig.Until(() => session.State == KismetSessionState.Faulted, "the end", session);
        Assert.Equal(KismetErrorId.AuthenticationFailed, session.Error!.Id);
        Assert.True(session.GetDevices().Single().IsStale);
        Assert.Equal(session.Error.Message, session.Server.LastFailure);
        Assert.True(session.TryTakeWarning(out string? warning));
        Assert.Contains(session.Error.Message, warning, StringComparison.Ordinal);
        Assert.False(session.TryTakeWarning(out _));
        Assert.Equal(session.Name, session.Statistics.Name);
    }

    [Fact]
    public async Task Another_server_at_the_address_starts_with_empty_tables()
    {
        using KismetWeb web = KismetWeb.On(FreePort.Next());
        web.Put(RestRig.Record(1));
        web.Alert(RestRig.Alert("OLD", 1_900_000_000.5), quietly: true);
        using KismetConnection session = RestRig.Connect(web);
        await RestRig.Until(() => session.GetAlerts().Count == 1 && web.Listeners == 1, "the old one", session);
        web.Stop();
        await RestRig.Until(() => !session.Server.IsConnected, "away", session);
        web.Devices.Clear();
        web.Alerts.Clear();
        web.Alert(RestRig.Alert("NEW", 1_700_000_000.5), quietly: true);
        web.Put(RestRig.Record(2, last: 1_600_000_000));
        (web.ServerId, web.StartSeconds) = ("00000000-E583-11F1-BC75-4B49534D4554", web.StartSeconds + 500);
        web.Start();
        await RestRig.Until(() => session.GetDevices() is [{ MacAddress: "02:00:00:00:00:02" }] && session.GetAlerts().Any(static a => a.Header == "NEW"), "the new one", session);
        Assert.Single(session.GetNetworks());
        Assert.Equal("00000000-E583-11F1-BC75-4B49534D4554", session.Server.ServerId);
    }

    [Fact]
    public async Task The_same_server_started_again_keeps_what_was_known_as_stale_until_it_is_told_again()
    {
        using KismetWeb web = KismetWeb.On(FreePort.Next());
        web.Put(RestRig.Record(1));
        web.Put(RestRig.Record(2));
        using KismetConnection session = RestRig.Connect(web);
        await RestRig.Until(() => web.Listeners == 1, "subscribed", session);
        web.Stop();
        await RestRig.Until(() => !session.Server.IsConnected, "away", session);
        web.Drop("4202770D00000000_2");
        web.StartSeconds += 500;
        web.Start();
        await RestRig.Until(() => session.Server.IsConnected && session.GetDevices().Count(static d => !d.IsStale) == 1, "back", session);
        Assert.Equal(RestRig.Mac(2), session.GetDevices().Single(static d => d.IsStale).MacAddress);
        web.Put(RestRig.Record(2, packets: 9));
        await RestRig.Until(() => session.GetDevices().All(static d => !d.IsStale), "told again", session);
    }
}
