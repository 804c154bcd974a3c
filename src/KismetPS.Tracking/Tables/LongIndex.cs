using System.Numerics;
using System.Runtime.CompilerServices;

namespace KismetPS.Tracking.Tables;

/// <summary>
/// A hash index from a non-zero 64-bit key to a row number: open addressing, linear probing, removal by shifting back (no tombstones),
/// so that the cost does not creep up in a table that lives for months.
/// </summary>
internal sealed class LongIndex
{
    private Slot[] _slots;
    private int _mask;
    private int _shift;
    private int _growAt;

    public LongIndex(int capacity = 1024) => _slots = Allocate(capacity);

    /// <summary>Keys held.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes held.</summary>
    public long MemoryBytes => (long)_slots.Length * Unsafe.SizeOf<Slot>();

    /// <summary>The row of a key, or -1.</summary>
    public int Find(ulong key)
    {
        Slot[] slots = _slots;
        int mask = _mask;
        for (int i = Home(key); ; i = (i + 1) & mask)
        {
            ref Slot slot = ref slots[i];
            if (slot.Key == key)
            {
                return slot.Row;
            }

            if (slot.Key == 0)
            {
                return -1;
            }
        }
    }

    /// <summary>Has the processor fetch the place of a key, to be found a moment later.</summary>
    public void Fetch(ulong key) => RowFetcher.Fetch(ref _slots[Home(key)]);

    /// <summary>Adds a key that is not in the index.</summary>
    public void Add(ulong key, int row)
    {
        if (Count >= _growAt)
        {
            Grow();
        }

        Insert(key, row);
        Count++;
    }

    /// <summary>Removes a key; false if it was not there.</summary>
    public bool Remove(ulong key)
    {
        int mask = _mask;
        int at = Home(key);
        while (_slots[at].Key != key)
        {
            if (_slots[at].Key == 0)
            {
                return false;
            }

            at = (at + 1) & mask;
        }

        // Shift back every follower that may not stand behind a hole on its way from home.
        for (int next = (at + 1) & mask; _slots[next].Key != 0; next = (next + 1) & mask)
        {
            int home = Home(_slots[next].Key);
            if (((next - home) & mask) >= ((next - at) & mask))
            {
                _slots[at] = _slots[next];
                at = next;
            }
        }

        _slots[at] = default;
        Count--;
        return true;
    }

    // Keyed: with a known hash a sender could invent addresses that all have one home, and every search would walk past all of them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Home(ulong key) => (int)(ByteHash.Compute(key) >> _shift);

    private Slot[] Allocate(int capacity)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity));
        _mask = size - 1;
        _shift = 64 - BitOperations.Log2((uint)size);
        _growAt = size / 4 * 3;
        return new Slot[size];
    }

    private void Insert(ulong key, int row)
    {
        int i = Home(key);
        while (_slots[i].Key != 0)
        {
            i = (i + 1) & _mask;
        }

        _slots[i] = new Slot { Key = key, Row = row };
    }

    private void Grow()
    {
        Slot[] old = _slots;
        _slots = Allocate(old.Length * 2);
        foreach (Slot slot in old)
        {
            if (slot.Key != 0)
            {
                Insert(slot.Key, slot.Row);
            }
        }
    }

    private struct Slot
    {
        public ulong Key;
        public int Row;
    }
}
