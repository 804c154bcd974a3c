using System.Text;

namespace KismetPS.Kismet.Text;

/// <summary>A sentence a server offers: its name and its fields in their default order, which is what <c>*</c> asks for.</summary>
internal sealed class SentenceDefinition
{
    /// <summary>More fields than any sentence has (58), few enough for hostile lists.</summary>
    public const int MaxFields = 256;

    private const int MaxFieldLength = 64;

    private readonly string[] _fields;
    private readonly byte[][] _fieldBytes;
    private readonly byte[] _name;

    public SentenceDefinition(string name, ReadOnlySpan<string> fields)
    {
        Name = name;
        _name = Encoding.ASCII.GetBytes(name);
        _fields = fields.ToArray();
        _fieldBytes = [.. _fields.Select(Encoding.ASCII.GetBytes)];
    }

    /// <summary>The name, upper case.</summary>
    public string Name { get; }

    /// <summary>The name as on the wire.</summary>
    public ReadOnlySpan<byte> NameBytes => _name;

    /// <summary>The fields in default order.</summary>
    public IReadOnlyList<string> Fields => _fields;

    /// <summary>How many fields.</summary>
    public int Count => _fields.Length;

    /// <summary>Place of a field in default order, or -1; case counts in stable, not in newcore.</summary>
    public int IndexOf(ReadOnlySpan<byte> field, TextEra era)
    {
        for (int i = 0; i < _fieldBytes.Length; i++)
        {
            if (EraText.Equals(_fieldBytes[i], field, era))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Place of a field in default order, or -1.</summary>
    public int IndexOf(string field) => Array.IndexOf(_fields, field);

    /// <summary>Reads the value of a CAPABILITY sentence, <c>NAME field,field,...</c>; false when it is none or has more than 256 fields.</summary>
    public static bool TryParse(ReadOnlySpan<byte> capability, out SentenceDefinition? definition)
    {
        definition = null;
        int blank = capability.IndexOf((byte)' ');
        if (blank is < 1 or > SentenceReader.MaxNameLength)
        {
            return false;
        }

        ReadOnlySpan<byte> list = capability[(blank + 1)..].TrimEnd((byte)' ');
        List<string> fields = [];
        while (!list.IsEmpty)
        {
            int comma = list.IndexOf((byte)',');
            ReadOnlySpan<byte> field = comma < 0 ? list : list[..comma];
            list = comma < 0 ? [] : list[(comma + 1)..];
            if (field.Length is 0 or > MaxFieldLength || field.ContainsAnyExceptInRange((byte)'!', (byte)'~') || fields.Count == MaxFields)
            {
                return false;
            }

            fields.Add(Encoding.ASCII.GetString(field));
        }

        ReadOnlySpan<byte> name = capability[..blank];
        if (fields.Count == 0 || name.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return false;
        }

        definition = new SentenceDefinition(Encoding.ASCII.GetString(name), fields.ToArray());
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {string.Join(',', _fields)}";
}
