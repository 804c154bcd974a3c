using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace KismetPS.Kismet.Text;

/// <summary>The sentences a server offers, by name.</summary>
internal sealed class SentenceCatalog
{
    private static readonly Lazy<SentenceCatalog[]> Known = new(ReadTables);

    private readonly SentenceDefinition[] _sentences;
    private readonly Dictionary<UInt128, SentenceDefinition> _byName;

    /// <summary>A catalog of these sentences; of two with one name the first counts.</summary>
    public SentenceCatalog(string release, TextEra era, IEnumerable<SentenceDefinition> sentences)
    {
        Release = release;
        Era = era;
        _byName = [];
        List<SentenceDefinition> kept = [];
        foreach (SentenceDefinition sentence in sentences)
        {
            if (TryPack(sentence.NameBytes, out UInt128 key) && _byName.TryAdd(key, sentence))
            {
                kept.Add(sentence);
            }
        }

        _sentences = [.. kept];
    }

    /// <summary>The catalogs of all releases with the text protocol, oldest first, as their sources define them.</summary>
    public static IReadOnlyList<SentenceCatalog> Releases => Known.Value;

    /// <summary>The newest catalog of an era: 2008-05-R1 or 2016-07-R1.</summary>
    public static SentenceCatalog Newest(TextEra era) => Known.Value.Last(c => c.Era == (era == TextEra.Stable ? TextEra.Stable : TextEra.Newcore));

    /// <summary>The catalog of a release such as <c>2005-08-R1</c>, or as KISMET writes it, <c>2005.08.R1</c>; null when there is none.</summary>
    public static SentenceCatalog? Find(string release) => Array.Find(Known.Value, c => c.Release == release.Replace('.', '-'));

    /// <summary>The release, or whatever the catalog was named.</summary>
    public string Release { get; }

    /// <summary>Its era, which decides whether case counts.</summary>
    public TextEra Era { get; }

    /// <summary>The sentences; those of a release in order of their names.</summary>
    public IReadOnlyList<SentenceDefinition> Sentences => _sentences;

    /// <summary>Finds a sentence by its name on the wire.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, [NotNullWhen(true)] out SentenceDefinition? sentence)
    {
        if (!TryPack(name, out UInt128 key) || !_byName.TryGetValue(key, out sentence) ||
            (Era == TextEra.Stable && !name.SequenceEqual(sentence.NameBytes)))
        {
            sentence = null;
            return false;
        }

        return true;
    }

    /// <summary>Finds a sentence by its name.</summary>
    public SentenceDefinition? Find(ReadOnlySpan<char> name)
    {
        Span<byte> bytes = stackalloc byte[SentenceReader.MaxNameLength];
        return name.Length <= bytes.Length && Encoding.ASCII.TryGetBytes(name, bytes, out int length) && TryGet(bytes[..length], out SentenceDefinition? sentence) ? sentence : null;
    }

    /// <summary>A name of up to 16 bytes as one number, letters in upper case.</summary>
    private static bool TryPack(ReadOnlySpan<byte> name, out UInt128 key)
    {
        key = default;
        if (name.Length > SentenceReader.MaxNameLength)
        {
            return false;
        }

        ulong high = 0;
        ulong low = 0;
        foreach (byte b in name)
        {
            byte upper = (uint)(b - 'a') <= 25 ? (byte)(b - 32) : b;
            high = (high << 8) | (low >> 56);
            low = (low << 8) | upper;
        }

        key = new UInt128(high, low);
        return true;
    }

    private static SentenceCatalog[] ReadTables()
    {
        SentenceDefinition[] definitions = [.. FieldTables.Sentences.Select(static line =>
        {
            string[] parts = line.Split(' ');
            return new SentenceDefinition(parts[0], parts[1].Split(','));
        })];
        return [.. FieldTables.Releases.Select(r =>
            new SentenceCatalog(r.Release, r.Era, r.Sentences.Split(' ').Select(n => definitions[int.Parse(n, System.Globalization.CultureInfo.InvariantCulture)])))];
    }
}
