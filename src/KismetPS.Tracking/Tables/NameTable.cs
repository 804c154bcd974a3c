using KismetPS.Wireless;

namespace KismetPS.Tracking.Tables;

/// <summary>
/// Byte strings (SSIDs, WPS names) kept once each, counted by use and forgotten with the last use; bounded. Number 0 is "no name".
/// </summary>
internal sealed class NameTable
{
    private readonly int _capacity;
    private readonly RowTable<NameRow> _rows = new();
    private readonly RowIndex<NameKeys> _index;
    private long _nameBytes;

    /// <param name="capacity">Most names kept.</param>
    public NameTable(int capacity)
    {
        _capacity = capacity;
        _index = new RowIndex<NameKeys>(new NameKeys(_rows));
    }

    /// <summary>Names not kept because the table was full.</summary>
    public long Refused { get; private set; }

    /// <summary>Names kept.</summary>
    public int Count => _rows.Count;

    /// <summary>No new name of a network is taken any more.</summary>
    public bool IsFull => _rows.Count >= _capacity;

    /// <summary>Bytes held, the names themselves included.</summary>
    public long MemoryBytes => _rows.MemoryBytes + _index.MemoryBytes + _nameBytes;

    /// <summary>Number of a name, taken into use once more; 0 for an empty name or where there is no room for a new one.</summary>
    /// <param name="bytes">The name.</param>
    /// <param name="ofNetwork">
    /// Whether a network is called so. What clients ask for and access points tell besides has half of the room only: whoever invents names
    /// to ask for must not keep the names of networks out.
    /// </param>
    public int Take(ReadOnlySpan<byte> bytes, bool ofNetwork)
    {
        int id = Find(bytes, out ulong key);
        if (id > 0)
        {
            _rows[id - 1].Uses++;
            return id;
        }

        if (bytes.IsEmpty)
        {
            return 0;
        }

        if (_rows.Count >= (ofNetwork ? _capacity : _capacity / 2))
        {
            Refused++;
            return 0;
        }

        int row = _rows.Take();
        _rows[row] = new NameRow { Bytes = bytes.ToArray(), Key = key, Uses = 1 };
        _nameBytes += ArrayBytes(bytes.Length);
        _index.Add(key, row);
        return row + 1;
    }

    /// <summary>Number of a name without taking it into use; 0 if it is not kept.</summary>
    public int Find(ReadOnlySpan<byte> bytes) => Find(bytes, out _);

    /// <summary>Whether these bytes are the name of a number that is not 0.</summary>
    public bool Is(int id, ReadOnlySpan<byte> bytes) => _rows[id - 1].Bytes.AsSpan().SequenceEqual(bytes);

    /// <summary>Ends one use.</summary>
    public void Release(int id)
    {
        if (id > 0 && --_rows[id - 1].Uses == 0)
        {
            _index.Remove(_rows[id - 1].Key);
            _nameBytes -= ArrayBytes(_rows[id - 1].Bytes.Length);
            _rows.Free(id - 1);
        }
    }

    /// <summary>What is known of the networks of that name, for the alert rules. The number is not 0.</summary>
    public ref NameUse UseOf(int id) => ref _rows[id - 1].Use;

    /// <summary>The text of a name as users see it; null for 0.</summary>
    public string? Text(int id)
    {
        if (id <= 0)
        {
            return null;
        }

        ref NameRow row = ref _rows[id - 1];
        return row.Text ??= SsidText.ToDisplay(row.Bytes);
    }

    // An array object: header, method table and length, then the bytes, up to a multiple of eight.
    private static int ArrayBytes(int length) => (24 + length + 7) & ~7;

    private int Find(ReadOnlySpan<byte> bytes, out ulong key)
    {
        key = 0;
        if (bytes.IsEmpty)
        {
            return 0;
        }

        // Two names with one 64-bit hash take neighbouring keys; at most a handful of tries, since the hash is keyed by a random seed.
        for (key = ByteHash.Compute(bytes) | 1; ; key += 2)
        {
            int row = _index.Find(key);
            if (row < 0)
            {
                return 0;
            }

            if (_rows[row].Bytes.AsSpan().SequenceEqual(bytes))
            {
                return row + 1;
            }
        }
    }

    private readonly struct NameKeys(RowTable<NameRow> rows) : IRowKeys
    {
        public ulong KeyOf(int row) => rows[row].Key;
    }

    private struct NameRow
    {
        public byte[] Bytes;
        public string? Text;
        public ulong Key;
        public int Uses;
        public NameUse Use;
    }
}
