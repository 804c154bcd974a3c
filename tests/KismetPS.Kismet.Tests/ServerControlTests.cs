using System.Net;
using System.Net.Sockets;
using System.Text;
using KismetPS.Capture;
using KismetPS.Capture.Live;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.Tests.Drones;
using KismetPS.Kismet.Tests.Rest;
using KismetPS.Kismet.Tests.Text;
using KismetPS.Kismet.Tests.Text.Client;
using KismetPS.Kismet.Text;
using KismetPS.TestKit.Web;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Kismet.Tests;

/// <summary>What clients may do to sources where control is allowed: over sockets, in the forms of both eras.</summary>
public sealed class ServerControlTests : IDisposable
{
    private const string Remote = "435f77cc-e581-11f1-8735-3605de248d0e";

    private readonly List<IDisposable> _owned = [];

    [Fact]
    public void Without_control_nothing_is_touched_in_either_era()
    {
        TunableCapture radio = Own(TunableCapture.Start());
        using Client newer = Connect(Serve(radio, TextEra.Newcore, control: false));
        string uuid = newer.Uuid();
        foreach (string command in new[] { $"DELSOURCE {uuid}", $"HOPSOURCE {uuid} LOCK 6", $"CHANSOURCE {uuid} 1,6" })
        {
            Assert.Equal("*ERROR: 7 \u0001Control is not allowed on this server\u0001 ", newer.Ask($"!7 {command}\n", "*ERROR"));
        }

        using Client old = Connect(Serve(radio, TextEra.Stable, control: false));
        foreach (string command in new[] { "CHANLOCK 0 6", "CHANHOP 0", "PAUSE", "RESUME" })
        {
            Assert.StartsWith("*ERROR: 7 Control is not allowed on this server", old.Ask($"!7 {command}\n", "*ERROR"));
        }

        Assert.Equal((KismetSessionState.Running, 0), (radio.State, radio.Tuned.Count));
    }

    [Fact]
    public async Task A_source_removed_ends_its_session_and_is_told_no_more()
    {
        ScriptedCapture kept = Own(ScriptedCapture.Start());
        TunableCapture radio = Own(TunableCapture.Start());
        KismetServer server = Own(KismetServer.Start([radio, kept], new KismetServerOptions { Port = 0, AllowControl = true }));
        using Client client = Connect(server);
        string uuid = client.Uuid();
        client.Say("!2 ENABLE STATUS *\n!3 ENABLE INFO numsources\n");
        Assert.Equal("*INFO: 2 ", client.Until("*INFO"));
        Assert.Equal("*ACK: 8 \u0001OK\u0001 ", client.Ask($"!8 DELSOURCE {uuid}\n", "*ACK: 8"));
        await radio.Completion.WaitAsync(TextRig.Patience);
        Assert.Equal((KismetSessionState.Stopped, KismetSessionState.Running), (radio.State, kept.State));
        client.Until("*INFO: 1 ");
        Assert.Equal(
            $"*ERROR: 9 \u0001Invalid UUID in DELSOURCE command, couldn't find source with UUID {uuid}\u0001 ", client.Ask($"!9 DELSOURCE {uuid}\n", "*ERROR"));
    }

