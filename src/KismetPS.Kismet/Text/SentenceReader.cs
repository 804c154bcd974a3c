using System.Runtime.CompilerServices;

namespace KismetPS.Kismet.Text;

/// <summary>
/// One line from a server: <c>*NAME: word word </c>. Sentences of one raw value (<see cref="IsRaw"/>) hold it up to the end of the line, neither quoted
/// nor followed by a blank, whatever fields were asked for.
/// </summary>
internal ref struct SentenceReader
{
    /// <summary>Longest name a server can register.</summary>
    public const int MaxNameLength = 16;

    // "\x01%s\x01" printed into 128 bytes; 255 for NETWORK's texts since 2006-04; 32 for CARD.username.
    private static ReadOnlySpan<byte> StableCuts => [126, 253];

    private static ReadOnlySpan<byte> CardCuts => [30, 126, 253];

    private WordReader _words;

    private SentenceReader(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, TextEra era)
    {
        Name = name;
        IsRaw = IsRawSentence(name, era);
        ReadOnlySpan<byte> cuts = era != TextEra.Stable ? default : name.SequenceEqual("CARD"u8) ? CardCuts : StableCuts;
        _words = new WordReader(data, cuts);
    }

    /// <summary>The name, as sent.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Whether the sentence is one raw value.</summary>
    public bool IsRaw { get; }

    /// <summary>Marks of all words read so far.</summary>
    public readonly WordMarks Seen => _words.Seen;

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _words.Rest;

    /// <summary>Reads the name of a sentence; its words follow with <see cref="TryRead"/>.</summary>
    public static SentenceStatus Read(ReadOnlySpan<byte> line, TextEra era, out SentenceReader sentence)
    {
        sentence = default;
        if (line.IsEmpty)
        {
            return SentenceStatus.Empty;
        }

        if (line[0] != '*')
        {
            return SentenceStatus.NoAsterisk;
        }

        int length = 0;
        while (1 + length < line.Length && IsNameByte(line[1 + length]))
        {
            length++;
        }

        int colon = 1 + length;
        if (colon == line.Length)
        {
            return SentenceStatus.NoColon;
        }

        if (line[colon] != ':')
        {
            return line[colon..].Contains((byte)':') ? SentenceStatus.BadName : SentenceStatus.NoColon;
        }

        if (length is 0 or > MaxNameLength)
        {
            return SentenceStatus.BadName;
        }

        int data = colon + 1;
        if (data < line.Length && line[data] == ' ')
        {
            data++;
        }

        sentence = new SentenceReader(line[1..colon], line[data..], era);
        return SentenceStatus.Ok;
    }

    /// <summary>The next word; false at the end. A raw sentence has one word or none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(out Word word)
    {
        if (!IsRaw)
        {
            return _words.TryRead(out word);
        }

        ReadOnlySpan<byte> rest = _words.Rest;
        bool found = !rest.IsEmpty;
        _words = default;

        // Kismet's servers end these with no blank. One that does ends a number, an address or a list with it; of a text it is a part.
        word = new Word(rest is [.., (byte)' '] && !IsText(Name) ? rest[..^1] : rest, WordMarks.None);
        return found;
    }

    /// <summary>Everything up to the end of the line as one word: the free text of stable STRING.</summary>
    public bool TryReadRest(out Word word) => _words.TryReadRest(out word);

    /// <summary>Whether sentences of this name hold one raw value.</summary>
    public static bool IsRawSentence(ReadOnlySpan<byte> name, TextEra era) => name.Length switch
    {
        3 => era == TextEra.Stable && name.SequenceEqual("ACK"u8),
        4 => name.SequenceEqual("TIME"u8),
        5 => era == TextEra.Stable && name.SequenceEqual("ERROR"u8),
        6 => name.SequenceEqual("REMOVE"u8) || (era == TextEra.Stable && name.SequenceEqual("STATUS"u8)),
        9 => name.SequenceEqual("PROTOCOLS"u8) || name.SequenceEqual("TERMINATE"u8),
        10 => name.SequenceEqual("CAPABILITY"u8),
        _ => false,
    };

    private static bool IsText(ReadOnlySpan<byte> name) => name.SequenceEqual("TERMINATE"u8) || name.SequenceEqual("STATUS"u8) || name.SequenceEqual("ERROR"u8);

    private static bool IsNameByte(byte b) => (uint)(b - '0') <= 9 || (uint)((b | 0x20) - 'a') <= 25 || b is (byte)'_' or (byte)'-';
}
