using KismetPS.FieldTables;
using KismetPS.Kismet.Text;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Kismet.Tests.Text;

public sealed class SentenceCatalogTests
{
    [KismetReferenceFact]
    public void The_tables_are_what_the_tool_writes() =>
        Assert.Equal(
            FieldTableSource.Write(File.ReadAllText(KismetReference.Path("fields-by-release.json"))),
            File.ReadAllText(Checkout.At("src", "KismetPS.Kismet", "Text", "FieldTables.g.cs")).ReplaceLineEndings("\n"));

    [Fact]
    public void Sixteen_releases_of_two_eras()
    {
        Assert.Equal(16, SentenceCatalog.Releases.Count);
        Assert.Equal(5, SentenceCatalog.Releases.Count(static c => c.Era == TextEra.Stable));
        Assert.Equal("2008-05-R1", SentenceCatalog.Newest(TextEra.Stable).Release);
        Assert.Equal("2016-07-R1", SentenceCatalog.Newest(TextEra.Newcore).Release);
        Assert.Null(SentenceCatalog.Find("2018-01-R1"));
    }

    [Theory]
    [InlineData("2005.08.R1", "NETWORK", 52)]
    [InlineData("2005-08-R1", "CLIENT", 40)]
    [InlineData("2007-01-R1", "PACKET", 20)]
    [InlineData("2008.05.R1", "NETWORK", 54)]
    [InlineData("2009-05-R1", "BSSID", 57)]
    [InlineData("2009-11-R1", "BSSID", 58)]
    [InlineData("2010-01-R1", "GPS", 10)]
    [InlineData("2011-01-R1", "BSSIDSRC", 16)]
    [InlineData("2013-03-R1", "SSID", 14)]
    [InlineData("2016-07-R1", "SSID", 20)]
    [InlineData("2016-07-R1", "COMMON", 40)]
    [InlineData("2016-07-R1", "STRING", 4)]
    public void Fields_grew_over_the_years(string release, string sentence, int count) => Assert.Equal(count, SentenceCatalog.Find(release)!.Find(sentence)!.Count);

    [Fact]
    public void Case_counts_in_stable_only()
    {
        Assert.True(SentenceCatalog.Newest(TextEra.Newcore).TryGet("bssid"u8, out _));
        Assert.False(SentenceCatalog.Newest(TextEra.Stable).TryGet("network"u8, out _));
        Assert.True(SentenceCatalog.Newest(TextEra.Stable).TryGet("NETWORK"u8, out _));
        Assert.False(SentenceCatalog.Newest(TextEra.Stable).TryGet("NETWORKNETWORKNETWORK"u8, out _));
        Assert.False(SentenceCatalog.Newest(TextEra.Stable).TryGet(""u8, out _));
    }

    [KismetReferenceFact]
    public void Every_recorded_CAPABILITY_is_the_catalog_s()
    {
        int seen = 0;
        foreach ((string file, bool fromServer, byte[] bytes) in Lines.Recorded())
        {
            foreach (byte[] line in fromServer ? Lines.Framed(bytes) : [])
            {
                if (SentenceReader.Read(line, Lines.Era(file), out SentenceReader sentence) == SentenceStatus.Ok && sentence.Name.SequenceEqual("CAPABILITY"u8))
                {
                    Assert.True(SentenceDefinition.TryParse(sentence.Rest, out SentenceDefinition? told));
                    Assert.Equal(told!.ToString(), Lines.Catalog(file).Find(told.Name)?.ToString());
                    seen++;
                }
            }
        }

        Assert.True(seen > 80);
    }

    [KismetReferenceFact]
    public void Every_recorded_greeting_lists_what_the_catalog_has()
    {
        foreach ((string file, bool fromServer, byte[] bytes) in Lines.Recorded())
        {
            if (fromServer)
            {
                List<byte[]> lines = Lines.Framed(bytes);
                Assert.True(GreetingReader.TryRead(lines[0], out KismetGreeting? greeting));
                Assert.Equal(Lines.Era(file), greeting!.Era);
                Assert.Equal(2026, greeting.StartedUtc!.Value.Year);
                Assert.Equal(Lines.Era(file) == TextEra.Newcore ? null : Lines.Catalog(file).Release.Replace('-', '.'), greeting.Release);
                SentenceReader.Read(lines[1], greeting.Era, out SentenceReader protocols);
                Assert.Equal(greeting.Era, GreetingReader.EraOfProtocols(protocols.Rest));
                Assert.All(Lines.Text(protocols.Rest).Split(','), name => Assert.NotNull(Lines.Catalog(file).Find(name)));
            }
        }
    }

