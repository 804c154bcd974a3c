using KismetPS.Capture.Tzsp;

namespace KismetPS.Bench.Corpora;

/// <summary>TZSP messages, one behind the other in one buffer, as a receiver would find them in its slots.</summary>
internal sealed class Corpus
{
    private const byte PacketCountTag = TzspTagNumber.PacketCount;

    private readonly List<byte> _building = [];
    private readonly List<int> _starts = [];
    private readonly List<int> _countPlaces = [];
    private byte[]? _bytes;

    /// <summary>What it was made of.</summary>
    public string Description { get; set; } = "";

    /// <summary>Messages.</summary>
    public int Count => _starts.Count;

    /// <summary>Mean length of a message, bytes.</summary>
    public double MeanLength => (double)Bytes.Length / Math.Max(1, Count);

    private byte[] Bytes => _bytes ??= [.. _building];

    /// <summary>A message.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            int start = _starts[index];
            return Bytes.AsSpan(start, (index + 1 < _starts.Count ? _starts[index + 1] : Bytes.Length) - start);
        }
    }

    /// <summary>Adds a message.</summary>
    public void Add(ReadOnlySpan<byte> message)
    {
        _bytes = null;
        _starts.Add(_building.Count);
        _countPlaces.Add(FindCount(message));
        _building.AddRange(message);
    }

    /// <summary>Where the four bytes of the packet count (tag 40) lie in a message, 0 where it has none.</summary>
    public int CountPlace(int index) => _countPlaces[index];

    /// <summary>The messages as arrays of starts, for loops that must cost nothing themselves.</summary>
    public PackedCorpus Pack() => new(Bytes, [.. _starts, Bytes.Length], [.. _countPlaces]);

    private static int FindCount(ReadOnlySpan<byte> message)
    {
        TzspTagReader tags = new(message);
        while (tags.TryRead())
        {
            if (tags.Number == PacketCountTag && tags.ValueLength == 4)
            {
                return tags.ValueOffset;
            }
        }

        return 0;
    }
}