    [Fact]
    public void A_radio_is_locked_to_a_channel_by_clients_of_both_eras()
    {
        TunableCapture radio = Own(TunableCapture.Start());
        using Client newer = Connect(Serve(radio, TextEra.Newcore));
        using Client old = Connect(Serve(radio, TextEra.Stable));
        string uuid = newer.Uuid();
        Assert.Equal("*ACK: 7 \u0001OK\u0001 ", newer.Ask($"!7 HOPSOURCE {uuid} LOCK 11\n", "*ACK: 7"));
        Assert.Equal("*ACK: 7", old.Ask("!7 CHANLOCK 0 6\n", "*ACK: 7"));
        Assert.Equal([11, 6], radio.Tuned);
        newer.Say("!8 ENABLE SOURCE channel\n");
        newer.Until("*SOURCE: 6 ");

        // What nothing here can do stays refused.
        Assert.Contains("cannot hop", newer.Ask($"!9 HOPSOURCE {uuid} HOP 3\n", "*ERROR"), StringComparison.Ordinal);
        Assert.Contains("cannot hop", newer.Ask($"!9 HOPSOURCE {uuid} DWELL 3\n", "*ERROR"), StringComparison.Ordinal);
        Assert.Contains("Invalid value, expected number", newer.Ask($"!9 HOPSOURCE {uuid} LOCK x\n", "*ERROR"), StringComparison.Ordinal);
        Assert.Contains("Invalid value, expected number", newer.Ask($"!9 HOPSOURCE {uuid} LOCK\n", "*ERROR"), StringComparison.Ordinal);
        Assert.Contains("Expected LOCK, HOP or DWELL", newer.Ask($"!9 HOPSOURCE {uuid}\n", "*ERROR"), StringComparison.Ordinal);
        Assert.Contains("cannot change channel", newer.Ask($"!9 CHANSOURCE {uuid} 1,6\n", "*ERROR"), StringComparison.Ordinal);
        Assert.StartsWith("*ERROR: 9 invalid chanhop request, source cannot change channel", old.Ask("!9 CHANHOP 0\n", "*ERROR"));
        Assert.StartsWith("*ERROR: 9 invalid chanlock request, unknown meta id", old.Ask("!9 CHANLOCK 1 6\n", "*ERROR"));
        Assert.Equal("*ERROR: 9 invalid chanlock request", old.Ask("!9 CHANLOCK 0 six\n", "*ERROR").TrimEnd());
        Assert.StartsWith("*ERROR: 9 Sources cannot be paused here", old.Ask("!9 PAUSE\n", "*ERROR"));
        Assert.Equal(2, radio.Tuned.Count);
    }

    [Fact]
    public void Why_a_radio_cannot_be_tuned_is_the_answer()
    {
        TunableCapture radio = Own(TunableCapture.Start());
        const string Why = "'wlan9' cannot be tuned to channel 200: there is no such channel in the 2.4 and 5 GHz bands.";
        using Client newer = Connect(Serve(radio, TextEra.Newcore));
        Assert.Equal($"*ERROR: 7 \u0001{Why}\u0001 ", newer.Ask($"!7 HOPSOURCE {newer.Uuid()} LOCK 200\n", "*ERROR"));
        using Client old = Connect(Serve(radio, TextEra.Stable));
        Assert.Equal($"*ERROR: 7 {Why}", old.Ask("!7 CHANLOCK 0 200\n", "*ERROR").TrimEnd());
        Assert.Equal(KismetSessionState.Running, radio.State);
    }

    [LoopbackCaptureFact]
    public void An_interface_that_is_no_radio_says_so()
    {
        KismetCapture capture = Own(KismetCapture.Start(new LiveCaptureOptions { Interface = "lo" }));
        using Client client = Connect(Serve(capture, TextEra.Newcore));
        Assert.StartsWith("*ERROR: 7 \u0001'lo' cannot be tuned to channel 6: ", client.Ask($"!7 HOPSOURCE {client.Uuid()} LOCK 6\n", "*ERROR"));
        Assert.Equal(KismetSessionState.Running, capture.State);
    }

    [Fact]
    public void A_driver_that_takes_its_time_holds_up_nobody_and_orders_keep_their_order()
    {
        TunableCapture radio = Own(TunableCapture.Start());
        using Client client = Connect(Serve(radio, TextEra.Newcore));
        using Client other = Connect((KismetServer)_owned.Last(static o => o is KismetServer));
        string uuid = client.Uuid();
        radio.Ready.Reset();
        client.Say(string.Concat(Enumerable.Range(1, 33).Select(i => $"!{100 + i} HOPSOURCE {uuid} LOCK {1 + (i % 11)}\n")));
        Assert.Equal("*ERROR: 133 \u0001Too many commands for sources are under way\u0001 ", client.Until("*ERROR"));
        client.Say("!200 CAPABILITY TIME\n");
        Assert.Equal("*CAPABILITY: TIME timesec", client.Until("*CAPABILITY"));
        other.Until("*TIME");
        other.Until("*TIME");
        Assert.Empty(radio.Tuned);
        radio.Ready.Set();
        HashSet<string> answered = [];
        while (answered.Count < 32)
        {
            // One that waited too long on a busy machine is answered with that; none is left without an answer.
            string[] words = client.Until("*").Split(' ');
            if (words[0] is "*ACK:" or "*ERROR:" && words[1] is ['1', _, _] and not "133")
            {
                Assert.True(answered.Add(words[1]));
            }
        }

        for (int i = 0; i < 12_000 && radio.Tuned.Count < 32; i++)
        {
            Thread.Sleep(10);
        }

        Assert.Equal(Enumerable.Range(1, 32).Select(static i => 1 + (i % 11)), radio.Tuned);
    }

