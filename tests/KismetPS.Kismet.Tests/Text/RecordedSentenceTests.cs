using System.Buffers;
using System.Globalization;
using System.Text;
using KismetPS.Kismet.Text;
using KismetPS.TestKit;
using KismetPS.Wireless;
using Xunit;

namespace KismetPS.Kismet.Tests.Text;

/// <summary>Everything real servers were recorded to send: read whole, as many words as fields, and written again with the same bytes.</summary>
public sealed class RecordedSentenceTests
{
    [KismetReferenceFact]
    public void Every_sentence_reads_and_has_a_word_for_each_field()
    {
        int sentences = 0;
        List<string> odd = [];
        foreach ((string file, bool fromServer, byte[] bytes) in Lines.Recorded())
        {
            if (!fromServer)
            {
                continue;
            }

            Dictionary<string, HashSet<int>> counts = WordCounts(file);
            foreach (byte[] line in Lines.Framed(bytes))
            {
                SentenceStatus status = SentenceReader.Read(line, Lines.Era(file), out SentenceReader sentence);
                if (status != SentenceStatus.Ok)
                {
                    odd.Add($"{file} {status} {Lines.Text(line)}");
                    continue;
                }

                int words = 0;
                while (sentence.TryRead(out _))
                {
                    words++;
                }

                sentences++;
                Assert.True((sentence.Seen & ~WordMarks.Quoted) == 0, Lines.Text(line));
                string name = Lines.Text(sentence.Name);
                Assert.True(counts[name].Contains(words), $"{file}: {words} words: {Lines.Text(line)}");
            }
        }

        // The one documented quirk in them: a stable server echoes the second of two commands it glued together.
        Assert.Equal(["2005-03-malformed.txt NoAsterisk !19 CAPABILITY GPS"], odd);
        Assert.True(sentences > 2000, sentences.ToString(CultureInfo.InvariantCulture));
    }

    [KismetReferenceFact]
    public void Written_again_from_their_values_they_are_the_same_bytes()
    {
        foreach ((string file, bool fromServer, byte[] bytes) in Lines.Recorded())
        {
            TextEra era = Lines.Era(file);
            foreach (byte[] line in fromServer ? Lines.Framed(bytes) : [])
            {
                if (SentenceReader.Read(line, era, out SentenceReader sentence) != SentenceStatus.Ok)
                {
                    continue;
                }

                ArrayBufferWriter<byte> output = new();
                SentenceWriter writer = new(output, era);
                if (sentence.IsRaw)
                {
                    writer.Raw(sentence.Name, sentence.Rest);
                }
                else
                {
                    writer.Begin(sentence.Name);
                    while (sentence.TryRead(out Word word))
                    {
                        WriteTyped(ref writer, word, era, sentence.Name.SequenceEqual("GPS"u8));
                    }

                    writer.End();
                }

                writer.Flush();
                Assert.Equal(Lines.Text(line) + "\n", Lines.Text(output.WrittenSpan));
            }
        }
    }

    [KismetReferenceFact]
    public void Sums_of_recorded_SSIDs_are_theirs()
    {
        int seen = 0;
        foreach ((string file, bool fromServer, byte[] bytes) in Lines.Recorded())
        {
            foreach (byte[] line in fromServer && file.StartsWith("2016-0", StringComparison.Ordinal) ? Lines.Framed(bytes) : [])
            {
                SentenceReader.Read(line, TextEra.Newcore, out SentenceReader sentence);
                List<string> words = sentence.Name.SequenceEqual("SSID"u8) ? Lines.Words(Lines.Text(line)) : [];
                if (words.Count == 20)
                {
                    byte[] ssid = new byte[words[3].Length];
                    int length = MungedText.Decode(Lines.Bytes(words[3]), ssid);

                    // A cloaked network has its own length in the sum, which the sentence does not tell.
                    if (words[6] == "0")
                    {
                        Assert.Equal(words[1], SsidChecksum.Compute(ssid.AsSpan(0, length)).ToString(CultureInfo.InvariantCulture));
                        seen++;
                    }
                }
            }
        }

        Assert.True(seen > 50, seen.ToString(CultureInfo.InvariantCulture));
    }

