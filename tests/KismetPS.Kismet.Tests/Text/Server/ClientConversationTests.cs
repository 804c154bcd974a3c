using System.Text;
using KismetPS.Kismet.Text;
using KismetPS.Kismet.Text.Server;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using Xunit;

namespace KismetPS.Kismet.Tests.Text.Server;

public sealed class ClientConversationTests
{
    [Fact]
    public void Greeting_is_newcores_and_becomes_stables_with_the_first_command_of_a_stable_client()
    {
        using HubRig rig = new();
        ClientConversation client = rig.Hub.Connect();
        string greeting = HubRig.Text(client);
        Assert.StartsWith("*KISMET: 0.0.0 1773500966 \u0001LegacyKismet2016\u0001 \u0001\u0001 0 \n*PROTOCOLS: KISMET,ERROR,ACK,PROTOCOLS,CAPABILITY,TERMINATE,TIME,", greeting);
        Assert.Equal(
            "*KISMET: 0.0.0 1773500966 \u0001LegacyKismet2016\u0001 20050815211952 0 2005.08.R1 \n",
            HubRig.Say(client, "!0 ENABLE GPS lat,lon,alt,spd,heading,fix\n"));
        Assert.Equal(TextEra.Stable, client.Era);
    }

    [KismetReferenceTheory]
    [InlineData("2016-01-greeting.txt", TextEra.Newcore)]
    [InlineData("2005-01-greeting-capability.txt", TextEra.Stable)]
    public void Greeting_has_the_recorded_form(string file, TextEra era)
    {
        using HubRig rig = new(era);
        string[] recorded = Encoding.Latin1.GetString(KismetReference.Transcript(file).First(static l => l.FromServer).Bytes).Split(' ');
        string[] ours = HubRig.Text(rig.Hub.Connect()).Split('\n')[0].Split(' ');
        Assert.Equal(recorded.Length, ours.Length);
        Assert.Equal(recorded[1], ours[1]);
    }

    // ACK, ERROR and STATUS byte for byte. Left out: what a real server says of its own counters, and the commands of 2005-03 whose answers show
    // how it glues a line that ends in CR LF to the one before, and the one in 2005-07 that a NUL costs there and not here.
    [KismetReferenceTheory]
    [InlineData("2016-04-malformed.txt", TextEra.Newcore, "none")]
    [InlineData("2005-03-malformed.txt", TextEra.Stable, "18|19")]
    [InlineData("2005-07-nul-and-id0.txt", TextEra.Stable, "2")]
    public void Answers_are_those_recorded(string file, TextEra era, string leftOut)
    {
        IReadOnlyList<TranscriptLine> recorded = KismetReference.Transcript(file);
        string expected = Answers(string.Concat(recorded.Where(static l => l.FromServer).Select(static l => Encoding.Latin1.GetString(l.Bytes))), leftOut);
        byte[] said = [.. recorded.Where(static l => !l.FromServer).SelectMany(static l => l.Bytes)];
        foreach (int piece in new[] { said.Length, 1, 7 })
        {
            using HubRig rig = new(era);
            ClientConversation client = rig.Hub.Connect();
            StringBuilder got = new();
            for (int at = 0; at < said.Length; at += piece)
            {
                client.Receive(said.AsSpan(at, Math.Min(piece, said.Length - at)));
                got.Append(HubRig.Text(client));
            }

            Assert.Equal(expected, Answers(got.ToString(), leftOut));
        }
    }

    [Fact]
    public void Every_sentence_listed_tells_its_fields_and_all_fields_can_be_asked_for()
    {
        foreach (TextEra era in new[] { TextEra.Stable, TextEra.Newcore })
        {
            using HubRig rig = new(era);
            rig.HearSome();
            ClientConversation client = rig.Hub.Connect();
            string list = HubRig.Text(client).Split('\n')[1]["*PROTOCOLS: ".Length..];
            foreach (string name in list.Split(','))
            {
                string fields = HubRig.Say(client, $"!1 CAPABILITY {name}\n").Split('\n').Single(static l => l.StartsWith("*CAPABILITY", StringComparison.Ordinal)).Split(' ')[2];
                string answer = HubRig.Say(client, $"!2 ENABLE {name} {fields}\n");
                Assert.Contains("*ACK: 2", answer, StringComparison.Ordinal);
                string[] lines = [.. answer.Split('\n').Where(l => l.StartsWith($"*{name}: ", StringComparison.Ordinal) && name != "ACK")];
                foreach (string line in lines)
                {
                    Assert.Equal(fields.Split(',').Length, Words(line));
                }
            }
        }
    }