    [Fact]
    public void Sources_of_a_server_served_further_are_listed_and_changed_there()
    {
        ScriptedServer far = Own(new ScriptedServer(
            SentenceCatalog.Find("2016-07-R1")!, [Lines.Bytes($"*SOURCE: wlan0 mac80211 attic 6 {Remote} 12 1 3 0 0 0 1:3,6,11 0 \u0001\u0001 ")]));
        KismetConnection near = Own(Connection(far.Port));
        using Client newer = Connect(Serve(near, TextEra.Newcore));
        newer.Say("!5 ENABLE SOURCE uuid,interface,type,username,channel,packets\n");
        Assert.Equal($"*SOURCE: {Remote} wlan0 mac80211 attic 6 12 ", newer.Until($"*SOURCE: {Remote}"));
        int before = far.Commands.Count;
        string[] passed = [$"HOPSOURCE {Remote} LOCK 11", $"HOPSOURCE {Remote} HOP 5", $"HOPSOURCE {Remote} DWELL 2", $"CHANSOURCE {Remote} 1,6,11", $"DELSOURCE {Remote}"];
        foreach (string command in passed)
        {
            // Told each second, as real servers do; one that says nothing of a source has removed it.
            far.Say($"*SOURCE: wlan0 mac80211 attic 6 {Remote} 12 1 3 0 0 0 1:3,6,11 0 \u0001\u0001 \n");
            Assert.Equal("*ACK: 9 \u0001OK\u0001 ", newer.Ask($"!9 {command}\n", "*ACK: 9"));
        }

        Assert.Equal(passed, far.Commands.Skip(before));
        Assert.Equal(KismetSessionState.Running, near.State);
    }

    [Fact]
    public void A_stable_server_behind_is_locked_hopped_paused_and_resumed()
    {
        ScriptedServer far = Own(new ScriptedServer(SentenceCatalog.Find("2005-08-R1")!, [Lines.Bytes("*CARD: wlan0 prism2 \u0001attic\u0001 6 0 12 1 ")]));
        KismetServer server = Serve(Own(Connection(far.Port)), TextEra.Stable);
        using Client old = Connect(server);
        old.Say("!5 ENABLE CARD username\n");
        Assert.Equal("*CARD: \u0001attic\u0001 ", old.Until("*CARD: \u0001attic"));
        int before = far.Commands.Count;
        string[] passed = ["CHANLOCK 0 11", "CHANHOP 0", "PAUSE", "RESUME"];
        foreach (string command in passed)
        {
            Assert.Equal("*ACK: 9", old.Ask($"!9 {command}\n", "*ACK: 9"));
        }

        Assert.Equal(passed, far.Commands.Skip(before));
    }

