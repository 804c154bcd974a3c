using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.Text;
using Xunit;

namespace KismetPS.Kismet.Tests.Text.Client;

/// <summary>Capture sources of servers of both eras, by the commands each understands.</summary>
public sealed class TextSourceCommandTests
{
    private const string Uuid = "435f77cc-e581-11f1-8735-3605de248d0e";

    [Fact]
    public async Task Newcore_locks_hops_dwells_lists_channels_adds_and_removes()
    {
        using ScriptedServer server = new(
            SentenceCatalog.Find("2016-07-R1")!,
            [Lines.Bytes($"*SOURCE: wlan0 mac80211 attic {6} {Uuid} 12 1 3 0 0 0 1:3,6,11 0 \u0001\u0001 ")]);
        using KismetConnection session = Open(server);
        KismetSource source = Assert.Single(await session.Link.GetSourcesAsync(default));
        Assert.Equal((Uuid, "attic", "wlan0", "mac80211", "6", true, 3.0, 12L), (source.Uuid, source.Name, source.Interface, source.Type, source.Channel, source.Hopping, source.HopRate, source.Packets));
        Assert.Equal(["1", "6", "11"], source.Channels.Select(static c => c.Split(':')[0]));
        Assert.Equal([$"HOPSOURCE {Uuid} LOCK 11"], await Sent(session, server, source, new SourceChange { Channel = "11" }));
        Assert.Equal([$"HOPSOURCE {Uuid} HOP 5"], await Sent(session, server, source, new SourceChange { HopRate = 5 }));
        Assert.Equal([$"HOPSOURCE {Uuid} HOP 3"], await Sent(session, server, source, new SourceChange { Hop = true }));
        Assert.Equal([$"HOPSOURCE {Uuid} DWELL 2"], await Sent(session, server, source, new SourceChange { DwellSeconds = 2 }));
        Assert.Equal([$"CHANSOURCE {Uuid} 1,6,11", $"HOPSOURCE {Uuid} HOP 3"], await Sent(session, server, source, new SourceChange { Channels = ["1", "6", "11"], Hop = true }));
        Assert.Equal(KismetErrorId.CommandNotSupported, (await Assert.ThrowsAsync<KismetException>(() => session.Link.SetSourceAsync(source, new SourceChange { Paused = true }, default))).Id);

        int before = server.Commands.Count;
        KismetSource? added = await session.Link.AddSourceAsync("wlan0:name=attic,hop=true", default);
        Assert.Equal("wlan0", added?.Interface);
        await session.Link.AddSourceAsync("wlan1:name=two words", default);
        await session.Link.RemoveSourceAsync(source, default);
        Assert.Equal(["ADDSOURCE wlan0:name=attic,hop=true", "ADDSOURCE \u0001wlan1:name=two words\u0001", $"DELSOURCE {Uuid}"], server.Commands.Skip(before));
        Assert.Empty(await session.Link.GetSourcesAsync(default));
    }

    [Fact]
    public async Task Stable_locks_hops_pauses_and_resumes_and_says_what_it_cannot()
    {
        using ScriptedServer server = new(SentenceCatalog.Find("2005-08-R1")!, [Lines.Bytes("*CARD: wlan0 prism2 \u0001attic\u0001 6 0 12 1 ")]);
        using KismetConnection session = Open(server);
        KismetSource source = Assert.Single(await session.Link.GetSourcesAsync(default));
        Assert.Equal(("0", "attic", "wlan0", "6", true), (source.Uuid, source.Name, source.Interface, source.Channel, source.Hopping));
        Assert.Equal(["CHANLOCK 0 11"], await Sent(session, server, source, new SourceChange { Channel = "11" }));
        Assert.Equal(["CHANHOP 0"], await Sent(session, server, source, new SourceChange { Hop = true }));
        Assert.Equal(["PAUSE"], await Sent(session, server, source, new SourceChange { Paused = true }));
        Assert.True(Assert.Single(await session.Link.GetSourcesAsync(default)).Paused);
        Assert.Equal(["RESUME"], await Sent(session, server, source, new SourceChange { Paused = false }));
        int before = server.Commands.Count;
        foreach (SourceChange change in new[] { new SourceChange { DwellSeconds = 1 }, new SourceChange { HopRate = 2 }, new SourceChange { Channels = ["1", "6"] } })
        {
            Assert.Equal(KismetErrorId.CommandNotSupported, (await Assert.ThrowsAsync<KismetException>(() => session.Link.SetSourceAsync(source, change, default))).Id);
        }

        Assert.Equal(KismetErrorId.CommandNotSupported, (await Assert.ThrowsAsync<KismetException>(() => session.Link.AddSourceAsync("prism2,wlan1,x", default))).Id);
        Assert.Equal(KismetErrorId.CommandNotSupported, (await Assert.ThrowsAsync<KismetException>(() => session.Link.RemoveSourceAsync(source, default))).Id);
        Assert.Equal(before, server.Commands.Count);
    }

