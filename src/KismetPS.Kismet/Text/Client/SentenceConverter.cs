using System.Text;

namespace KismetPS.Kismet.Text.Client;

/// <summary>
/// Recorded lines of a text server as objects. What tells how a line is to be read is taken from the recording where it has it: the era from the
/// greeting, the fields from CAPABILITY and from the client's own ENABLE. One that has neither is read by the release whose sentence has as many fields.
/// </summary>
internal sealed class SentenceConverter(TextEra era, SentenceCatalog? release, string[]? fields)
{
    private const int MaxLists = 1024;

    private readonly Dictionary<string, string[]> _offered = [];
    private readonly Dictionary<string, string[]> _asked = [];
    private TextEra _era = release?.Era ?? era;

    /// <summary>Reads one line. Nothing where it is empty or a client's command; the status says why where it is no sentence.</summary>
    public SentenceStatus TryRead(ReadOnlySpan<byte> line, DateTimeOffset now, out KismetSentence? made)
    {
        made = null;
        line = line.TrimEnd("\r\n"u8);
        if (line.IsEmpty)
        {
            return SentenceStatus.Empty;
        }

        if (line[0] == '!')
        {
            TakeCommand(line);
            return SentenceStatus.Ok;
        }

        SentenceStatus status = SentenceReader.Read(line, TextEra.Newcore, out SentenceReader sentence);
        if (status != SentenceStatus.Ok)
        {
            return status;
        }

        Learn(line, sentence);
        TextEra read = _era == TextEra.Unknown ? Guess(sentence) : _era;
        SentenceReader.Read(line, read, out sentence);
        string name = Encoding.ASCII.GetString(sentence.Name);
        string[]? list = List(name, sentence, read);
        made = SentenceValues.Make(line, sentence, read, list is null ? null : TextSubscription.InOrder(name, list, read), now, sessionId: 0);
        return SentenceStatus.Ok;
    }

    private void Learn(ReadOnlySpan<byte> line, SentenceReader sentence)
    {
        if (sentence.Name.SequenceEqual("KISMET"u8))
        {
            if (GreetingReader.TryRead(line, out KismetGreeting? greeting))
            {
                // Another conversation begins.
                _era = release?.Era ?? (era == TextEra.Unknown ? greeting!.Era : era);
                _offered.Clear();
                _asked.Clear();
            }
        }
        else if (sentence.Name.SequenceEqual("CAPABILITY"u8) && sentence.TryRead(out Word word) && SentenceDefinition.TryParse(word.Value, out SentenceDefinition? definition) && _offered.Count < MaxLists)
        {
            _offered[definition!.Name] = [.. definition.Fields];
        }
    }

    private void TakeCommand(ReadOnlySpan<byte> line)
    {
        if (CommandReader.Read(line, _era, out Command command) != CommandStatus.Ok || !command.Is("ENABLE"u8) ||
            !command.TryReadEnable(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> asked, out _) || _asked.Count >= MaxLists)
        {
            return;
        }

        string sentence = Encoding.ASCII.GetString(name).ToUpperInvariant();
        if (asked is [(byte)'*', ..])
        {
            _asked.Remove(sentence);
            return;
        }

        string[] names = Encoding.ASCII.GetString(asked).Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (names.Length is > 0 and <= SentenceDefinition.MaxFields)
        {
            _asked[sentence] = names;
        }
    }

    private string[]? List(string name, SentenceReader sentence, TextEra read)
    {
        if (fields is not null)
        {
            return fields;
        }

        if (_asked.TryGetValue(name, out string[]? list) || _offered.TryGetValue(name, out list))
        {
            return list;
        }

        if (release is not null)
        {
            return release.Find(name)?.Fields.ToArray();
        }

        int words = Words(sentence);
        SentenceDefinition? newest = null;
        foreach (SentenceCatalog catalog in SentenceCatalog.Releases.Reverse())
        {
            if (catalog.Era == read && catalog.Find(name) is { } definition)
            {
                newest ??= definition;
                if (definition.Count == words)
                {
                    return [.. definition.Fields];
                }
            }
        }

        return newest?.Fields.ToArray();
    }

    private static int Words(SentenceReader sentence)
    {
        int words = 0;
        while (sentence.TryRead(out _))
        {
            words++;
        }

        return words;
    }

    // Of what both have, only newcore quotes ACK, ERROR and STATUS; others differ in how many words they have. INFO.signal of stable is three, in 2008 two.
    private static TextEra Guess(SentenceReader sentence)
    {
        string name = Encoding.ASCII.GetString(sentence.Name);
        bool stable = SentenceCatalog.Newest(TextEra.Stable).Find(name) is not null;
        bool newcore = SentenceCatalog.Newest(TextEra.Newcore).Find(name) is not null;
        bool quoted = name is not ("ACK" or "ERROR" or "STATUS") || sentence.Rest.Contains(WordReader.Quote);
        int words = Words(sentence);
        bool fits = !Fits(name, words, TextEra.Newcore) && (Fits(name, words, TextEra.Stable) || (name == "INFO" && (Fits(name, words - 1, TextEra.Stable) || Fits(name, words - 2, TextEra.Stable))));
        return stable && (!newcore || !quoted || fits) ? TextEra.Stable : TextEra.Newcore;

        static bool Fits(string name, int words, TextEra era) => SentenceCatalog.Releases.Any(r => r.Era == era && r.Find(name)?.Count == words);
    }
}
