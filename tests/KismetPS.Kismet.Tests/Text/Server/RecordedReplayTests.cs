using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using KismetPS.Capture;
using KismetPS.Kismet.Tests.Drones;
using KismetPS.Kismet.Text;
using KismetPS.Kismet.Text.Server;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Kismet.Tests.Text.Server;

/// <summary>
/// What real clients were recorded to say is said to our server, over a socket and in pieces cut anywhere, and its answers are compared with those of
/// the real server: byte for byte, but for what is different on purpose, which <see cref="Expected"/> names.
/// </summary>
public sealed partial class RecordedReplayTests
{
    private const string LastId = "31999";

    // Offered by the real servers and never sent by ours, so ours does not offer them.
    private static readonly string[] NotServed = ["PACKET", "STRING", "WEPKEY", "TRACKINFO", "COMMON", "CRITFAIL", "PLUGIN", "DEVTAG"];

    private static readonly string[] StableControl = ["CHANLOCK", "CHANHOP", "PAUSE", "RESUME", "ADDWEPKEY", "DELWEPKEY"];

    private static readonly string[] NewcoreControl =
    [
        "SHUTDOWN", "ADDSOURCE", "DELSOURCE", "RESTARTSOURCE", "HOPSOURCE", "CHANSOURCE", "ADDNETTAG", "DELNETTAG", "ADDCLITAG", "DELCLITAG", "ADDTRACKERFILTER", "ADDNETCLIFILTER",
        "ADDSTRINGSFILTER", "STRINGS", "ADDWEPKEY", "DELWEPKEY",
    ];

    // Malformed ones and those that a NUL costs are in ClientConversationTests: there the real servers err in ways that ours does not repeat.
    [KismetReferenceTheory]
    [InlineData("2005-01-greeting-capability.txt")]
    [InlineData("2005-02-enable-and-commands.txt")]
    [InlineData("2008-01-greeting.txt")]
    [InlineData("2016-01-greeting.txt")]
    [InlineData("2016-02-capability.txt")]
    [InlineData("2016-03-enable-star.txt")]
    [InlineData("2016-05-live-enable-star.txt")]
    [InlineData("2016-06-commands.txt")]
    [InlineData("2016-07-shutdown.txt")]
    [InlineData("2016-08-server-with-drone.txt")]
    [InlineData("client2005-server2005.pcap")]
    [InlineData("client2016-panels.pcap")]
    public async Task Answers_are_those_of_the_real_server(string file)
    {
        (byte[] said, string[] heard) = Read(file);
        TextEra era = Lines.Era(file);
        using ScriptedCapture session = Hear();
        string[] greeting = heard[0].Split(' ');
        using KismetServer server = Serve(session, era);
        List<string> got = await Replay(server, said, new Random(file.Length));

        // The greeting has its words in the same form; name, time and release are ours.
        Assert.Equal(greeting.Select(Shape), got[0].Split(' ').Select(Shape));
        Assert.Equal("0.0.0", got[0].Split(' ')[1]);
        string[] listed = got[1]["*PROTOCOLS: ".Length..].Split(',');
        Assert.Equal(heard[1]["*PROTOCOLS: ".Length..].Split(',')[..7], listed[..7]);
        Assert.Empty(heard[1]["*PROTOCOLS: ".Length..].Split(',').Except(listed).Except(NotServed));

        Queue<string> theirs = new(heard.Where(static l => Answer().IsMatch(l)));
        Queue<string> ours = new(got.Where(static l => Answer().IsMatch(l)));
        foreach (string[] command in Commands(said))
        {
            List<string> real = Take(theirs, command, era);
            Assert.Equal(Expected(command, real, era), Comparable(Take(ours, command, era), real));
        }

        Assert.Empty(ours);
        Forms(heard, got);
    }

    [KismetReferenceFact]
    public async Task One_that_may_shuts_the_server_down_as_recorded()
    {
        (byte[] said, string[] heard) = Read("2016-07-shutdown.txt");
        using ScriptedCapture session = Hear();
        using KismetServer server = Serve(session, TextEra.Newcore, control: true);
        List<string> got = await Replay(server, said, new Random(7), last: false);

        // What comes behind the good-bye is of the sources, which here go on.
        int end = Array.FindIndex(heard, static l => l.StartsWith("*TERMINATE", StringComparison.Ordinal));
        Assert.Equal(heard[2..(end + 1)], got[2..].Where(static l => !l.StartsWith("*TIME", StringComparison.Ordinal)));
        await server.Completion.WaitAsync(TimeSpan.FromSeconds(120));
    }

