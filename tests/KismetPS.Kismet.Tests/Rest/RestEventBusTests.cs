using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using KismetPS.TestKit;
using KismetPS.TestKit.Web;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Kismet.Tests.Rest;

/// <summary>What a server tells by itself, and what is done about what it did not.</summary>
public sealed class RestEventBusTests
{
    [Fact]
    public async Task What_is_new_comes_at_once_and_its_fields_are_named()
    {
        using KismetWeb web = new();
        web.Put(RestRig.Record(1));

        // Polls are too far apart to bring it.
        using KismetConnection session = RestRig.Connect(web, static o => o with { UpdateInterval = TimeSpan.FromMinutes(10) });
        int polls = await SettledAsync(web, session);
        web.Put(RestRig.Record(2, ssid: new string('n', 32), extra: $",\"filler\":\"{new string('x', 20_000)}\""));
        await RestRig.Until(() => session.GetDevices().Any(static d => d.Ssid?.Length == 32), "the new device", session);
        web.Alert(RestRig.Alert("DEAUTHFLOOD", 1_700_000_000.5));
        await RestRig.Until(() => session.GetAlerts().Count == 1, "the alert", session);
        web.Publish("MESSAGE", "{\"kismet.messagebus.message_string\":\"hello\",\"kismet.messagebus.message_flags\":4,\"kismet.messagebus.message_time\":1700000001}");
        await RestRig.Until(() => session.Server.Messages is [{ Text: "hello", IsError: true }], "the message", session);
        Assert.Equal(polls, Polls(web));
        Assert.Equal(0, session.Statistics.Malformed);
    }

    [Fact]
    public async Task After_a_gap_one_poll_follows_at_once_and_brings_what_was_missed()
    {
        using KismetWeb web = new();
        web.Put(RestRig.Record(1));
        using KismetConnection session = RestRig.Connect(web, static o => o with { UpdateInterval = TimeSpan.FromMinutes(10) });
        int polls = await SettledAsync(web, session);
        web.CutBus();
        await RestRig.Until(() => web.Listeners == 0, "cut", session);

        // Told to nobody.
        web.Alert(RestRig.Alert("MISSED", 1_700_000_000.5));
        web.Put(RestRig.Record(2));
        await RestRig.Until(() => session.GetDevices().Count == 2 && session.GetAlerts().Count == 1, "what was missed", session);
        Assert.Equal(polls + 1, await SettledAsync(web, session));
    }

