using KismetPS.Kismet.Text;
using KismetPS.Kismet.Text.Client;
using KismetPS.Tracking;
using KismetPS.Tracking.Remote;
using Xunit;

namespace KismetPS.Kismet.Tests.Text.Client;

/// <summary>The client's side of a conversation; the test is the server and the clock.</summary>
public sealed class TextConversationTests
{
    private static readonly DateTimeOffset s_start = new(2005, 12, 2, 21, 20, 0, TimeSpan.Zero);

    [Fact]
    public void A_server_that_never_tells_its_fields_is_asked_for_those_of_its_release()
    {
        TextConversation conversation = Begin(out RemoteTables tables, "*KISMET: 0.0.0 1133558400 \u0001old\u0001 20050815211952 0 2005.08.R1 \n*PROTOCOLS: KISMET,TIME,NETWORK,ALERT,NOSUCH\n");
        Assert.Equal(["CAPABILITY KISMET", "CAPABILITY TIME", "CAPABILITY NETWORK", "CAPABILITY ALERT", "CAPABILITY NOSUCH"], Said(conversation));
        conversation.Feed(Lines.Bytes("*TIME: 1133558405\n"), s_start.AddSeconds(5));
        Assert.Equal((TextPhase.Listing, 0), (conversation.Phase, conversation.Output.Length));
        conversation.Feed(Lines.Bytes("*TIME: 1133558406\n"), s_start.AddSeconds(6));
        string[] asked = Said(conversation);
        Assert.Equal(2, asked.Length);
        Assert.StartsWith("ENABLE NETWORK bssid,type,ssid,beaconinfo,", asked[0], StringComparison.Ordinal);
        Assert.DoesNotContain("rssi", asked[0], StringComparison.Ordinal);
        Assert.StartsWith("ENABLE ALERT bssid,sec,usec,", asked[1], StringComparison.Ordinal);

        // One without a time is of when it came.
        conversation.Feed(Lines.Bytes("*ALERT: 00:0C:41:82:B2:55 0 0 NETSTUMBLER 00:0C:41:00:00:01 FF:FF:FF:FF:FF:FF 00:00:00:00:00:00 6 \u0001probe\u0001 \n"), s_start.AddSeconds(7));
        Assert.Equal(s_start.AddSeconds(7), Assert.Single(tables.Alerts(0)).Time);
    }

    private static TextConversation Begin(out RemoteTables tables, string greeting)
    {
        tables = new RemoteTables(1000, 100, 1);
        TextConversation conversation = new(new TextWorld(tables), everything: false);
        conversation.Begin();
        conversation.Feed(Lines.Bytes(greeting), s_start);
        return conversation;
    }

    private static string[] Said(TextConversation conversation)
    {
        string[] commands = [.. Lines.Text(conversation.Output.Span).Split('\n')[..^1].Select(static c => c[(c.IndexOf(' ', StringComparison.Ordinal) + 1)..])];
        conversation.Sent();
        return commands;
    }
}