    /// <summary>What our server is to answer where the real one answered this.</summary>
    private static List<string> Expected(string[] command, List<string> real, TextEra era)
    {
        string id = command[0];
        string name = command[1].ToUpperInvariant();
        string argument = command.Length > 2 ? command[2] : string.Empty;
        if (NotServed.Contains(argument) && name is "CAPABILITY" or "ENABLE" or "REMOVE")
        {
            return era == TextEra.Stable
                ? [$"*ERROR: {id} Unknown protocol {argument}", $"*ERROR: {id} Unknown command '{name}'"]
                : [$"*ERROR: {id} \u0001Unknown protocol: '{argument}'\u0001 "];
        }

        if (era == TextEra.Newcore && argument is "NETWORK" or "CARD" && name == "CAPABILITY")
        {
            // One server for both eras has the sentences of both.
            return [$"*CAPABILITY: {argument}", $"*ACK: {id} \u0001OK\u0001 "];
        }

        if ((era == TextEra.Stable ? StableControl : NewcoreControl).Contains(name))
        {
            const string Refused = "Control is not allowed on this server";
            return [era == TextEra.Stable ? $"*ERROR: {id} {Refused}" : $"*ERROR: {id} \u0001{Refused}\u0001 "];
        }

        if (name == "LISTWEPKEYS")
        {
            return [era == TextEra.Stable ? $"*ERROR: {id} Server has no WEP keys" : $"*ERROR: {id} \u0001Server has no WEP keys\u0001 "];
        }

        return real;
    }

    // Behind the real server's fields ours has those of the other era.
    private static List<string> Comparable(List<string> ours, List<string> real) => ours.ConvertAll(line =>
    {
        string? theirs = real.Find(static l => l.StartsWith("*CAPABILITY", StringComparison.Ordinal));
        return !line.StartsWith("*CAPABILITY", StringComparison.Ordinal) ? line
            : theirs is null ? line[..line.LastIndexOf(' ')]
            : IsWithin(theirs, line) ? theirs
            : line;
    });

    // All fields of theirs in their order. Ours of NETWORK are those of 2008, which has two more in the middle.
    private static bool IsWithin(string theirs, string line)
    {
        string[] fields = theirs.Split(' ', ',');
        int found = 0;
        foreach (string field in line.Split(' ', ','))
        {
            found += found < fields.Length && field == fields[found] ? 1 : 0;
        }

        return found == fields.Length;
    }

    /// <summary>Every sentence that both sent has, word for word, values of the same form in ours as in the real one.</summary>
    private static void Forms(string[] heard, List<string> got)
    {
        foreach (IGrouping<string, string> lines in heard.Where(static l => !Answer().IsMatch(l) && l.StartsWith('*')).GroupBy(static l => l[..l.IndexOf(' ', StringComparison.Ordinal)]))
        {
            if (lines.Key is "*KISMET:" or "*PROTOCOLS:" or "*STATUS:" or "*TERMINATE:" or "*STRING:" or "*PACKET:")
            {
                continue;
            }

            HashSet<string>[]? forms = null;
            foreach (List<string> words in lines.Select(Words))
            {
                forms ??= [.. words.Select(static _ => new HashSet<string>())];
                for (int i = 0; i < Math.Min(forms.Length, words.Count); i++)
                {
                    forms[i].Add(Shape(words[i]));
                }
            }

            foreach (string line in got.Where(l => l.StartsWith(lines.Key, StringComparison.Ordinal)))
            {
                List<string> words = Words(line);
                Assert.True(words.Count >= forms!.Length, $"too few words: {line}");
                for (int i = 0; i < Math.Min(words.Count, forms!.Length); i++)
                {
                    // An empty word where it is not quoted is what ours never sends, and a float may happen to be whole.
                    Assert.True(forms[i].Contains(Shape(words[i])) || forms[i].Contains("") || (Shape(words[i]) == "n" && forms[i].Contains("f")) || (Shape(words[i]) == "f" && forms[i].Contains("n")),
                        $"word {i} '{words[i]}' of {line} is none of {string.Join(' ', forms[i])}");
                }
            }
        }
    }

    private static List<string> Words(string line)
    {
        List<string> words = [];
        Assert.Equal(SentenceStatus.Ok, SentenceReader.Read(Lines.Bytes(line), TextEra.Newcore, out SentenceReader sentence));
        while (sentence.TryRead(out Word word))
        {
            words.Add(Lines.Text(word.Raw));
        }

        return words;
    }

    private static string Shape(string word) =>
        word.Length == 0 ? ""
        : word[0] == '\u0001' ? "q"
        : Mac().IsMatch(word) ? "mac"
        : Guid.TryParseExact(word, "D", out _) ? "uuid"
        : IPAddress.TryParse(word, out _) && word.Count(static c => c == '.') == 3 ? "ip"
        : long.TryParse(word, CultureInfo.InvariantCulture, out _) || ulong.TryParse(word, CultureInfo.InvariantCulture, out _) ? "n"
        : double.TryParse(word, CultureInfo.InvariantCulture, out _) ? "f"
        : "w";