    [Fact]
    public async Task What_was_before_is_asked_for_although_the_bus_tells_of_newer_things_first()
    {
        using ManualResetEventSlim held = new();
        using KismetWeb web = new()
        {
            Tamper = (call, reply) =>
            {
                if (call.Path.StartsWith("/devices/last-time/", StringComparison.Ordinal))
                {
                    held.Wait(TimeSpan.FromSeconds(120));
                }

                return reply;
            },
        };
        web.Put(RestRig.Record(1));
        web.Alert(RestRig.Alert("ONE", 1_700_000_000.5), quietly: true);
        using KismetConnection session = RestRig.Connect(web);
        await RestRig.Until(() => web.Listeners == 1, "subscribed", session);
        web.Alert(RestRig.Alert("TWO", 1_700_000_001.25));
        await RestRig.Until(() => session.GetAlerts().Count == 1, "the newer one", session);
        held.Set();
        await RestRig.Until(() => web.Http.Calls.Any(static c => c.Path.StartsWith("/alerts/last-time/", StringComparison.Ordinal)), "asked", session);
        await RestRig.Until(() => web.Http.Calls.Count(static c => c.Path.StartsWith("/devices/last-time/", StringComparison.Ordinal)) > 2, "polled on", session);
        Assert.Equal(["ONE", "TWO"], session.GetAlerts().Select(static a => a.Header).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_alert_told_twice_is_one()
    {
        using KismetWeb web = new();
        web.Alert(RestRig.Alert("ONE", 1_700_000_000.5));
        using KismetConnection session = RestRig.Connect(web);
        await RestRig.Until(() => web.Listeners == 1 && session.GetAlerts().Count == 1, "subscribed and asked", session);
        web.Alert(RestRig.Alert("TWO", 1_700_000_001.25));
        web.Publish("ALERT", RestRig.Alert("TWO", 1_700_000_001.25));
        web.CutBus();
        await RestRig.Until(() => web.Listeners == 1 && web.Http.Calls.Count(static c => c.Path == "/eventbus/events.ws") == 2, "subscribed again", session);
        await RestRig.Until(() => web.Http.Calls.Count(static c => c.Path.StartsWith("/alerts/last-time/", StringComparison.Ordinal)) > 2, "asked again", session);
        Assert.Equal(["ONE", "TWO"], session.GetAlerts().Select(static a => a.Header));
    }

    [Fact]
    public async Task Messages_that_are_broken_too_long_or_of_a_wrong_kind_cost_themselves_and_a_counter()
    {
        using KismetWeb web = new();
        web.Put(RestRig.Record(1));
        using KismetConnection session = RestRig.Connect(web);
        await RestRig.Until(() => web.Listeners == 1, "subscribed", session);
        web.PublishRaw("{\"ALERT\": {\"kismet.alert.header\":");
        web.PublishRaw("no JSON");
        web.PublishRaw("[1,2]");
        web.PublishRaw($"{{\"MESSAGE\": \"{new string('x', 2_000_000)}\"}}");
        web.PublishRaw("{\"DATASOURCE_CLOSED\": \"4E1D07C3-0000-0000-0000-0000712115AE\"}");
        web.PublishRaw("{\"ALERT\": 0, \"MESSAGE\": [1], \"NEW_DEVICE\": {\"m\": 5}}");
        web.Publish("ALERT", RestRig.Alert("AFTER", 1_700_000_000.5));
        await RestRig.Until(() => session.GetAlerts().Count == 1, "what came after", session);
        Assert.Equal(4, session.Statistics.DropReasons.Single(static r => r.Name == "EventMalformed").Count);
        Assert.Equal(KismetSessionState.Running, session.State);
        Assert.Equal(1, web.Listeners);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(401)]
    [InlineData(502)]
    [InlineData(200)]
    public async Task Without_an_event_bus_polls_bring_the_alerts(int status)
    {
        using KismetWeb web = new();
        web.Tamper = (call, reply) => call.Path == "/eventbus/events.ws" ? WebReply.Html(status) : reply;
        using KismetConnection session = RestRig.Connect(web);
        await RestRig.Until(() => web.Http.Calls.Any(static c => c.Path == "/eventbus/events.ws"), "asked for", session);
        web.Alert(RestRig.Alert("POLLED", 1_700_000_000.5));
        await RestRig.Until(() => session.GetAlerts().Count == 1, "the alert", session);
        Assert.Equal(KismetSessionState.Running, session.State);
    }

    [RestSamplesFact]
    public async Task The_recorded_event_stream_gives_its_devices_alerts_and_messages_in_fragments_of_any_size()
    {
        string[] messages = [.. RestSamples.ReadText("ws-eventbus.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Message)];
        Assert.True(messages.Length > 40);
        using KismetWeb web = new();
        Random random = new(7);
        web.Tamper = (call, reply) => call.Path != "/eventbus/events.ws" ? reply : new WebReply
        {
            Socket = async (socket, stop) =>
            {
                foreach (string message in messages)
                {
                    byte[] bytes = Encoding.UTF8.GetBytes(message);
                    for (int at = 0; at < bytes.Length;)
                    {
                        int size = Math.Min(bytes.Length - at, random.Next(1, 4096));
                        await socket.SendAsync(bytes.AsMemory(at, size), WebSocketMessageType.Text, at + size == bytes.Length, stop);
                        at += size;
                    }
                }

                await Task.Delay(Timeout.Infinite, stop);
            },
        };
        using KismetConnection session = RestRig.Connect(web);
        await RestRig.Until(() => session.GetAlerts().Count == 5, "the alerts", session);
        await RestRig.Until(() => session.Server.Messages.Count == 5, "the messages", session);
        Assert.Equal(KismetSessionState.Running, session.State);

        // Its devices are full records: the recorder named no fields. They are none of ours, and disturb nothing.
        Assert.Equal(0, session.Statistics.DropReasons.FirstOrDefault(static r => r.Name == "EventMalformed")?.Count ?? 0);
    }

    // The first poll and that after the subscription may be one or two.
    private static async Task<int> SettledAsync(KismetWeb web, KismetConnection session)
    {
        await RestRig.Until(() => web.Listeners == 1 && Polls(web) > 0, "subscribed", session);
        int polls;
        do
        {
            polls = Polls(web);
            await Task.Delay(2000);
        }
        while (polls != Polls(web));
        return polls;
    }

    private static string Message(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty("msg").GetRawText();
    }

    private static int Polls(KismetWeb web) => web.Http.Calls.Count(static c => c.Path.StartsWith("/devices/last-time/", StringComparison.Ordinal));
}
