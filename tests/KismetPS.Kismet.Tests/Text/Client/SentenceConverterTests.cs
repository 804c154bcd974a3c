using KismetPS.Kismet.Text;
using KismetPS.Kismet.Text.Client;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Kismet.Tests.Text.Client;

/// <summary>Recorded lines as objects.</summary>
public sealed class SentenceConverterTests
{
    public static TheoryData<string> Transcripts => new(KismetReference.Transcripts);

    [Theory]
    [InlineData("*ACK: 7", "Stable", "cmdnum=7")]
    [InlineData("*ACK: 7 \u0001OK\u0001 ", "Newcore", "cmdid=7;text=OK")]
    [InlineData("*STATUS: all of it is text", "Stable", "text=all of it is text")]
    [InlineData("*STATUS: \u0001a b\u0001 4 ", "Newcore", "text=a b;flags=4")]
    [InlineData("*INFO: 1 2 3 4 5 6 7 -1 -1 -1 ", "Stable", "networks=1;packets=2;crypt=3;weak=4;noise=5;dropped=6;rate=7;signal=-1 -1 -1")]
    [InlineData("*INFO: 2 526 171 2 0 2 108 42 0 ", "Stable", "networks=2;packets=526;crypt=171;weak=2;noise=0;dropped=2;rate=108;signal=42 0")]
    [InlineData("*GPS: 48.208200 16.373800 1e+06 0.000000 0.000000 3 \u0001\u0001 1.5 2 1 ", "Newcore", "lat=48.2082;lon=16.3738;alt=1000000;spd=0;heading=0;fix=3;satinfo=;hdop=1.5;vdop=2;connected=True")]
    [InlineData("*SSID: 00:0C:41:82:B2:55 7 0 \u0001\\344\\270\\255\u0001 \u0001 \u0001 706 1 0 1133558400 54 10 8 8 \u0001XXX:\u0001 ", "Newcore", "mac=00:0C:41:82:B2:55;checksum=7;type=0;ssid=中;beaconinfo=;cryptset=706;cloaked=True;firsttime=;lasttime=2005-12-02T21:20:00.0000000+00:00;maxrate=54;beaconrate=10;packets=8;beacons=8;dot11d=XXX:")]
    [InlineData("*TIME: 1133558400", "Newcore", "timesec=2005-12-02T21:20:00.0000000+00:00")]
    [InlineData("*TIME: 1133558400 ", "Newcore", "timesec=2005-12-02T21:20:00.0000000+00:00")]
    [InlineData("*REMOVE: 00:0C:41:82:B2:55 ", "Newcore", "bssid=00:0C:41:82:B2:55")]
    [InlineData("*NEVERHEARD: a  b", "Newcore", "word1=a;word2=;word3=b")]
    public void A_line_alone_is_read_by_what_its_name_and_its_words_say(string line, string era, string expected)
    {
        KismetSentence made = One(new SentenceConverter(TextEra.Unknown, null, null), line);
        Assert.Equal(era, made.Era.ToString());
        Assert.Equal(expected, Text(made));
        Assert.Equal(Lines.Bytes(line), made.GetBytes());
    }

    [Fact]
    public void The_recording_tells_the_era_and_the_fields()
    {
        SentenceConverter converter = new(TextEra.Unknown, null, null);
        One(converter, "*KISMET: 0.0.0 1133558400 \u0001old\u0001 20050815211952 0 2005.08.R1 ");
        Assert.Equal("text=a b 2", Text(One(converter, "*STATUS: a b 2")));
        One(converter, "*CAPABILITY: NETWORK bssid,channel,ssid");
        Assert.Equal("bssid=00:00:00:00:00:01;channel=6;ssid=x y", Text(One(converter, "*NETWORK: 00:00:00:00:00:01 6 \u0001x y\u0001 ")));
        Assert.Equal(SentenceStatus.Ok, converter.TryRead(Lines.Bytes("!12 ENABLE NETWORK ssid,bssid\r\n"), default, out KismetSentence? none));
        Assert.Null(none);
        Assert.Equal("ssid=x y;bssid=00:00:00:00:00:01", Text(One(converter, "*NETWORK: \u0001x y\u0001 00:00:00:00:00:01 \r\n")));
        converter.TryRead(Lines.Bytes("!13 ENABLE NETWORK *"), default, out _);
        Assert.Equal("bssid=00:00:00:00:00:01;channel=6;ssid=x y", Text(One(converter, "*NETWORK: 00:00:00:00:00:01 6 \u0001x y\u0001 ")));

        // Another conversation knows nothing of the first.
        One(converter, "*KISMET: 0.0.0 1795247577 \u0001new\u0001 \u0001\u0001 0 ");
        Assert.Equal("text=a b;flags=2", Text(One(converter, "*STATUS: \u0001a b\u0001 2 ")));
    }

