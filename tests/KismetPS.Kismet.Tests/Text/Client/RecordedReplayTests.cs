using System.Globalization;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.Text;
using KismetPS.TestKit;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Kismet.Tests.Text.Client;

/// <summary>Every recording of a real server, said again over a socket in random pieces: the model holds what was said.</summary>
public sealed class RecordedReplayTests
{
    private static readonly string[] s_files = [.. KismetReference.Transcripts, "client2005-server2005.pcap", "client2016-panels.pcap"];

    public static TheoryData<string> All => new(s_files);

    [KismetReferenceTheory]
    [MemberData(nameof(All))]
    public void The_model_holds_what_the_server_said(string file)
    {
        RecordedConversation said = Conversation(file);

        // Stable takes lines that end with LF, then CR LF, for one, and repeats them with the LF in its error: the second half is no sentence.
        Assert.Equal(file == "2005-03-malformed.txt" ? ["!19 CAPABILITY GPS"] : [], said.Misfits.Select(static l => Lines.Text(l)));
        using ScriptedServer server = new(said);
        using KismetConnection session = Connect(server);
        List<Row> rows = [.. server.Told.Select(l => Row.Of(l, said))];
        AssertDevices(rows, session);
        AssertNetworks(rows, session);
        AssertAlerts(rows, session);
        AssertSources(rows, session);

        // Groups that stable takes for clients are no devices; everything else is understood.
        int groups = rows.Count(static r => (r.Name is "CLIENT" or "NETWORK" or "BSSID" && IsGroup(r["bssid"])) || (r.Name is "CLIENT" && IsGroup(r["mac"])));
        Assert.Equal((0L, groups == 0 ? "" : $"GroupAddress {groups}"), (session.Statistics.Malformed, string.Join(", ", session.Statistics.DropReasons.Select(static r => $"{r.Name} {r.Count}"))));
    }

    [KismetReferenceTheory]
    [MemberData(nameof(All))]
    public async Task Commands_get_the_answers_that_were_recorded(string file)
    {
        RecordedConversation said = Conversation(file);
        using ScriptedServer server = new(said);
        using KismetConnection session = Connect(server);
        foreach ((string command, List<byte[]> answers) in said.Answers)
        {
            string[] words = command.Split(' ');
            if (words[0].ToUpperInvariant() is "CAPABILITY" or "ENABLE" or "REMOVE" || command.Any(static c => c < ' ' && c != 1) || words[0].Length == 0)
            {
                continue;
            }

            string answer = Lines.Text(answers[0]);
            if (answer.StartsWith("*ACK", StringComparison.Ordinal))
            {
                KismetCommandReply reply = await session.Link.SendAsync(command, [], null, default);
                Assert.Equal(said.Catalog.Era == TextEra.Stable ? null : "OK", reply.Text);
            }
            else
            {
                KismetException refused = await Assert.ThrowsAsync<KismetException>(() => session.Link.SendAsync(command, [], null, default));
                Assert.Equal(KismetErrorId.CommandRefused, refused.Id);
                Assert.Contains(refused.Message, answer, StringComparison.Ordinal);
                Assert.NotEmpty(refused.Message);
            }
        }

        Assert.Equal(0, session.Statistics.Malformed);
    }

    [KismetReferenceFact]
    public void What_is_in_the_order_asked_for_is_said_byte_for_byte()
    {
        int same = 0;
        foreach (string file in s_files)
        {
            RecordedConversation said = Conversation(file);
            using ScriptedServer server = new(said);
            using KismetConnection session = Connect(server);
            HashSet<string> recorded = [.. said.Sentences.Select(static s => Lines.Text(s.Line))];
            foreach (string told in server.Told.Select(static l => Lines.Text(l)))
            {
                // Keys are asked for first and what old servers forget to quote last; CLIENT.dot11d of newcore never.
                bool moved = told.Split(':')[0] is "*ALERT" or "*SOURCE" or "*CARD" or "*WEPKEY" or "*SSID" or "*STATUS" || (told.StartsWith("*CLIENT", StringComparison.Ordinal) && said.Catalog.Era == TextEra.Newcore) || file.EndsWith(".pcap", StringComparison.Ordinal);

                // Where the client recorded changed its mind, what all its lists have is asked for.
                string name = told[1..told.IndexOf(':', StringComparison.Ordinal)];
                moved |= said.Sentences.Any(s => s.Fields.Name == name && s.Fields.Count != said.Offer(name)!.Count);
                Assert.True(moved || recorded.Contains(told), $"{file}: {told}");
                same += recorded.Contains(told) ? 1 : 0;
            }
        }

        Assert.True(same > 300, $"{same} lines");
    }