    [Theory]
    [InlineData("2005-08-R1")]
    [InlineData("2008-05-R1")]
    [InlineData("2009-11-R1")]
    [InlineData("2016-07-R1")]
    public void Fields_of_every_release_are_offered_in_the_sentences_served(string release)
    {
        SentenceCatalog recorded = SentenceCatalog.Find(release)!;
        foreach (SentenceDefinition sentence in recorded.Sentences)
        {
            foreach (ServerCatalog catalog in new[] { ServerCatalog.Of(TextEra.Stable), ServerCatalog.Of(TextEra.Newcore) })
            {
                if (sentence.Name is not ("ACK" or "ERROR" or "KISMET" or "STATUS") && catalog.TryGet(sentence.NameBytes, out ServedSentence? served))
                {
                    Assert.Empty(sentence.Fields.Except(served.Definition.Fields));
                }
            }
        }
    }

    [Fact]
    public void A_network_its_name_and_its_clients_are_dumped_when_asked_for()
    {
        using HubRig rig = new();
        rig.HearSome();
        ClientConversation client = rig.Hub.Connect();
        HubRig.Text(client);
        string said = HubRig.Say(client, "!1 ENABLE BSSID bssid,type,llcpackets,datapackets,cryptpackets,channel,\n");
        Assert.Equal("*BSSID: 00:0C:41:82:B2:55 0 1 1 1 1 \n*BSSID: 64:BC:0C:50:13:A9 2 1 0 0 0 \n*ACK: 1 \u0001OK\u0001 \n", said);
        said = HubRig.Say(client, "!2 enable ssid MAC,checksum,type,ssid,cryptset,cloaked\n");
        Assert.Equal(
            $"*SSID: 00:0C:41:82:B2:55 {SsidChecksum.Compute("Coherer"u8)} 0 \u0001Coherer\u0001 2097858 0 \n"
            + $"*SSID: 64:BC:0C:50:13:A9 {SsidChecksum.Compute("my home"u8)} 2 \u0001my home\u0001 0 0 \n*ACK: 2 \u0001OK\u0001 \n",
            said);
        said = HubRig.Say(client, "!3 ENABLE CLIENT bssid,mac,type,cryptpackets\n");
        Assert.Equal(
            "*CLIENT: 00:0C:41:82:B2:55 00:0C:41:82:B2:55 1 0 \n*CLIENT: 00:0C:41:82:B2:55 00:0D:93:82:36:3A 2 1 \n"
            + "*CLIENT: 64:BC:0C:50:13:A9 64:BC:0C:50:13:A9 2 0 \n*ACK: 3 \u0001OK\u0001 \n",
            said);
    }

