using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KismetPS.Tracking.Tables;

/// <summary>
/// Rows of a struct in chunks that never move, with reuse of freed rows. Growing adds chunks and copies nothing, so no pause grows with the table.
/// </summary>
/// <typeparam name="T">Row type.</typeparam>
internal sealed unsafe class RowTable<T>
    where T : struct
{
    /// <summary>Rows in a chunk.</summary>
    public const int ChunkSize = 1 << ChunkBits;

    private const int ChunkBits = 9;

    // Chunks are made one by one in a small table, then so many as fill a large page. The next ones are prepared when this share of the last is left.
    private const int LargeFrom = 512 * 1024;
    private const int PreparedAt = 4;

    private readonly Stack<int> _free = new();
    private readonly List<TableBlock> _blocks = [];
    private nint[] _starts = new nint[4];
    private T[][] _arrays = new T[4][];
    private Task<TableBlock>? _prepared;
    private int _prepareAt = int.MaxValue;
    private int _chunks;
    private int _used;

    /// <summary>Rows ever used: row numbers are below this. Freed rows are among them.</summary>
    public int Limit => _used;

    /// <summary>Rows in use.</summary>
    public int Count => _used - _free.Count;

    /// <summary>Bytes held.</summary>
    public long MemoryBytes => RuntimeHelpers.IsReferenceOrContainsReferences<T>() ? (long)_chunks * ChunkSize * Unsafe.SizeOf<T>() : _blocks.Sum(static b => (long)b.Length);

    /// <summary>A row by number.</summary>
    public ref T this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        // The mask keeps the second index inside, since every chunk has that size: one check is enough, and this is asked a dozen times a frame.
        get => ref Unsafe.Add(ref Start(row >> ChunkBits), (nint)(uint)(row & (ChunkSize - 1)));
    }

    /// <summary>Takes a cleared row.</summary>
    public int Take()
    {
        if (_free.TryPop(out int row))
        {
            return row;
        }

        row = _used++;
        if (row >= _prepareAt)
        {
            _prepareAt = int.MaxValue;
            _prepared ??= TableBlock.Prepare(TableBlock.LargePage);
        }

        if (row >> ChunkBits == _chunks)
        {
            Grow();
        }

        return row;
    }

    /// <summary>Clears a row and gives it back.</summary>
    public void Free(int row)
    {
        this[row] = default;
        _free.Push(row);
    }

    // Which of the two is settled when the code is compiled. Rows with references in them are the collector's to look through, so they lie in arrays as usual.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref T Start(int chunk)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            return ref MemoryMarshal.GetArrayDataReference(_arrays[chunk]);
        }

        return ref Unsafe.AsRef<T>((void*)_starts[chunk]);
    }

    private void Grow()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            Resize(ref _arrays, _chunks + 1);
            _arrays[_chunks++] = new T[ChunkSize];
            return;
        }

        int chunk = ChunkSize * Unsafe.SizeOf<T>();
        nint wanted = (long)_chunks * chunk < LargeFrom ? chunk : Math.Max(chunk, TableBlock.LargePage);
        TableBlock block = TableBlock.Take(ref _prepared, wanted);
        _blocks.Add(block);
        nint start = block.Start;
        int run = (int)(wanted / chunk);
        Resize(ref _starts, _chunks + run);
        _prepareAt = run > 1 ? (_chunks + run - ((run + PreparedAt - 1) / PreparedAt)) << ChunkBits : int.MaxValue;
        for (int i = 0; i < run; i++)
        {
            _starts[_chunks++] = start + ((nint)i * ChunkSize * Unsafe.SizeOf<T>());
        }
    }

    private static void Resize<TItem>(ref TItem[] items, int needed)
    {
        if (needed > items.Length)
        {
            Array.Resize(ref items, Math.Max(needed, items.Length * 2));
        }
    }
}
