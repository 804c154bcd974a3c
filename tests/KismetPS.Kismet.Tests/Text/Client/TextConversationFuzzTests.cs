using KismetPS.Kismet.Text;
using KismetPS.Kismet.Text.Client;
using KismetPS.TestKit;
using KismetPS.Tracking;
using KismetPS.Tracking.Remote;
using Xunit;

namespace KismetPS.Kismet.Tests.Text.Client;

/// <summary>The conversation without a socket: what real servers said, cut anywhere and damaged anyhow.</summary>
public sealed class TextConversationFuzzTests
{
    private static readonly DateTimeOffset s_now = new(2016, 11, 19, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Files => new([.. KismetReference.Transcripts, "client2005-server2005.pcap", "client2016-panels.pcap"]);

    [KismetReferenceTheory]
    [MemberData(nameof(Files))]
    public void However_it_is_cut_it_says_the_same(string file)
    {
        byte[] said = Said(file);
        string whole = Run(said, [said.Length], out string asked);
        Random random = new(1);
        for (int round = 0; round < 5; round++)
        {
            List<int> pieces = [];
            for (int left = said.Length; left > 0;)
            {
                int piece = Math.Min(left, round == 0 && said.Length < 20_000 ? 1 : random.Next(1, 2000));
                pieces.Add(piece);
                left -= piece;
            }

            Assert.Equal(whole, Run(said, pieces, out string again));
            Assert.Equal(asked, again);
        }
    }

    [KismetReferenceTheory]
    [MemberData(nameof(Files))]
    public void Whatever_is_damaged_nothing_is_thrown_and_nothing_grows(string file)
    {
        byte[] said = Said(file);
        Random random = new(2);
        for (int round = 0; round < 40; round++)
        {
            byte[] damaged = [.. said];
            for (int flips = random.Next(1, 200); flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => (byte)' ', _ => 1 };
            }

            RemoteTables tables = new(maxDevices: 50, maxAlerts: 20, sessionId: 1);
            TextConversation conversation = new(new TextWorld(tables), everything: true);
            conversation.Begin();
            conversation.Feed(damaged, s_now);
            Assert.InRange(tables.DeviceCount, 0, 50);
            Assert.InRange(tables.NetworkCount, 0, 100);
            Assert.InRange(tables.Alerts(0).Count, 0, 20);
            Assert.InRange(conversation.Output.Length, 0, 64 * 1024);

            // What is damaged can be shown still.
            tables.Devices(new DeviceFilter(), 0, long.MaxValue, static (d, _) => d.MacAddress.Length == 17 && d.ToString()!.Length > 0);
            tables.Networks(new DeviceFilter(), 0, static n => n.Bssid.Length == 17);
        }
    }

    // The server's side of the recording with the answers put to the questions that our client asks.
    private static byte[] Said(string file)
    {
        RecordedConversation recorded = file.EndsWith(".pcap", StringComparison.Ordinal) ? RecordedConversation.OfCapture(file) : RecordedConversation.Of(file);
        using ScriptedServer server = new(recorded);
        using System.Net.Sockets.TcpClient tcp = new("127.0.0.1", server.Port);
        RemoteTables tables = new(1000, 100, 1);
        TextConversation conversation = new(new TextWorld(tables), everything: true);
        conversation.Begin();
        List<byte> said = [];
        byte[] buffer = new byte[65536];
        while (conversation.Phase != TextPhase.Running)
        {
            int count = tcp.GetStream().Read(buffer);
            Assert.NotEqual(0, count);
            said.AddRange(buffer.AsSpan(0, count));
            conversation.Feed(buffer.AsSpan(0, count), s_now);
            if (conversation.Output.Length > 0)
            {
                tcp.GetStream().Write(conversation.Output.Span);
                conversation.Sent();
            }
        }

        return [.. said];
    }

    private static string Run(byte[] said, List<int> pieces, out string asked)
    {
        RemoteTables tables = new(10_000, 1000, 1);
        TextWorld world = new(tables);
        TextConversation conversation = new(world, everything: true);
        conversation.Begin();
        System.Text.StringBuilder sent = new();
        int at = 0;
        foreach (int piece in pieces)
        {
            conversation.Feed(said.AsSpan(at, piece), s_now);
            sent.Append(Lines.Text(conversation.Output.Span));
            conversation.Sent();
            at += piece;
        }

        asked = sent.ToString();
        List<string> model = [$"{conversation.Phase} {world.Taken} {tables.AlertCount} {string.Join(',', Enum.GetValues<TextDropReason>().Select(world.Dropped))}"];
        tables.Devices(new DeviceFilter(), 0, long.MaxValue, (d, _) =>
        {
            model.Add(System.Text.Json.JsonSerializer.Serialize(d));
            return true;
        });
        tables.Networks(new DeviceFilter(), 0, n =>
        {
            model.Add(System.Text.Json.JsonSerializer.Serialize(n));
            return true;
        });
        return string.Join('\n', model);
    }
}
