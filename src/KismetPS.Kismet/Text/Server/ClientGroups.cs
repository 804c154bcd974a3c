namespace KismetPS.Kismet.Text.Server;

/// <summary>What one client has on: the group it is in for each sentence. Under the hub's gate.</summary>
internal sealed class ClientGroups(LineGroups groups, ClientConversation client)
{
    private readonly LineGroup?[] _on = new LineGroup?[Enum.GetValues<SentenceKind>().Length];

    /// <summary>The group for a sentence; null while it is off.</summary>
    public LineGroup? this[SentenceKind kind] => _on[(int)kind];

    /// <summary>Names of sentences with the number of their fields, those every client has left out.</summary>
    public IReadOnlyList<(string Name, int Fields)> Asked() =>
        [.. _on.OfType<LineGroup>().Where(static g => !ServerCatalog.IsRequired(g.Sentence.Kind)).Select(static g => (g.Sentence.Definition.Name, g.Selection.Count))];

    /// <summary>Switches a sentence on with these fields, in place of those it was on with.</summary>
    public LineGroup Join(ServedSentence sentence, FieldSelection selection)
    {
        LineGroup group = groups.Of(sentence, selection);
        if (group != _on[(int)sentence.Kind])
        {
            Leave(sentence.Kind);
            _on[(int)sentence.Kind] = group;
            group.Members.Add(client);
        }

        return group;
    }

    /// <summary>Switches on what every client has.</summary>
    public void JoinRequired(ServerCatalog catalog)
    {
        for (SentenceKind kind = 0; ServerCatalog.IsRequired(kind); kind++)
        {
            Join(catalog[kind], FieldSelection.All(catalog[kind].Definition));
        }
    }

    /// <summary>Switches a sentence off.</summary>
    public void Leave(SentenceKind kind)
    {
        ref LineGroup? slot = ref _on[(int)kind];
        if (slot is not null)
        {
            slot.Members.Remove(client);
            groups.Release(slot);
            slot = null;
        }
    }

    /// <summary>Switches all off.</summary>
    public void LeaveAll()
    {
        for (int kind = 0; kind < _on.Length; kind++)
        {
            Leave((SentenceKind)kind);
        }
    }
}
