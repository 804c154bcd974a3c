using System.Text;
using KismetPS.Kismet.Text;
using Xunit;

namespace KismetPS.Kismet.Tests.Text;

public sealed class SentenceReaderTests
{
    private static readonly string Long = new('a', 126);

    [Theory]
    [InlineData("", SentenceStatus.Empty)]
    [InlineData("!19 CAPABILITY GPS", SentenceStatus.NoAsterisk)]
    [InlineData("* ", SentenceStatus.NoColon)]
    [InlineData("*TIME", SentenceStatus.NoColon)]
    [InlineData("*:", SentenceStatus.BadName)]
    [InlineData("*TI ME: 1", SentenceStatus.BadName)]
    [InlineData("*ABCDEFGHIJKLMNOPQ: 1", SentenceStatus.BadName)]
    [InlineData("*ABCDEFGHIJKLMNOP: 1", SentenceStatus.Ok)]
    [InlineData("*D15D4DEV:", SentenceStatus.Ok)]
    public void A_line_is_a_sentence_or_says_why_not(string line, object status) =>
        Assert.Equal((SentenceStatus)status, SentenceReader.Read(Lines.Bytes(line), TextEra.Newcore, out _));

    [Theory]
    [InlineData("*X: a b ", "a|b")]
    [InlineData("*X: a b", "a|b")]
    [InlineData("*X:a b", "a|b")]
    [InlineData("*X: a  b ", "a||b")]
    [InlineData("*X: a  ", "a|")]
    [InlineData("*X:  ", "")]
    [InlineData("*X: \u0001a b\u0001 c ", "a b|c")]
    [InlineData("*X: \u0001\u0001 \u0001 \u0001 c", "| |c")]
    [InlineData("*X: a \u0001open b ", "a|open b")]
    [InlineData("*X: a \u0001open b", "a|open b")]
    [InlineData("*X: \u0001a\u0001b c ", "a|c")]
    [InlineData("*X: a\u0001b c ", "a\u0001b|c")]
    [InlineData("*X: \u0001", "")]
    [InlineData("*TIME: 12", "12")]
    [InlineData("*TERMINATE: Kismet server terminating.", "Kismet server terminating.")]
    [InlineData("*CAPABILITY: INFO a,b", "INFO a,b")]
    [InlineData("*REMOVE: 00:11:22:33:44:55", "00:11:22:33:44:55")]

    // No server of Kismet's ends these with a blank. Where one does, it ends a value that holds none, and belongs to a text.
    [InlineData("*TIME: 12 ", "12")]
    [InlineData("*TIME: 12  ", "12 ")]
    [InlineData("*TIME:  ", "")]
    [InlineData("*PROTOCOLS: KISMET,TIME ", "KISMET,TIME")]
    [InlineData("*CAPABILITY: INFO a,b ", "INFO a,b")]
    [InlineData("*REMOVE: 00:11:22:33:44:55 ", "00:11:22:33:44:55")]
    [InlineData("*TERMINATE: bye ", "bye ")]
    public void Words_are_split_at_single_blanks_outside_quotes(string line, string words) => Assert.Equal(words.Split('|'), Lines.Words(line));

    [Theory]
    [InlineData("*X:")]
    [InlineData("*X: ")]
    [InlineData("*TIME: ")]
    public void No_data_is_no_word(string line) => Assert.Empty(Lines.Words(line));

    [Fact]
    public void Replies_and_status_are_raw_in_stable_only()
    {
        Assert.Equal(["5 Unknown command 'ENABLE'"], Lines.Words("*ERROR: 5 Unknown command 'ENABLE'", TextEra.Stable));
        Assert.Equal(["Found new network"], Lines.Words("*STATUS: Found new network", TextEra.Stable));
        Assert.Equal(["Found new network "], Lines.Words("*STATUS: Found new network ", TextEra.Stable));
        Assert.Equal(["5"], Lines.Words("*ACK: 5 ", TextEra.Stable));
        Assert.Equal(["5", "NO SUCH COMMAND"], Lines.Words("*ERROR: 5 \u0001NO SUCH COMMAND\u0001 "));
        Assert.Equal(["text here", "4"], Lines.Words("*STATUS: \u0001text here\u0001 4 "));
    }

    [Fact]
    public void Marks_tell_what_was_wrong()
    {
        Assert.Equal(WordMarks.None, Seen("*X: a  b ", TextEra.Newcore));
        Assert.Equal(WordMarks.Quoted, Seen("*X: \u0001a\u0001 b ", TextEra.Newcore));
        Assert.Equal(WordMarks.Quoted | WordMarks.Unterminated, Seen("*X: \u0001a b ", TextEra.Newcore));
        Assert.Equal(WordMarks.Quoted | WordMarks.Glued, Seen("*X: \u0001a\u0001b ", TextEra.Newcore));
        Assert.Equal(WordMarks.Quoted | WordMarks.Cut, Seen($"*X: \u0001{Long} b ", TextEra.Stable));
    }

