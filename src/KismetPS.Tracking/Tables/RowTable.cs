using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KismetPS.Tracking.Tables;

/// <summary>
/// Rows of a struct in chunks that never move, with reuse of freed rows. Growing adds a chunk and copies nothing, so no pause grows with the table.
/// </summary>
/// <typeparam name="T">Row type.</typeparam>
internal sealed class RowTable<T>
    where T : struct
{
    /// <summary>Rows in a chunk.</summary>
    public const int ChunkSize = 1 << ChunkBits;

    private const int ChunkBits = 9;

    private readonly Stack<int> _free = new();
    private T[][] _chunks = new T[4][];
    private int _used;

    /// <summary>Rows ever used: row numbers are below this. Freed rows are among them.</summary>
    public int Limit => _used;

    /// <summary>Rows in use.</summary>
    public int Count => _used - _free.Count;

    /// <summary>Bytes held.</summary>
    public long MemoryBytes => (long)((_used + ChunkSize - 1) / ChunkSize) * ChunkSize * Unsafe.SizeOf<T>();

    /// <summary>A row by number.</summary>
    public ref T this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        // The mask keeps the second index inside, since every chunk has that size: one check is enough, and this is asked a dozen times a frame.
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_chunks[row >> ChunkBits]), (nint)(uint)(row & (ChunkSize - 1)));
    }

    /// <summary>Takes a cleared row.</summary>
    public int Take()
    {
        if (_free.TryPop(out int row))
        {
            return row;
        }

        row = _used++;
        int chunk = row >> ChunkBits;
        if (chunk == _chunks.Length)
        {
            Array.Resize(ref _chunks, chunk * 2);
        }

        _chunks[chunk] ??= new T[ChunkSize];
        return row;
    }

    /// <summary>Clears a row and gives it back.</summary>
    public void Free(int row)
    {
        this[row] = default;
        _free.Push(row);
    }
}
