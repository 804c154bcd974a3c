using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.TestKit;
using KismetPS.TestKit.Web;
using Xunit;

namespace KismetPS.Kismet.Tests.Rest;

/// <summary>Capture sources of a server: told, added, changed, closed.</summary>
public sealed class RestSourceTests
{
    [RestSamplesFact]
    public async Task Recorded_sources_are_told_and_one_that_cannot_be_tuned_refuses_with_the_servers_reason()
    {
        using KismetWeb web = new KismetWeb(seed: 3).Load(RestSamples.Folder!);
        using KismetConnection session = RestRig.Connect(web);
        IReadOnlyList<KismetSource> sources = await session.Link.GetSourcesAsync(default);
        Assert.Equal(web.Sources.Count, sources.Count);
        Assert.All(sources, static s => Assert.Equal(("pcapfile", null, false), (s.Type, s.Channel, s.Hopping)));
        KismetException e = await Assert.ThrowsAsync<KismetException>(() => session.Link.SetSourceAsync(sources[0], new SourceChange { Channel = "6" }, default));
        Assert.Equal(KismetErrorId.CommandRefused, e.Id);
    }

    // As a server of 2025-09 refuses a file that is not there, with no message of it.
    [Fact]
    public async Task A_refusal_without_a_reason_says_so()
    {
        using KismetWeb web = new() { Tamper = static (call, reply) => call.Path.EndsWith(".cmd", StringComparison.Ordinal) ? WebReply.Json("{}", 500) : reply };
        using KismetConnection session = RestRig.Connect(web);
        KismetException e = await Assert.ThrowsAsync<KismetException>(() => session.Link.AddSourceAsync("wlan0", default));
        Assert.Equal(KismetErrorId.CommandRefused, e.Id);
        Assert.EndsWith("gives no reason.", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("messages", e.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_is_added_locked_hopped_paused_resumed_closed_and_opened()
    {
        using KismetWeb web = new();
        using KismetConnection session = RestRig.Connect(web);
        KismetSource source = (await session.Link.AddSourceAsync("wlan0:name=x", default))!;
        Assert.Equal(("linuxwifi", true, 5.0, null, "1,6,11"), (source.Type, source.Hopping, source.HopRate, source.Channel, string.Join(',', source.Channels)));

        await Change(new SourceChange { Channel = "6HT40+" }, "set_channel.cmd", "{\"channel\":\"6HT40\\u002B\"}");
        Assert.Equal(("6HT40+", false), ((await Now()).Channel, (await Now()).Hopping));
        await Change(new SourceChange { Channels = ["1", "36VHT80"], Hop = true, HopRate = 2.5 }, "set_channel.cmd", "{\"channels\":[\"1\",\"36VHT80\"],\"rate\":2.5}");
        Assert.Equal(("1,36VHT80", 2.5), (string.Join(',', (await Now()).Channels), (await Now()).HopRate));
        await Change(new SourceChange { Hop = true }, "set_hop.cmd", "{}");
        await Change(new SourceChange { DwellSeconds = 4 }, "set_hop.cmd", "{\"rate\":0.25}");
        await Change(new SourceChange { Paused = true }, "pause_source.cmd", "{}");
        Assert.True((await Now()).Paused);

        // It is so already: no error.
        await Change(new SourceChange { Paused = true }, "pause_source.cmd", "{}");
        await Change(new SourceChange { Paused = false }, "resume_source.cmd", "{}");
        await session.Link.RemoveSourceAsync(await Now(), default);
        Assert.False((await Now()).Running);
        await Change(new SourceChange { Paused = false }, "open_source.cmd", "{}");
        Assert.True((await Now()).Running);

        KismetException e = await Assert.ThrowsAsync<KismetException>(() => session.Link.RemoveSourceAsync(new KismetSource { Uuid = "00000000-0000-0000-0000-000000000001" }, default));
        Assert.Equal(KismetErrorId.SourceNotFound, e.Id);
        e = await Assert.ThrowsAsync<KismetException>(() => session.Link.AddSourceAsync("/no/such.pcap:type=pcapfile", default));
        Assert.Equal(KismetErrorId.CommandRefused, e.Id);
        Assert.Contains("no such file", e.Message, StringComparison.Ordinal);

        async Task Change(SourceChange change, string command, string json)
        {
            await session.Link.SetSourceAsync(await Now(), change, default);
            Assert.Equal(($"/datasource/by-uuid/{source.Uuid}/{command}", json), web.Commands.Last());
        }

        async Task<KismetSource> Now() => (await session.Link.GetSourcesAsync(default)).Single();
    }
}
