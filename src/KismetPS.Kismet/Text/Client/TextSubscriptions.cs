using System.Text;
using KismetPS.Capture;

namespace KismetPS.Kismet.Text.Client;

/// <summary>What a server lists, what it says of the fields, and what of it is received.</summary>
internal sealed class TextSubscriptions
{
    private const int MaxSentences = 256;

    // Answers to commands and what every server sends unasked.
    private static readonly string[] s_required = ["KISMET", "ERROR", "ACK", "PROTOCOLS", "CAPABILITY", "TERMINATE", "TIME"];

    // Networks first: what is told of a name or a client whose network is not known yet would be worth less.
    private static readonly string[] s_first = ["BSSID", "NETWORK", "SSID", "CLIENT", "BSSIDSRC", "CLISRC", "SOURCE", "CARD"];

    // One for every packet heard, or for every string in one: asked for by those who want the sentences themselves.
    private static readonly string[] s_floods = ["PACKET", "STRING"];

    private readonly List<string> _listed = [];
    private readonly Dictionary<string, SentenceDefinition> _offered = [];
    private readonly Dictionary<string, TextSubscription> _received = [];
    private TextSubscription? _last;

    /// <summary>Names of the sentences received.</summary>
    public IReadOnlyCollection<string> Received => _received.Keys;

    /// <summary>Sentences the server has told the fields of.</summary>
    public IReadOnlyList<SentenceDefinition> Offered => [.. _offered.Values];

    /// <summary>Forgets all: a new connection begins.</summary>
    public void Clear()
    {
        _listed.Clear();
        _offered.Clear();
        _received.Clear();
        _last = null;
    }

    /// <summary>Whether a sentence is not listed yet and there is room for it.</summary>
    public bool CanList(string name) => _listed.Count < MaxSentences && !_listed.Contains(name);

    /// <summary>The server has a sentence.</summary>
    public void List(string name) => _listed.Add(name);

    /// <summary>The server told the fields of a sentence; false where it did before or does not list it.</summary>
    public bool TryOffer(SentenceDefinition sentence) => _listed.Contains(sentence.Name) && _offered.TryAdd(sentence.Name, sentence);

    /// <summary>Whether the fields of a sentence are told.</summary>
    public bool IsOffered(string name) => _offered.ContainsKey(name);

    /// <summary>
    /// What is to be asked for, in this order: all that is listed and whose fields the server told, or the release it names has, less what comes unasked.
    /// </summary>
    public IEnumerable<(SentenceDefinition Sentence, TextSubscription Subscription)> Wanted(TextEra era, string? release, bool everything)
    {
        SentenceCatalog known = (release is null ? null : SentenceCatalog.Find(release)) ?? SentenceCatalog.Newest(era);
        foreach (string name in s_first.Where(_listed.Contains).Concat(_listed.Except(s_first)))
        {
            if (s_required.Contains(name) || (!everything && s_floods.Contains(name)) || IsOfOtherEra(name, era))
            {
                continue;
            }

            if (_offered.TryGetValue(name, out SentenceDefinition? sentence) || (sentence = known.Find(name)) is not null)
            {
                yield return (sentence, TextSubscription.All(sentence, era));
            }
        }
    }

    /// <summary>A sentence is received from here on.</summary>
    public void Add(TextSubscription subscription)
    {
        _received[subscription.Name] = subscription;
        _last = null;
    }

    /// <summary>A sentence is not received any more.</summary>
    public void Remove(string name)
    {
        _received.Remove(name);
        _last = null;
    }

    /// <summary>What a sentence was asked for with; null where it was not.</summary>
    public TextSubscription? Find(ReadOnlySpan<byte> name)
    {
        // Sentences come in runs of one name.
        if (_last is { } last && name.SequenceEqual(last.NameBytes))
        {
            return last;
        }

        foreach (TextSubscription subscription in _received.Values)
        {
            if (name.SequenceEqual(subscription.NameBytes))
            {
                return _last = subscription;
            }
        }

        return null;
    }

    /// <summary>
    /// Refuses a user's ENABLE or REMOVE of what the connection itself needs: what is received has to be read by the list it was asked for with. Also one
    /// with a blank within a name: the eras make different things of it, and none of them what was meant.
    /// </summary>
    public void Check(string word, string[] arguments, string shown)
    {
        if (arguments.Length > (word switch { "ENABLE" => 2, "REMOVE" or "CAPABILITY" => 1, _ => int.MaxValue }))
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, $"'{shown}': names of sentences and fields hold no blanks.", "ENABLE takes a sentence and its fields with commas between; REMOVE and CAPABILITY take a sentence.");
        }

        if (word is not ("ENABLE" or "REMOVE") || arguments.Length == 0)
        {
            return;
        }

        string name = arguments[0].ToUpperInvariant();
        if (_received.TryGetValue(name, out TextSubscription? had) && (had.Kind != TextKind.Other || word == "ENABLE"))
        {
            throw new KismetException(
                KismetErrorId.ArgumentInvalid,
                $"'{shown}': the connection itself receives {name}, with every field the server has.",
                "Connect-KismetServer -Emit Sentence shows the sentences as they come.");
        }

        if (s_required.Contains(name))
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, $"'{shown}': the connection needs {name}.", "Leave it as it is.");
        }
    }

    /// <summary>Takes note of a user's ENABLE or REMOVE that was sent.</summary>
    public void TakeCommand(string word, string[] arguments, TextEra era)
    {
        if (word == "REMOVE" && arguments.Length > 0)
        {
            Remove(arguments[0].ToUpperInvariant());
        }
        else if (word == "ENABLE" && arguments.Length > 1 && _offered.TryGetValue(arguments[0].ToUpperInvariant(), out SentenceDefinition? sentence))
        {
            string[] fields = arguments[1].StartsWith('*') ? [.. sentence.Fields] : arguments[1].Split(',', StringSplitOptions.RemoveEmptyEntries);
            Add(TextSubscription.InOrder(sentence.Name, fields, era));
        }
    }

    // One that has the sentences of both tells the same twice.
    private static bool IsOfOtherEra(string name, TextEra era) =>
        SentenceCatalog.Newest(era).Find(name) is null &&
        SentenceCatalog.Newest(era == TextEra.Stable ? TextEra.Newcore : TextEra.Stable).Find(name) is not null;
}