    [Fact]
    public void Both_forms_of_the_greeting()
    {
        Assert.True(GreetingReader.TryRead("*KISMET: 0.0.0 1795247759 \u0001My Kismet\u0001 20050815211952 0 2005.08.R1 "u8, out KismetGreeting? stable));
        Assert.Equal(new KismetGreeting(TextEra.Stable, "My Kismet", DateTimeOffset.FromUnixTimeSeconds(1795247759), "2005.08.R1", null, null), stable);
        Assert.True(GreetingReader.TryRead("*KISMET: 0.0.0 1795247389 \u0001L\u0001 \u0001pcapdump,gpsxml\u0001 1000 "u8, out KismetGreeting? newcore));
        Assert.Equal(new KismetGreeting(TextEra.Newcore, "L", DateTimeOffset.FromUnixTimeSeconds(1795247389), null, "pcapdump,gpsxml", 1000), newcore);
        Assert.True(GreetingReader.TryRead("*KISMET: 0.0.0 99999999999999999 \u0001L\u0001 \u0001\u0001"u8, out KismetGreeting? odd));
        Assert.Equal(new KismetGreeting(TextEra.Newcore, "L", null, null, "", null), odd);
        Assert.False(GreetingReader.TryRead("*KISMET: 0.0.0 1 \u0001L\u0001 "u8, out _));
        Assert.False(GreetingReader.TryRead("*TIME: 1"u8, out _));
        Assert.False(GreetingReader.TryRead("SSH-2.0-OpenSSH"u8, out _));
        Assert.Equal(TextEra.Unknown, GreetingReader.EraOfProtocols("KISMET,ERROR"u8));
        Assert.Equal(TextEra.Newcore, GreetingReader.EraOfProtocols("NETWORK,BSSID"u8));
    }

    [Fact]
    public void A_capability_that_is_none()
    {
        Assert.True(SentenceDefinition.TryParse("X a,b,"u8, out SentenceDefinition? one));
        Assert.Equal("X a,b", one!.ToString());
        foreach (string text in new[] { "", "X", "X ", " a", "X a,,b", "X a b", "ABCDEFGHIJKLMNOPQ a", "X " + new string('a', 65), "X " + string.Join(',', Enumerable.Repeat("a", 257)) })
        {
            Assert.False(SentenceDefinition.TryParse(Lines.Bytes(text), out _), text);
        }
    }

    [Theory]
    [InlineData(TextEra.Newcore, "networks,packets,", "0 1")]
    [InlineData(TextEra.Newcore, "PACKETS,networks,packets", "1 0 1")]
    [InlineData(TextEra.Newcore, "*garbage", "all")]
    [InlineData(TextEra.Newcore, "networks,*", "!*")]
    [InlineData(TextEra.Newcore, "networks,nope,x", "!nope")]
    [InlineData(TextEra.Newcore, "a,,b", "!a")]
    [InlineData(TextEra.Stable, "*", "all")]
    [InlineData(TextEra.Stable, "*,junk", "all")]
    [InlineData(TextEra.Stable, "*garbage", "!*garbage")]
    [InlineData(TextEra.Stable, "networks,*", "!*")]
    [InlineData(TextEra.Stable, "networks,", "!")]
    [InlineData(TextEra.Stable, "Networks", "!Networks")]
    [InlineData(TextEra.Stable, "crypt,networks", "2 0")]
    public void Lists_of_fields_as_each_era_reads_them(TextEra era, string list, string expected)
    {
        SentenceDefinition info = SentenceCatalog.Newest(era).Find("INFO")!;
        bool read = FieldSelection.TryParse(info, Lines.Bytes(list), era, out FieldSelection? selection, out ReadOnlySpan<byte> unknown);
        string found = !read ? "!" + Lines.Text(unknown) : selection!.Equals(FieldSelection.All(info)) ? "all" : string.Join(' ', selection.Indexes.ToArray());
        Assert.Equal(expected, found);
    }

    [Fact]
    public void A_list_is_bounded_and_equal_lists_are_equal()
    {
        SentenceDefinition info = SentenceCatalog.Newest(TextEra.Newcore).Find("INFO")!;
        Assert.False(FieldSelection.TryParse(info, Lines.Bytes(string.Join(',', Enumerable.Repeat("rate", FieldSelection.MaxCount + 1))), TextEra.Newcore, out _, out _));
        Assert.True(FieldSelection.TryParse(info, Lines.Bytes(string.Join(',', Enumerable.Repeat("rate", FieldSelection.MaxCount))), TextEra.Newcore, out FieldSelection? most, out _));
        Assert.Equal(FieldSelection.MaxCount, most!.Count);
        FieldSelection.TryParse(info, "rate,crypt"u8, TextEra.Newcore, out FieldSelection? one, out _);
        FieldSelection.TryParse(info, "RATE,crypt,"u8, TextEra.Newcore, out FieldSelection? same, out _);
        FieldSelection.TryParse(info, "crypt,rate"u8, TextEra.Newcore, out FieldSelection? other, out _);
        Assert.Equal(one, same);
        Assert.Equal(one!.GetHashCode(), same!.GetHashCode());
        Assert.NotEqual(one, other);
    }
}
