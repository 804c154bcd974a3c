namespace KismetPS.Kismet.Text.Server;

/// <summary>All clients that asked for the same fields of the same sentence in the same era: what they get is printed once.</summary>
internal sealed class LineGroup(ServedSentence sentence, FieldSelection selection)
{
    private readonly Dictionary<int, (long Version, OutputBatch? Lines)> _pages = [];

    /// <summary>The sentence.</summary>
    public ServedSentence Sentence { get; } = sentence;

    /// <summary>The fields.</summary>
    public FieldSelection Selection { get; } = selection;

    /// <summary>Who is in it.</summary>
    public List<ClientConversation> Members { get; } = [];

    /// <summary>Bytes of pages kept for others who join.</summary>
    public long PageBytes { get; private set; }

    /// <summary>A page of what is known, printed earlier and true still.</summary>
    public bool TryGetPage(int page, long version, out OutputBatch? lines)
    {
        if (_pages.TryGetValue(page, out (long Version, OutputBatch? Lines) kept) && kept.Version == version)
        {
            lines = kept.Lines;
            return true;
        }

        lines = null;
        return false;
    }

    /// <summary>Keeps a page.</summary>
    public void KeepPage(int page, long version, OutputBatch? lines)
    {
        if (_pages.Remove(page, out (long Version, OutputBatch? Lines) old))
        {
            PageBytes -= old.Lines?.Length ?? 0;
        }

        _pages.Add(page, (version, lines));
        PageBytes += lines?.Length ?? 0;
    }

    /// <summary>Forgets the pages.</summary>
    public void DropPages()
    {
        _pages.Clear();
        PageBytes = 0;
    }
}