    [KismetReferenceFact]
    public void Reading_allocates_nothing()
    {
        byte[][] streams = [.. Lines.Recorded().Where(static r => r.FromServer).Select(static r => r.Bytes)];
        LineFramer framer = new();
        long sum = 0;
        Assert.Equal(0, Allocation.Least(() => sum += Read(framer, streams)));
        Assert.NotEqual(0, sum);

        static long Read(LineFramer framer, byte[][] streams)
        {
            long sum = 0;
            Span<byte> text = stackalloc byte[4096];
            foreach (byte[] stream in streams)
            {
                for (int at = 0; at < stream.Length; at += 1000)
                {
                    ReadOnlySpan<byte> input = stream.AsSpan(at, Math.Min(1000, stream.Length - at));
                    while (framer.TryRead(ref input, out ReadOnlySpan<byte> line))
                    {
                        SentenceReader.Read(line, TextEra.Newcore, out SentenceReader sentence);
                        SentenceCatalog.Releases[^1].TryGet(sentence.Name, out _);
                        while (sentence.TryRead(out Word word))
                        {
                            sum += word.TryGetInt64(out long number) ? number : 1;
                            sum += word.TryGetDouble(out double value) ? (long)value : 1;
                            sum += word.TryGetMac(out MacAddress mac) ? (long)mac.Value : 1;
                            sum += word.TryGetIPv4(out uint ip) ? ip : 1;
                            sum += word.TryGetUuid(out Guid uuid) ? uuid.GetHashCode() : 1;
                            sum += word.Unmunge(text);
                        }
                    }
                }
            }

            return sum;
        }
    }

    [KismetReferenceFact]
    public void A_line_cut_anywhere_gives_the_words_before_the_cut()
    {
        foreach (byte[] line in Lines.Framed([.. Lines.Recorded().Where(static r => r.FromServer).SelectMany(static r => r.Bytes)]).Where(static l => l.Length > 40).Take(600))
        {
            string whole = Lines.Text(line);
            if (SentenceReader.Read(line, TextEra.Newcore, out SentenceReader full) != SentenceStatus.Ok || full.IsRaw)
            {
                continue;
            }

            List<string> all = Lines.Words(whole);
            for (int cut = whole.IndexOf(' ') + 1; cut < whole.Length; cut++)
            {
                List<string> some = Lines.Words(whole[..cut]);
                Assert.InRange(some.Count, 0, all.Count);
                for (int i = 0; i < some.Count - 1; i++)
                {
                    Assert.Equal(all[i], some[i]);
                }
            }
        }
    }

    private static void WriteTyped(ref SentenceWriter writer, Word word, TextEra era, bool gps)
    {
        Span<byte> bytes = stackalloc byte[4096];
        if (word.IsQuoted)
        {
            if (word.Value is [(byte)' '])
            {
                writer.Quoted([], blankWhenEmpty: true);
            }
            else
            {
                writer.Quoted(bytes[..word.Unmunge(bytes)]);
            }
        }
        else if (word.TryGetMac(out MacAddress mac))
        {
            writer.Mac(mac);
        }
        else if (word.TryGetUuid(out Guid uuid))
        {
            writer.Uuid(uuid);
        }
        else if (word.TryGetIPv4(out uint ip))
        {
            writer.IPv4(ip);
        }
        else if (word.TryGetInt64(out long number))
        {
            writer.Number(number);
        }
        else if (word.TryGetDouble(out double value))
        {
            int point = word.Value.IndexOf((byte)'.');
            if (point >= 0 && word.Value.Length - point == 7 && (era == TextEra.Stable || gps))
            {
                writer.Fixed6(value);
            }
            else if (era == TextEra.Stable)
            {
                writer.Fixed1(value);
            }
            else
            {
                writer.General(value);
            }
        }
        else if (word.Value.IsEmpty)
        {
            // What we never write ourselves: CLIENT.dot11d of newcore.
            writer.Verbatim(word);
        }
        else
        {
            writer.Word(word.Value);
        }
    }

    /// <summary>
    /// How many words a sentence of each name may have in a recording: the catalog's fields, or those of the lists the client asked for.
    /// Two exceptions: stable INFO.signal is one field of three words, and raw sentences have one word.
    /// </summary>
    private static Dictionary<string, HashSet<int>> WordCounts(string file)
    {
        TextEra era = Lines.Era(file);
        SentenceCatalog catalog = Lines.Catalog(file);
        Dictionary<string, HashSet<int>> counts = [];
        foreach (SentenceDefinition sentence in catalog.Sentences)
        {
            counts[sentence.Name] = [Words(FieldSelection.All(sentence))];
        }

        foreach ((string other, bool fromServer, byte[] bytes) in Lines.Recorded())
        {
            foreach (byte[] line in other == file && !fromServer ? Lines.Framed(bytes) : [])
            {
                if (CommandReader.Read(line, era, out Command command) == CommandStatus.Ok && command.Is("ENABLE"u8) &&
                    command.TryReadEnable(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> fields, out _) &&
                    catalog.TryGet(name, out SentenceDefinition? sentence) && FieldSelection.TryParse(sentence, fields, era, out FieldSelection? selection, out _))
                {
                    counts[sentence.Name].Add(Words(selection!));
                }
            }
        }

        return counts;

        int Words(FieldSelection selection)
        {
            if (SentenceReader.IsRawSentence(selection.Sentence.NameBytes, era))
            {
                return 1;
            }

            int signal = era == TextEra.Stable && selection.Sentence.Name == "INFO" ? selection.Sentence.IndexOf("signal") : -1;
            return selection.Count + (2 * selection.Indexes.ToArray().Count(i => i == signal));
        }
    }
}