    [Fact]
    public void Changes_come_with_the_tick_a_network_before_its_clients_and_only_what_changed()
    {
        using HubRig rig = new();
        rig.HearSome();
        ClientConversation client = rig.Hub.Connect();
        HubRig.Say(client, "!1 ENABLE CLIENT bssid,mac\n!2 ENABLE BSSID bssid\n!3 REMOVE TIME\n");
        rig.Tick();
        Assert.Equal(string.Empty, HubRig.Text(client));
        rig.Hear(FrameBuilder.ToDs(HubRig.Ap, HubRig.Station, HubRig.Ap).Snap(0x0800, 1).Build());
        rig.Tick();
        string said = HubRig.Text(client);
        Assert.StartsWith("*BSSID: 00:0C:41:82:B2:55 \n", said);
        Assert.Contains("*CLIENT: 00:0C:41:82:B2:55 00:0D:93:82:36:3A \n", said, StringComparison.Ordinal);
        Assert.DoesNotContain("64:BC:0C:50:13:A9", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Stable_client_gets_network_lines_its_scanf_can_read()
    {
        using HubRig rig = new();
        rig.HearSome();
        ClientConversation client = rig.Hub.Connect();
        HubRig.Say(client, "!0 ENABLE GPS lat,lon,alt,spd,heading,fix\n");
        string said = HubRig.Say(client, "!0 ENABLE NETWORK bssid,type,ssid,beaconinfo,wep,minlat,maxrate,cloaked\n");
        Assert.StartsWith("*NETWORK: 00:0C:41:82:B2:55 0 \u0001Coherer\u0001 \u0001 \u0001 706 90.000000 ", said);
        Assert.Contains("\n*NETWORK: 64:BC:0C:50:13:A9 2 \u0001<no ssid>\u0001 \u0001 \u0001 ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*", "^\\*INFO: [0-9]+( [0-9]+){6} 0 0 0( [0-9]+){6} \n$")]
    [InlineData("networks,packets,crypt,weak,noise,dropped,rate,signal", "^\\*INFO: [0-9]+( [0-9]+){6} 0 0 0 \n$")]
    [InlineData("signal,networks", "^\\*INFO: 0 0 0 2 \n$")]
    public void The_signal_of_stables_INFO_is_three_words_wherever_it_is_asked_for(string fields, string expected)
    {
        using HubRig rig = new(TextEra.Stable);
        rig.HearSome();
        ClientConversation client = rig.Hub.Connect();
        HubRig.Say(client, $"!0 ENABLE INFO {fields}\n!0 REMOVE TIME\n");
        rig.Tick();
        Assert.Matches(expected, HubRig.Text(client));
    }

    [Fact]
    public void The_same_fields_are_printed_once_for_all()
    {
        using HubRig rig = new();
        rig.HearSome();
        ClientConversation[] clients = [rig.Hub.Connect(), rig.Hub.Connect()];
        foreach (ClientConversation client in clients)
        {
            HubRig.Say(client, "!1 ENABLE BSSID *\n!2 REMOVE TIME\n");
        }

        rig.Hear(FrameBuilder.Beacon(HubRig.Ap, "Coherer", 1, SecurityPreset.Wpa2Psk).Build());
        rig.Tick();
        Assert.True(clients[0].TryTake(out ReadOnlyMemory<byte> first));
        Assert.True(clients[1].TryTake(out ReadOnlyMemory<byte> second));
        Assert.True(first.Equals(second), "two copies of one line");
    }

    [Fact]
    public void Asking_for_the_same_once_more_dumps_anew_and_goes_on()
    {
        using HubRig rig = new();
        rig.HearSome();
        ClientConversation client = rig.Hub.Connect();
        string once = HubRig.Say(client, "!1 ENABLE BSSID bssid\n!1 REMOVE TIME\n");
        Assert.EndsWith(HubRig.Say(client, "!1 ENABLE BSSID bssid\n!1 REMOVE TIME\n"), once, StringComparison.Ordinal);
        rig.Hear(FrameBuilder.Beacon(HubRig.Ap, "Coherer", 1, SecurityPreset.Wpa2Psk).Build());
        rig.Tick();
        Assert.Equal("*BSSID: 00:0C:41:82:B2:55 \n", HubRig.Text(client));
    }

    [Fact]
    public void The_same_bssid_in_two_sessions_is_one_network()
    {
        using HubRig rig = new(sessions: 2);
        byte[] beacon = FrameBuilder.Beacon(HubRig.Ap, "Coherer", 1).Build();
        rig.Hear(beacon);
        rig.Others[0].Session.Add(rig.Others[0].Sensor, beacon);
        HubRig.Await(rig.Others[0].Session, 1);
        rig.Tick();
        ClientConversation client = rig.Hub.Connect();
        HubRig.Text(client);
        Assert.Equal("*BSSID: 00:0C:41:82:B2:55 2 \n*ACK: 1 \u0001OK\u0001 \n", HubRig.Say(client, "!1 ENABLE BSSID bssid,llcpackets\n"));
    }

    [Fact]
    public void One_who_does_not_read_is_told_and_gets_everything_anew_and_costs_others_nothing()
    {
        using HubRig rig = new(queue: 2000);
        rig.HearSome();
        ClientConversation stuck = rig.Hub.Connect();
        ClientConversation brisk = rig.Hub.Connect();
        HubRig.Say(stuck, "!1 ENABLE STATUS *\n!2 ENABLE BSSID bssid\n");
        HubRig.Text(brisk);
        for (int i = 0; i < 300; i++)
        {
            rig.Tick();
            Assert.Equal("*TIME: 1773500971\n", HubRig.Text(brisk));
        }

        Assert.InRange(stuck.Queued, 0, 2000);
        Assert.InRange(stuck.Dropped, 200, 300);
        string said = HubRig.Text(stuck);
        Assert.Contains($"{stuck.Dropped} lines were dropped", said, StringComparison.Ordinal);
        Assert.EndsWith("*BSSID: 00:0C:41:82:B2:55 \n*BSSID: 64:BC:0C:50:13:A9 \n", said);
        rig.Tick();
        Assert.Equal("*TIME: 1773500971\n", HubRig.Text(stuck));
    }

    [Theory]
    [InlineData(false, "!7 SHUTDOWN\n", "*ERROR: 7 \u0001Control is not allowed on this server\u0001 \n")]
    [InlineData(false, "!7 ADDSOURCE wlan0\n", "*ERROR: 7 \u0001Control is not allowed on this server\u0001 \n")]
    [InlineData(true, "!7 HOPSOURCE bad LOCK 6\n", "*ERROR: 7 \u0001Invalid UUID in HOPSOURCE command\u0001 \n")]
    [InlineData(true, "!7 DELSOURCE 00000000-0000-0000-0000-000000000000\n", "*ERROR: 7 \u0001Invalid UUID in DELSOURCE command, couldn't find source with UUID 00000000-0000-0000-0000-000000000000\u0001 \n")]
    [InlineData(false, "!7 LISTWEPKEYS\n", "*ERROR: 7 \u0001Server has no WEP keys\u0001 \n")]
    public void Commands_that_change_a_server_are_answered(bool control, string command, string answer)
    {
        bool ended = false;
        using HubRig rig = new(control: control, shutdown: () => ended = true);
        ClientConversation client = rig.Hub.Connect();
        HubRig.Text(client);
        Assert.Equal(answer, HubRig.Say(client, command));
        Assert.False(ended);
        Assert.Equal(1, client.Errors);
    }

    [Fact]
    public void Shutdown_is_obeyed_where_control_is_allowed()
    {
        bool ended = false;
        using HubRig rig = new(control: true, shutdown: () => ended = true);
        HubRig.Say(rig.Hub.Connect(), "!1 SHUTDOWN\n");
        Assert.True(ended);
    }

    [Fact]
    public void Whatever_a_client_sends_others_are_served_and_lines_stay_whole()
    {
        Random random = new(20261121);
        using HubRig rig = new(queue: 100_000);
        rig.HearSome();
        string[] scraps = ["!", "1 ", "ENABLE ", "BSSID ", "*", ",", "\n", "\r\n", "\0", "\u0001", "CAPABILITY ", "REMOVE ", "TIME", "NETWORK ", "SSID ", "-5", "99999999999", "ssid", " ", "!0 ENABLE NETWORK *\n"];
        for (int round = 0; round < 300; round++)
        {
            ClientConversation client = rig.Hub.Connect();
            for (int i = 0; i < 60; i++)
            {
                string scrap = random.Next(4) == 0 ? ((char)random.Next(256)).ToString() : scraps[random.Next(scraps.Length)];
                client.Receive(Encoding.Latin1.GetBytes(scrap));
            }

            if (round % 10 == 0)
            {
                rig.Tick();
            }

            string said = HubRig.Text(client);
            Assert.EndsWith("\n", said);
            Assert.All(said.Split('\n')[..^1], static l => Assert.Matches(@"^\*[A-Z]{3,10}: [\x01\x20-\xB0]*$", l));
            rig.Hub.Disconnect(client);
        }

        ClientConversation other = rig.Hub.Connect();
        HubRig.Text(other);
        rig.Tick();
        Assert.Equal("*TIME: 1773500971\n", HubRig.Text(other));
        Assert.Equal(7, rig.Hub.Counts.Groups);
    }

    [Fact]
    public void Endless_lines_and_unread_answers_hold_no_memory()
    {
        using HubRig rig = new();
        ClientConversation client = rig.Hub.Connect();
        byte[] noise = new byte[4096];
        Array.Fill(noise, (byte)'x');
        for (int i = 0; i < 1000; i++)
        {
            client.Receive(noise);
        }

        Assert.Equal(1, client.Errors);
        client.Receive("\n"u8);
        Assert.True(client.WantsInput);
        for (int i = 0; i < 100; i++)
        {
            client.Receive("!1 NOSUCH\n"u8);
        }

        Assert.False(client.WantsInput);
        HubRig.Text(client);
        Assert.True(client.WantsInput);
    }

    private static string Answers(string text, string leftOut) => string.Concat(text.Split('\n')
        .Where(l => (l.StartsWith("*ACK", StringComparison.Ordinal) || l.StartsWith("*ERROR", StringComparison.Ordinal) || l.StartsWith("*STATUS", StringComparison.Ordinal))
            && !System.Text.RegularExpressions.Regex.IsMatch(l, $"^\\*[A-Z]+: ({leftOut})( |$)"))
        .Select(static l => l + "\n"));

    private static int Words(string line)
    {
        int words = 0;
        bool quoted = false;
        foreach (char c in line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])
        {
            quoted ^= c == '\u0001';
            words += !quoted && c == ' ' ? 1 : 0;
        }

        return words;
    }
}