    // What a stable server sends for a value of more than 126 characters: its end and its closing quote are lost.
    [Fact]
    public void A_cut_quote_of_stable_ends_where_the_buffer_did()
    {
        Assert.Equal(["M", "0", Long, " ", "246"], Lines.Words($"*NETWORK: M 0 \u0001{Long} \u0001 \u0001 246 ", TextEra.Stable));
        Assert.Equal(["M", "0", Long, "info", "246"], Lines.Words($"*NETWORK: M 0 \u0001{Long} \u0001info\u0001 246 ", TextEra.Stable));
        Assert.Equal(["M", "0", Long, Long, "246"], Lines.Words($"*NETWORK: M 0 \u0001{Long} \u0001{Long} 246 ", TextEra.Stable));
        Assert.Equal([Long], Lines.Words($"*NETWORK: \u0001{Long}", TextEra.Stable));
        Assert.Equal(["i", "t", new string('u', 30), "6"], Lines.Words($"*CARD: i t \u0001{new string('u', 30)} 6 ", TextEra.Stable));
        string longer = new('b', 253);
        Assert.Equal([longer, " ", "1"], Lines.Words($"*NETWORK: \u0001{longer} \u0001 \u0001 1 ", TextEra.Stable));
    }

    [Fact]
    public void A_whole_long_quote_of_stable_is_not_cut()
    {
        // A blank stands where the smaller buffer would have ended.
        string whole = Long + " " + Long;
        Assert.Equal(["M", whole, " ", "246"], Lines.Words($"*NETWORK: M \u0001{whole}\u0001 \u0001 \u0001 246 ", TextEra.Stable));
        Assert.Equal(["M", whole, " ", "246"], Lines.Words($"*NETWORK: M \u0001{whole}\u0001 \u0001 \u0001 246 ", TextEra.Newcore));
    }

    [Fact]
    public void The_free_text_of_stable_STRING_is_the_rest()
    {
        SentenceReader.Read("*STRING: 00:11:22:33:44:55 00:11:22:33:44:56 GET / HTTP "u8, TextEra.Stable, out SentenceReader sentence);
        Assert.True(sentence.TryRead(out _) && sentence.TryRead(out _));
        Assert.True(sentence.TryReadRest(out Word text));
        Assert.Equal("GET / HTTP", Lines.Text(text.Value));
        Assert.False(sentence.TryRead(out _));
    }

    [Fact]
    public void Any_line_splits_as_the_plain_rule_says()
    {
        Random random = new(2009);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] data = new byte[random.Next(200)];
            for (int i = 0; i < data.Length; i++)
            {
                data[i] = "abcdefghijkl  \u0001"u8[random.Next(15)];
            }

            WordReader reader = new(data);
            List<string> found = [];
            while (reader.TryRead(out Word word))
            {
                found.Add(Lines.Text(word.Raw));
            }

            Assert.Equal(Plain(Lines.Text(data)), found);
        }
    }

    [Fact]
    public void Any_bytes_are_read_to_the_end_without_complaint_and_within_the_line()
    {
        Random random = new(2016);
        byte[] buffer = new byte[4096];
        byte[] text = new byte[1024];
        for (int round = 0; round < 20_000; round++)
        {
            byte[] line = new byte[random.Next(300)];
            random.NextBytes(line);
            for (int i = 0; i < line.Length; i++)
            {
                line[i] = random.Next(3) == 0 ? " \u0001\\0123456789:.-e"u8[random.Next(17)] : line[i];
            }

            Lines.Bytes("*NETWORK: ").CopyTo(buffer, 0);
            line.CopyTo(buffer, 10);
            foreach (TextEra era in new[] { TextEra.Unknown, TextEra.Stable, TextEra.Newcore })
            {
                SentenceReader.Read(line, era, out _);
                Assert.Equal(SentenceStatus.Ok, SentenceReader.Read(buffer.AsSpan(0, 10 + line.Length), era, out SentenceReader sentence));
                int length = 0;
                while (sentence.TryRead(out Word word))
                {
                    length += word.Raw.Length + 1;
                    Assert.InRange(word.Unmunge(text), 0, word.Value.Length);
                    word.TryGetInt64(out _);
                    word.TryGetUInt64(out _);
                    word.TryGetInt32(out _);
                    Assert.True(!word.TryGetDouble(out double number) || double.IsFinite(number));
                    word.TryGetMac(out _);
                    word.TryGetIPv4(out _);
                    word.TryGetUuid(out _);
                }

                // Every byte belongs to one word or to the one blank behind it; the last blank may be missing.
                Assert.InRange(length, line.Length, line.Length + 1);
            }
        }
    }

    private static WordMarks Seen(string line, TextEra era)
    {
        SentenceReader.Read(Lines.Bytes(line), era, out SentenceReader sentence);
        while (sentence.TryRead(out _))
        {
        }

        return sentence.Seen;
    }

    /// <summary>The rule byte by byte: a word that begins with a quote goes to the next quote and from there to a blank; another goes to a blank.</summary>
    private static List<string> Plain(string data)
    {
        List<string> words = [];
        int at = 0;
        while (at < data.Length)
        {
            int from = at;
            bool open = false;
            if (data[at] == '\u0001')
            {
                int close = data.IndexOf('\u0001', at + 1);
                open = close < 0;
                from = open ? data.Length : close + 1;
            }

            int end = open ? -1 : data.IndexOf(' ', from);
            end = end < 0 ? data.Length : end;
            int next = end + 1;
            if (open && data[^1] == ' ' && at < data.Length - 1)
            {
                end--;
            }

            words.Add(data[at..end]);
            at = next;
        }

        return words;
    }
}