    private static (byte[] Said, string[] Heard) Read(string file)
    {
        if (file.EndsWith(".pcap", StringComparison.Ordinal))
        {
            IReadOnlyList<TcpStream> streams = KismetReference.Streams(file);
            TcpStream server = streams.First(static s => s.SourcePort == 2501);
            TcpStream client = streams.First(s => s.DestinationPort == 2501 && s.SourcePort == server.DestinationPort);
            return (client.Bytes, Split(server.Bytes));
        }

        IReadOnlyList<TranscriptLine> lines = KismetReference.Transcript(file);
        return ([.. lines.Where(static l => !l.FromServer).SelectMany(static l => l.Bytes)], Split([.. lines.Where(static l => l.FromServer).SelectMany(static l => l.Bytes)]));
    }

    private static string[] Split(byte[] bytes) => [.. Lines.Text(bytes).Split('\n').Where(static l => l.Length > 0)];

    private static IEnumerable<string[]> Commands(byte[] said) => Lines.Text(said).Split('\n').Where(static l => l.StartsWith('!')).Select(static l => l[1..].Split(' '));

    /// <summary>The answers to one command, which come in the order of the commands.</summary>
    private static List<string> Take(Queue<string> answers, string[] command, TextEra era)
    {
        List<string> taken = [];
        int most = command[1].Equals("CAPABILITY", StringComparison.OrdinalIgnoreCase) || era == TextEra.Stable ? 2 : 1;
        while (taken.Count < most && answers.TryPeek(out string? line) && Belongs(line, command, taken))
        {
            taken.Add(answers.Dequeue());
        }

        return taken;
    }

    private static bool Belongs(string line, string[] command, List<string> taken)
    {
        string[] words = line.Split(' ');
        bool isFirst = taken.Count == 0;
        return words[0] switch
        {
            "*CAPABILITY:" => command.Length > 2 && words[1].Equals(command[2], StringComparison.OrdinalIgnoreCase) && !taken.Exists(static l => l.StartsWith("*CAP", StringComparison.Ordinal)),
            "*ACK:" => words[1] == command[0] && !taken.Exists(static l => !l.StartsWith("*CAP", StringComparison.Ordinal)),

            // Stable's client numbers all its commands 0: the error says of what it is.
            _ => words[1] == command[0] && !taken.Exists(static l => !l.StartsWith("*ERROR", StringComparison.Ordinal)) && (command[0] != "0" || !isFirst || words[^1] == command[2]),
        };
    }

    private static ScriptedCapture Hear()
    {
        ScriptedCapture session = ScriptedCapture.Start();
        FrameOrigin sensor = session.AddOrigin("sensor1", "roof");
        session.Add(sensor, FrameBuilder.Beacon(HubRig.Ap, "Coherer", 1, SecurityPreset.Wpa2Psk).Build());
        session.Add(sensor, FrameBuilder.ToDs(HubRig.Ap, HubRig.Station, HubRig.Ap).Protect(DataProtection.Ccmp).Body(new byte[20]).Build());
        session.Add(sensor, FrameBuilder.ProbeRequest(HubRig.Prober, "my home").Build());
        session.Add(sensor, FrameBuilder.Deauthentication(new KismetPS.Wireless.MacAddress(0xFFFF_FFFF_FFFF), HubRig.Ap, HubRig.Ap).Build());
        HubRig.Await(session, 4);
        return session;
    }

    private static KismetServer Serve(DeviceSession session, TextEra era, bool control = false) =>
        KismetServer.Start([session], new KismetServerOptions { Port = 0, Era = era, AllowControl = control, ServerName = "LegacyKismet2016" });

    private static async Task<List<string>> Replay(KismetServer server, byte[] said, Random random, bool last = true)
    {
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 120_000 };
        await client.ConnectAsync(IPAddress.Loopback, server.Port);
        using StreamReader reader = new(new NetworkStream(client), Encoding.Latin1);
        List<string> got = [(await reader.ReadLineAsync())!, (await reader.ReadLineAsync())!];
        await ScriptedPeer.SendInPiecesAsync(client, said, random);
        if (last)
        {
            await client.SendAsync(Lines.Bytes($"!{LastId} CAPABILITY TIME\n"));
        }

        bool capability = false;
        bool acknowledged = false;
        while (!(capability && acknowledged) && await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(120)) is string line)
        {
            bool own = line.StartsWith($"*ACK: {LastId}", StringComparison.Ordinal);
            acknowledged |= own;
            if (line == "*CAPABILITY: TIME timesec" && last)
            {
                capability = acknowledged || got.Count(static l => l == "*CAPABILITY: TIME timesec") == Commands(said).Count(static c => c is [_, "CAPABILITY", "TIME"]);
                own = capability;
            }

            if (!own)
            {
                got.Add(line);
            }
        }

        return got;
    }

    [GeneratedRegex(@"^\*(ACK|ERROR|CAPABILITY): ")]
    private static partial Regex Answer();

    [GeneratedRegex("^([0-9A-F]{2}:){5}[0-9A-F]{2}$")]
    private static partial Regex Mac();
}