    [Fact]
    public async Task An_old_client_steers_the_sources_of_a_modern_server()
    {
        using KismetWeb web = new();
        KismetConnection near = Own(RestRig.Connect(web));
        KismetSource source = (await near.Link.AddSourceAsync("wlan0:name=x", default))!;
        using Client newer = Connect(Serve(near, TextEra.Newcore));
        newer.Say("!5 ENABLE SOURCE uuid,interface\n");
        newer.Until($"*SOURCE: {source.Uuid.ToLowerInvariant()}");
        Assert.Equal("*ACK: 9 \u0001OK\u0001 ", newer.Ask($"!9 HOPSOURCE {source.Uuid} LOCK 11\n", "*ACK: 9"));
        Assert.Equal(("11", false), await NowAsync(s => (s.Channel, s.Hopping == true)));
        Assert.Equal("*ACK: 10 \u0001OK\u0001 ", newer.Ask($"!10 HOPSOURCE {source.Uuid} HOP 2\n", "*ACK: 10"));
        Assert.Equal((true, 2.0), await NowAsync(s => (s.Hopping == true, s.HopRate ?? 0)));
        using Client old = Connect(Serve(near, TextEra.Stable));
        old.Say("!5 ENABLE CARD interface\n");
        old.Until("*CARD: wlan0");
        Assert.Equal("*ACK: 9", old.Ask("!9 PAUSE\n", "*ACK: 9"));
        Assert.True(await NowAsync(static s => s.Paused));
        Assert.Equal("*ACK: 10 \u0001OK\u0001 ", newer.Ask($"!10 DELSOURCE {source.Uuid}\n", "*ACK: 10"));
        Assert.False(await NowAsync(static s => s.Running));

        async Task<T> NowAsync<T>(Func<KismetSource, T> of) => of(Assert.Single(await near.Link.GetSourcesAsync(default)));
    }

    [Fact]
    public void The_text_of_a_refusal_behind_is_the_answer_here()
    {
        ScriptedCapture capture = Own(ScriptedCapture.Start());
        KismetServer far = Serve(capture, TextEra.Newcore, control: false);
        using Client client = Connect(Serve(Own(Connection(far.Port)), TextEra.Newcore));
        Assert.Equal("*ERROR: 9 \u0001Control is not allowed on this server\u0001 ", client.Ask($"!9 DELSOURCE {client.Uuid()}\n", "*ERROR: 9"));
        Assert.Equal(KismetSessionState.Running, capture.State);

        KismetServer open = Serve(capture, TextEra.Newcore);
        using Client through = Connect(Serve(Own(Connection(open.Port)), TextEra.Newcore));
        Assert.Equal("*ACK: 9 \u0001OK\u0001 ", through.Ask($"!9 DELSOURCE {through.Uuid()}\n", "*ACK: 9"));
        Assert.Equal(KismetSessionState.Stopped, capture.State);
    }

    public void Dispose()
    {
        for (int i = _owned.Count - 1; i >= 0; i--)
        {
            _owned[i].Dispose();
        }
    }

    private static KismetConnection Connection(int port) =>
        KismetConnection.Start(TextRig.Options(port), ServerLinks.Create);

    private static Client Connect(KismetServer server) => new(server.Port);

    private KismetServer Serve(DeviceSession session, TextEra era, bool control = true) =>
        Own(KismetServer.Start([session], new KismetServerOptions { Port = 0, Era = era, AllowControl = control }));

    private T Own<T>(T owned)
        where T : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }

    private sealed class Client : IDisposable
    {
        private readonly TcpClient _tcp = new(AddressFamily.InterNetwork);
        private readonly StreamReader _reader;

        public Client(int port)
        {
            _tcp.Connect(IPAddress.Loopback, port);
            _tcp.ReceiveTimeout = 120_000;
            _reader = new StreamReader(_tcp.GetStream(), Encoding.Latin1);
        }

        public void Say(string text) => _tcp.GetStream().Write(Lines.Bytes(text));

        public string Ask(string command, string start)
        {
            Say(command);
            return Until(start);
        }

        /// <summary>The next line that begins so.</summary>
        public string Until(string start)
        {
            long end = Environment.TickCount64 + 120_000;
            while (Environment.TickCount64 < end)
            {
                string line = _reader.ReadLine() ?? throw new EndOfStreamException(start);
                if (line.StartsWith(start, StringComparison.Ordinal))
                {
                    return line;
                }
            }

            throw new TimeoutException(start);
        }

        /// <summary>The number of the first source.</summary>
        public string Uuid()
        {
            Say("!1 ENABLE SOURCE uuid\n");
            string line = Until("*SOURCE");
            Say("!2 REMOVE SOURCE\n");
            Until("*ACK: 2");
            return line.Split(' ')[1];
        }

        public void Dispose() => _tcp.Dispose();
    }
}
