namespace KismetPS.Kismet.Text;

/// <summary>The fields a client asked for, in its order, a field asked twice being there twice. Equal selections share one printed line.</summary>
internal sealed class FieldSelection : IEquatable<FieldSelection>
{
    /// <summary>Most fields one list may ask for. The old servers knew no limit; a real client asks for 58 at most.</summary>
    public const int MaxCount = 512;

    private readonly byte[] _indexes;
    private readonly int _hash;

    private FieldSelection(SentenceDefinition sentence, ReadOnlySpan<byte> indexes)
    {
        Sentence = sentence;
        _indexes = indexes.ToArray();
        HashCode hash = default;
        hash.AddBytes(_indexes);
        hash.Add(sentence.Name);
        _hash = hash.ToHashCode();
    }

    /// <summary>The sentence.</summary>
    public SentenceDefinition Sentence { get; }

    /// <summary>Places in the sentence's default order.</summary>
    public ReadOnlySpan<byte> Indexes => _indexes;

    /// <summary>How many fields the sentence will have.</summary>
    public int Count => _indexes.Length;

    /// <summary>All fields in default order.</summary>
    public static FieldSelection All(SentenceDefinition sentence)
    {
        Span<byte> indexes = stackalloc byte[SentenceDefinition.MaxFields];
        for (int i = 0; i < sentence.Count; i++)
        {
            indexes[i] = (byte)i;
        }

        return new FieldSelection(sentence, indexes[..sentence.Count]);
    }

    /// <summary>
    /// Reads a client's list: names with commas between, or <c>*</c>. On a name the sentence does not have nothing is selected and
    /// <paramref name="unknown"/> is that name as the server of the era repeats it. A list over the limit ends at its first name too many.
    /// </summary>
    public static bool TryParse(SentenceDefinition sentence, ReadOnlySpan<byte> list, TextEra era, out FieldSelection? selection, out ReadOnlySpan<byte> unknown)
    {
        selection = null;
        unknown = [];
        bool stable = era == TextEra.Stable;

        // Stable wants exactly an asterisk as the first item, newcore only looks at the first byte.
        if (list is [(byte)'*', ..] && (!stable || list.Length == 1 || list[1] == ','))
        {
            selection = All(sentence);
            return true;
        }

        Span<byte> indexes = stackalloc byte[MaxCount];
        int count = 0;
        bool more = true;
        while (more)
        {
            int comma = list.IndexOf((byte)',');
            ReadOnlySpan<byte> field = comma < 0 ? list : list[..comma];
            more = comma >= 0;
            list = comma < 0 ? [] : list[(comma + 1)..];

            // Newcore's splitter drops what is behind the last comma when that is nothing; stable's does not.
            if (!stable && !more && field.IsEmpty)
            {
                break;
            }

            int index = sentence.IndexOf(field, era);
            if (index < 0 || count == MaxCount)
            {
                unknown = field;
                return false;
            }

            indexes[count++] = (byte)index;
        }

        selection = new FieldSelection(sentence, indexes[..count]);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(FieldSelection? other) =>
        other is not null && _hash == other._hash && Sentence.Name == other.Sentence.Name && _indexes.AsSpan().SequenceEqual(other._indexes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FieldSelection);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;
}