    [Fact]
    public void The_signal_of_a_stable_server_is_as_many_words_as_it_has_wherever_it_stands()
    {
        SentenceConverter converter = new(TextEra.Stable, null, null);
        One(converter, "*CAPABILITY: INFO networks,rate,signal,clients");
        Assert.Equal("networks=4;rate=7;signal=80 -60 -95;clients=2", Text(One(converter, "*INFO: 4 7 80 -60 -95 2 ")));
        converter.TryRead(Lines.Bytes("!1 ENABLE INFO signal,networks"), default, out _);
        Assert.Equal("signal=80 -60 -95;networks=4", Text(One(converter, "*INFO: 80 -60 -95 4 ")));
        Assert.Equal("signal=57 0;networks=2", Text(One(converter, "*INFO: 57 0 2 ")));
        Assert.Equal("signal=57;networks=2", Text(One(converter, "*INFO: 57 2")));
        Assert.Equal("signal=57", Text(One(converter, "*INFO: 57")));
        Assert.Equal("signal=1 2 3;networks=4;word1=5", Text(One(converter, "*INFO: 1 2 3 4 5 ")));
        Assert.Equal("signal=0;networks=4", Text(One(new SentenceConverter(TextEra.Newcore, null, ["signal", "networks"]), "*INFO: 0 4 ")));
    }

    [Fact]
    public void A_release_or_a_list_decides_where_it_is_given()
    {
        SentenceConverter of2009 = new(TextEra.Unknown, SentenceCatalog.Find("2009-05-R1"), null);
        Assert.Equal(["lat", "lon", "alt", "spd", "heading", "fix"], Names(One(of2009, "*GPS: 1 2 3 4 5 6 ")).Take(6));
        SentenceConverter listed = new(TextEra.Stable, null, ["bssid", "ssid"]);
        Assert.Equal("bssid=00:00:00:00:00:01;ssid=n;word1=rest", Text(One(listed, "*NETWORK: 00:00:00:00:00:01 \u0001n\u0001 rest ")));
    }

    [Theory]
    [InlineData("", SentenceStatus.Empty)]
    [InlineData("\r\n", SentenceStatus.Empty)]
    [InlineData("NETWORK: x", SentenceStatus.NoAsterisk)]
    [InlineData("*NETWORK x", SentenceStatus.NoColon)]
    [InlineData("*: x", SentenceStatus.BadName)]
    [InlineData("*ABCDEFGHIJKLMNOPQ: x", SentenceStatus.BadName)]
    public void What_is_no_sentence_says_why(string line, object status)
    {
        Assert.Equal(status, new SentenceConverter(TextEra.Unknown, null, null).TryRead(Lines.Bytes(line), default, out KismetSentence? made));
        Assert.Null(made);
    }

    [KismetReferenceTheory]
    [MemberData(nameof(Transcripts))]
    public void Every_line_a_real_server_said_has_a_value_for_each_field_it_was_asked_for(string file)
    {
        SentenceConverter converter = new(TextEra.Unknown, null, null);
        foreach (TranscriptLine write in KismetReference.Transcript(file))
        {
            foreach (byte[] line in Lines.Framed(write.Bytes))
            {
                if (converter.TryRead(line, default, out KismetSentence? made) != SentenceStatus.Ok || made is null)
                {
                    continue;
                }

                Assert.Equal(Lines.Era(file), made.Era);
                Assert.DoesNotContain(made.Fields.Keys.Cast<string>(), static k => k.StartsWith("word", StringComparison.Ordinal));
                Assert.NotEmpty(made.Fields);
            }
        }
    }

    [Fact]
    public void Nothing_at_all_makes_it_throw()
    {
        Random random = new(20080501);
        SentenceConverter converter = new(TextEra.Unknown, null, null);
        string[] seeds = ["*KISMET: 0.0.0 1 \u0001a\u0001 \u0001\u0001 0 ", "!1 ENABLE SSID mac,ssid,", "*CAPABILITY: SSID mac,ssid", "*SSID: 00:0C:41:82:B2:55 \u0001x\u0001 ", "*INFO: 1 2 3 4 5 6 7 8 9 10 "];
        for (int i = 0; i < 20_000; i++)
        {
            byte[] line = Lines.Bytes(seeds[random.Next(seeds.Length)]);
            for (int flips = random.Next(4); flips > 0; flips--)
            {
                line[random.Next(line.Length)] = (byte)random.Next(256);
            }

            converter.TryRead(line.AsSpan(0, random.Next(line.Length + 1)), default, out KismetSentence? made);
            Assert.True(made is null || made.Fields.Count <= 300);
        }
    }

    private static KismetSentence One(SentenceConverter converter, string line)
    {
        Assert.Equal(SentenceStatus.Ok, converter.TryRead(Lines.Bytes(line), default, out KismetSentence? made));
        return Assert.IsType<KismetSentence>(made);
    }

    private static IEnumerable<string> Names(KismetSentence sentence) => sentence.Fields.Keys.Cast<string>();

    private static string Text(KismetSentence sentence) => string.Join(';', Names(sentence).Select(name => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{name}={(sentence.Fields[name] is DateTimeOffset time ? time.ToString("O") : sentence.Fields[name])}")));
}
