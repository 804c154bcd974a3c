using System.Globalization;
using KismetPS.Kismet.Text;
using KismetPS.TestKit;

namespace KismetPS.Kismet.Tests.Text.Client;

/// <summary>
/// A recorded conversation of a real server taken apart: its greeting, what it said of its sentences, each sentence with the fields it was asked for,
/// and its answers to commands by their text.
/// </summary>
internal sealed class RecordedConversation
{
    private readonly Dictionary<string, List<SentenceDefinition>> _asked = [];
    private readonly Dictionary<int, string> _commands = [];

    private RecordedConversation(SentenceCatalog catalog) => Catalog = catalog;

    /// <summary>Fields of the release that spoke.</summary>
    public SentenceCatalog Catalog { get; }

    /// <summary>KISMET and PROTOCOLS, as sent; empty where the recording begins later.</summary>
    public List<byte[]> Greeting { get; } = [];

    /// <summary>CAPABILITY lines by name, as sent.</summary>
    public Dictionary<string, byte[]> Capabilities { get; } = [];

    /// <summary>Sentences that were asked for, in order, each with the fields it has.</summary>
    public List<(byte[] Line, SentenceDefinition Fields)> Sentences { get; } = [];

    /// <summary>Lines whose words are not as many as any list asked for has.</summary>
    public List<byte[]> Misfits { get; } = [];

    /// <summary>Commands by their text, with the lines that answered them.</summary>
    public Dictionary<string, List<byte[]>> Answers { get; } = [];

    /// <summary>A conversation in the order in which it was recorded.</summary>
    public static RecordedConversation Of(string file) => Read(Lines.Catalog(file), KismetReference.Transcript(file).Select(static l => (l.FromServer, l.Bytes)));

    /// <summary>A conversation of which the two directions are known apart.</summary>
    public static RecordedConversation OfCapture(string file)
    {
        IReadOnlyList<TcpStream> streams = KismetReference.Streams(file);
        return Read(Lines.Catalog(file), streams.OrderBy(static s => s.SourcePort == 2501).Select(static s => (s.SourcePort == 2501, s.Bytes)));
    }

    public static RecordedConversation Read(SentenceCatalog catalog, IEnumerable<(bool FromServer, byte[] Bytes)> writes)
    {
        RecordedConversation conversation = new(catalog);
        LineFramer fromClient = new();
        LineFramer fromServer = new();
        foreach ((bool server, byte[] bytes) in writes)
        {
            ReadOnlySpan<byte> rest = bytes;
            while ((server ? fromServer : fromClient).TryRead(ref rest, out ReadOnlySpan<byte> line))
            {
                if (server)
                {
                    conversation.TakeSentence(line.ToArray());
                }
                else
                {
                    conversation.TakeCommand(line);
                }
            }
        }

        return conversation;
    }

    /// <summary>The fields that every recorded line of a sentence has, or those of the release where none was recorded.</summary>
    public SentenceDefinition? Offer(string name)
    {
        List<SentenceDefinition> lists = [.. Sentences.Where(s => s.Fields.Name == name).Select(static s => s.Fields).Distinct()];
        return lists.Count == 0
            ? Catalog.Find(name)
            : new SentenceDefinition(name, lists.Skip(1).Aggregate(lists[0].Fields, static (common, next) => [.. common.Intersect(next.Fields)]).ToArray());
    }

    private void TakeCommand(ReadOnlySpan<byte> line)
    {
        if (CommandReader.Read(line, Catalog.Era, out Command command) != CommandStatus.Ok)
        {
            return;
        }

        // A number used again is a new command.
        _commands[command.Id] = Lines.Text(line[(line.IndexOf((byte)' ') + 1)..]);
        if (!command.Is("ENABLE"u8) || !command.TryReadEnable(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> fields, out _) || Catalog.Find(Lines.Text(name).ToUpperInvariant()) is not { } known)
        {
            return;
        }

        SentenceDefinition asked = fields is [(byte)'*', ..]
            ? known
            : new SentenceDefinition(known.Name, Lines.Text(fields).ToLowerInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries));
        if (!_asked.TryGetValue(known.Name, out List<SentenceDefinition>? lists))
        {
            _asked.Add(known.Name, lists = []);
        }

        lists.Insert(0, asked);
    }

    private void TakeSentence(byte[] line)
    {
        if (SentenceReader.Read(line, Catalog.Era, out SentenceReader sentence) != SentenceStatus.Ok)
        {
            Misfits.Add(line);
            return;
        }

        string name = Lines.Text(sentence.Name);
        switch (name)
        {
            case "KISMET" or "PROTOCOLS":
                Greeting.Add(line);
                return;
            case "CAPABILITY":
                Capabilities.TryAdd(Lines.Text(sentence.Rest).Split(' ')[0], line);
                return;
            case "ACK" or "ERROR":
                if (int.TryParse(Lines.Text(sentence.Rest).Split(' ')[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int id) && _commands.TryGetValue(id, out string? command))
                {
                    Answers.TryAdd(command, []);
                    Answers[command].Add(line);
                }

                return;
            case "TIME" or "TERMINATE":
                return;
            default:
                int words = Words(sentence);
                SentenceDefinition? fields = sentence.IsRaw ? Catalog.Find(name) : _asked.GetValueOrDefault(name)?.Find(l => l.Count == words || (l.Fields[^1] == "signal" && l.Count + 2 == words));
                if (fields is null)
                {
                    Misfits.Add(line);
                }
                else
                {
                    Sentences.Add((line, fields));
                }

                return;
        }
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
}