    private static void AssertDevices(List<Row> rows, KismetConnection session)
    {
        Dictionary<string, KismetDevice> devices = session.GetDevices().ToDictionary(static d => d.MacAddress);
        HashSet<string> removed = [.. rows.Where(static r => r.Name is "BSSID" && r["type"] == "256" || r.Name is "NETWORK" && r["type"] == "5").Select(static r => r["bssid"])];
        HashSet<string> told = [];
        foreach (Row row in rows)
        {
            string? address = row.Name switch { "BSSID" or "NETWORK" => row["bssid"], "CLIENT" or "SSID" => row["mac"], _ => null };
            bool ofGroup = address is not null && (IsGroup(address) || (row.Name == "CLIENT" && IsGroup(row["bssid"])));
            if (address is not null && !ofGroup && !removed.Contains(address) && address != "00:00:00:00:00:00")
            {
                told.Add(address);
            }
        }

        Assert.Equal(told.Order(StringComparer.Ordinal), devices.Keys.Order(StringComparer.Ordinal));
        foreach (Row last in rows.Where(static r => r.Name is "BSSID" or "NETWORK").GroupBy(static r => r["bssid"]).Select(static g => g.Last()).Where(r => told.Contains(r["bssid"])))
        {
            KismetDevice device = devices[last["bssid"]];
            if (last["type"] == "0")
            {
                Assert.Equal(KismetDeviceType.AccessPoint, device.Type);
                Assert.Equal((last["bssid"], last["channel"] == "0" ? null : last["channel"]), (device.MacAddress, last["channel"] == "0" ? null : device.Channel?.ToString(CultureInfo.InvariantCulture)));
            }

            Assert.True(last["lasttime"].Length == 0 || device.LastSeen >= DateTimeOffset.FromUnixTimeSeconds(long.Parse(last["lasttime"], CultureInfo.InvariantCulture)));
        }

        foreach (IGrouping<string, Row> client in rows.Where(static r => r.Name == "CLIENT").GroupBy(static r => r["mac"]).Where(g => told.Contains(g.Key) && g.First()["datapackets"].Length > 0))
        {
            // Its data in all its networks, each as told last.
            long data = client.GroupBy(static r => r["bssid"]).Where(static g => !IsGroup(g.Key)).Sum(static g => long.Parse(g.Last()["datapackets"], CultureInfo.InvariantCulture));
            Assert.Equal((client.Key, data), (client.Key, devices[client.Key].DataPackets));
        }
    }

    private static void AssertNetworks(List<Row> rows, KismetConnection session)
    {
        HashSet<string> shown = [.. session.GetNetworks().Select(static n => $"{n.Bssid} {n.Ssid}")];
        HashSet<string> served = [.. rows.Where(static r => r.Name == "SSID" && r["type"] is "0" or "1").Select(static r => r["mac"])];
        foreach (Row row in rows.Where(static r => r.Name == "SSID" && r["type"] is "0" or "1" && r["ssid"].Length > 0 && !r["ssid"].Contains('\\', StringComparison.Ordinal)))
        {
            Assert.Contains($"{row["mac"]} {row["ssid"]}", shown);
        }

        foreach (Row row in rows.Where(static r => r.Name == "NETWORK" && r["type"] == "0" && !IsGroup(r["bssid"])).GroupBy(static r => r["bssid"]).Select(static g => g.Last()))
        {
            served.Add(row["bssid"]);
            string name = row["ssid"] == "<no ssid>" ? "" : row["ssid"];
            if (!name.Contains('\\', StringComparison.Ordinal))
            {
                Assert.Contains($"{row["bssid"]} {name}", shown);
            }
        }

        Assert.All(session.GetNetworks(), n => Assert.True(served.Contains(n.Bssid) || rows.Any(r => r.Name == "NETWORK" && r["bssid"] == n.Bssid && r["ssid"] != "<no ssid>") || rows.Any(r => r.Name == "NETWORK" && r["bssid"] == n.Bssid && r["type"] is "1" or "3"), n.Bssid));
    }