    [Fact]
    public async Task Sources_that_are_told_only_with_the_next_second_are_waited_for()
    {
        using ScriptedServer server = new(SentenceCatalog.Find("2005-08-R1")!, []);
        using KismetConnection session = Open(server);
        Task<IReadOnlyList<KismetSource>> asked = session.Link.GetSourcesAsync(default);
        Assert.False(asked.IsCompleted);
        server.Say("*CARD: prism2 \u0001attic\u0001 6 0 12 1 wlan0 \n");
        IReadOnlyList<KismetSource> told = await asked.WaitAsync(TextRig.Patience);

        // It waits for two seconds and a half; a busy machine may take as long to say and to read it.
        told = told.Count > 0 ? told : await session.Link.GetSourcesAsync(default);
        Assert.Equal("attic", Assert.Single(told).Name);

        using ScriptedServer without = new(SentenceCatalog.Find("2005-08-R1")!, []);
        using KismetConnection none = Open(without);
        Assert.Empty(await none.Link.GetSourcesAsync(default));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    [InlineData("")]
    [InlineData(" PAUSE")]
    public async Task What_cannot_be_one_line_is_not_sent(string command)
    {
        using ScriptedServer server = new(SentenceCatalog.Find("2016-07-R1")!, []);
        using KismetConnection session = Open(server);
        int before = server.Commands.Count;
        Assert.Equal(KismetErrorId.ArgumentInvalid, (await Assert.ThrowsAsync<KismetException>(() => session.Link.SendAsync(command, [], null, default))).Id);
        Assert.Equal(KismetErrorId.ArgumentInvalid, (await Assert.ThrowsAsync<KismetException>(() => session.Link.SendAsync("HOPSOURCE", ["a\u0001b\n"], null, default))).Id);
        await session.Link.SendAsync("PING", [], null, default);
        Assert.Equal(["PING"], server.Commands.Skip(before));
    }

    [Theory]
    [InlineData("ENABLE", "BSSID", "bssid")]
    [InlineData("REMOVE", "BSSID", null)]
    [InlineData("REMOVE", "TIME", null)]
    [InlineData("enable", "ssid", "*")]
    public async Task What_the_connection_lives_on_is_not_taken_from_it(string command, string sentence, string? fields)
    {
        using ScriptedServer server = new(SentenceCatalog.Find("2016-07-R1")!, []);
        using KismetConnection session = Open(server);
        KismetException refused = await Assert.ThrowsAsync<KismetException>(() => session.Link.SendAsync(command, fields is null ? [sentence] : [sentence, fields], null, default));
        Assert.Equal(KismetErrorId.ArgumentInvalid, refused.Id);
    }

    // Names hold no blanks: what cannot be one is the same mistake whichever era answers.
    [Theory]
    [InlineData("ENABLE", "STRING", "bssid, text")]
    [InlineData("enable", "NO SUCH", "*")]
    [InlineData("ENABLE STRING bssid, text", null, null)]
    [InlineData("CAPABILITY", "NO SUCH", null)]
    [InlineData("REMOVE", "NO SUCH", null)]
    [InlineData("REMOVE NO SUCH", null, null)]
    public async Task A_blank_within_a_name_is_not_sent_to_a_server_of_either_era(string command, string? first, string? second)
    {
        string[] arguments = [.. new[] { first, second }.OfType<string>()];
        foreach (string release in new[] { "2005-08-R1", "2008-05-R1", "2016-07-R1" })
        {
            using ScriptedServer server = new(SentenceCatalog.Find(release)!, []);
            using KismetConnection session = Open(server);
            int before = server.Commands.Count;
            KismetException refused = await Assert.ThrowsAsync<KismetException>(() => session.Link.SendAsync(command, arguments, null, default));
            Assert.Equal((release, KismetErrorId.ArgumentInvalid, before), (release, refused.Id, server.Commands.Count));
        }
    }

    [Fact]
    public async Task What_was_refused_or_could_not_be_sent_may_be_asked_for_again()
    {
        using ScriptedServer server = new(SentenceCatalog.Find("2016-07-R1")!, []) { Refuses = "nosuch" };
        using KismetConnection session = Open(server);
        Assert.Equal(KismetErrorId.CommandRefused, (await Assert.ThrowsAsync<KismetException>(() => session.Link.SendAsync("ENABLE", ["STRING", "nosuch"], null, default))).Id);
        Assert.Equal(KismetErrorId.ArgumentInvalid, (await Assert.ThrowsAsync<KismetException>(() => session.Link.SendAsync("ENABLE STRING bssid\t", [], null, default))).Id);
        Assert.Equal("OK", (await session.Link.SendAsync("ENABLE", ["STRING", "bssid"], null, default)).Text);
    }

    private static async Task<IEnumerable<string>> Sent(KismetConnection session, ScriptedServer server, KismetSource source, SourceChange change)
    {
        int before = server.Commands.Count;
        await session.Link.SetSourceAsync(source, change, default);
        return server.Commands.Skip(before).ToArray();
    }

    private static KismetConnection Open(ScriptedServer server) => TextRig.Open(server.Port);
}
