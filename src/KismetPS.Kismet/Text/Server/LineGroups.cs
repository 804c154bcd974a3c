namespace KismetPS.Kismet.Text.Server;

/// <summary>All groups of clients that asked for the same. Under the hub's gate.</summary>
internal sealed class LineGroups
{
    private const long MaxPageBytes = 64L * 1024 * 1024;

    private readonly Dictionary<(SentenceKind Kind, TextEra Era, FieldSelection Selection), LineGroup> _groups = [];

    /// <summary>How many there are.</summary>
    public int Count => _groups.Count;

    /// <summary>The group of those who want these fields, made on first use.</summary>
    public LineGroup Of(ServedSentence sentence, FieldSelection selection)
    {
        (SentenceKind, TextEra, FieldSelection) key = (sentence.Kind, sentence.Era, selection);
        if (!_groups.TryGetValue(key, out LineGroup? group))
        {
            _groups.Add(key, group = new LineGroup(sentence, selection));
        }

        return group;
    }

    /// <summary>The groups of a sentence, of both eras.</summary>
    public IEnumerable<LineGroup> Of(SentenceKind kind) => _groups.Values.Where(g => g.Sentence.Kind == kind);

    /// <summary>Whether anybody wants a sentence.</summary>
    public bool Any(SentenceKind kind) => Of(kind).Any();

    /// <summary>All of them in the order of their sentences within a tick.</summary>
    public LineGroup[] InOrder() => [.. _groups.Values.OrderBy(static g => g.Sentence.Kind)];

    /// <summary>A client left a group: an empty one goes.</summary>
    public void Release(LineGroup group)
    {
        if (group.Members.Count == 0)
        {
            _groups.Remove((group.Sentence.Kind, group.Sentence.Era, group.Selection));
        }
    }

    /// <summary>Pages kept for the next client are a convenience; they must not become a second copy of all that is known for every list of fields.</summary>
    public void TrimPages()
    {
        if (_groups.Values.Sum(static g => g.PageBytes) > MaxPageBytes)
        {
            foreach (LineGroup group in _groups.Values)
            {
                group.DropPages();
            }
        }
    }
}