    private static void AssertAlerts(List<Row> rows, KismetConnection session)
    {
        HashSet<string> told = [.. rows.Where(static r => r.Name == "ALERT").Select(static r => $"{r["sec"]} {r["usec"]} {r["header"]} {r["bssid"]} {r["source"]} {r["text"]}")];
        IReadOnlyList<KismetAlert> alerts = session.GetAlerts();
        Assert.Equal(told.Count, alerts.Count);
        Assert.All(alerts, a => Assert.Contains(told, t => t.Contains($" {a.Header} ", StringComparison.Ordinal) && t.StartsWith(a.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));
    }

    private static void AssertSources(List<Row> rows, KismetConnection session)
    {
        Dictionary<string, Row> told = rows.Where(static r => r.Name is "SOURCE" or "CARD").GroupBy(static r => r.Name == "SOURCE" ? r["uuid"] : r["id"]).ToDictionary(static g => g.Key, static g => g.Last());
        IReadOnlyList<KismetSource> sources = session.Link.GetSourcesAsync(default).Result;
        Assert.Equal(told.Keys.Order(StringComparer.Ordinal), sources.Select(static s => s.Uuid).Order(StringComparer.Ordinal));
        Assert.All(sources, s => Assert.Equal((told[s.Uuid]["interface"], told[s.Uuid]["packets"]), (s.Interface ?? "", s.Packets?.ToString(CultureInfo.InvariantCulture) ?? "")));
    }

    private static bool IsGroup(string address) => address.Length == 17 && (Convert.ToByte(address[..2], 16) & 1) != 0;

    private static RecordedConversation Conversation(string file) =>
        file.EndsWith(".pcap", StringComparison.Ordinal) ? RecordedConversation.OfCapture(file) : RecordedConversation.Of(file);

    private static KismetConnection Connect(ScriptedServer server) => TextRig.Open(server.Port);

    /// <summary>A line as told, by the names it was asked for with: split by the test itself.</summary>
    private sealed record Row(string Name, Dictionary<string, string> Values)
    {
        /// <summary>The value, empty where the field was not asked for.</summary>
        public string this[string field] => Values.GetValueOrDefault(field, "");

        public static Row Of(byte[] line, RecordedConversation said)
        {
            string text = Lines.Text(line);
            string name = text[1..text.IndexOf(':', StringComparison.Ordinal)];
            string rest = text[(name.Length + 3)..];
            SentenceDefinition offer = said.Offer(name)!;
            string[] fields = [.. KismetPS.Kismet.Text.Client.TextSubscription.All(offer, said.Catalog.Era).Names];
            List<string> words = [];
            for (int at = 0; at < rest.Length;)
            {
                bool quoted = rest[at] == '\u0001';
                int end = quoted ? rest.IndexOf('\u0001', at + 1) : rest.IndexOf(' ', at);
                end = end < 0 ? rest.Length : end;
                words.Add(rest[(quoted ? at + 1 : at)..end]);
                at = end + (quoted ? 2 : 1);
            }

            Dictionary<string, string> values = [];
            for (int i = 0; i < fields.Length && i < words.Count; i++)
            {
                values[fields[i]] = words[i].Trim(' ');
            }

            return new Row(name, values);
        }
    }
}
