namespace KismetPS.Kismet.Text.Server;

/// <summary>A sentence of this server in one era: its union of fields, and what each of them is.</summary>
internal sealed class ServedSentence
{
    private readonly WireField[] _fields;

    public ServedSentence(SentenceKind kind, TextEra era, SentenceDefinition definition)
    {
        Kind = kind;
        Era = era;
        Definition = definition;
        _fields = [.. definition.Fields.Select(static name => Enum.Parse<WireField>(name.Replace("_", string.Empty, StringComparison.Ordinal), ignoreCase: true))];
    }

    /// <summary>Which one it is.</summary>
    public SentenceKind Kind { get; }

    /// <summary>The era whose order and forms these are.</summary>
    public TextEra Era { get; }

    /// <summary>Name and fields as offered.</summary>
    public SentenceDefinition Definition { get; }

    /// <summary>A field by its place in the definition.</summary>
    public WireField this[byte index] => _fields[index];
}
