using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace KismetPS.Tracking.Tables;

/// <summary>
/// A hash index from a non-zero 64-bit key to a row number: open addressing, linear probing, removal by shifting back (no tombstones),
/// so that the cost does not creep up in a table that lives for months. When it grows, every later addition, and every search that has to look at what was
/// before, moves a few keys over, so that none of them is long: to move a million at once takes a tenth of a second, in which nobody is at the socket.
/// </summary>
internal sealed unsafe class LongIndex
{
    // Slots looked through at each addition. A table of n slots grows with 3/4 n keys in it, and its successor of 2 n after 3/4 n additions more:
    // two at a time would do.
    private const int MovedAtOnce = 16;
    private const int Removed = -1;

    private Slot* _slots;
    private Array? _memory;
    private int _mask;
    private int _shift;
    private int _growAt;

    // What was before it grew, until all is moved: read only, but that a key removed has no row any more. Slots below _moved are in the new ones.
    private Slot* _old;
    private Array? _oldMemory;
    private int _oldMask;
    private int _oldShift;
    private int _moved;

    public LongIndex(int capacity = 1024) => Allocate(capacity);

    /// <summary>Keys held.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes held.</summary>
    public long MemoryBytes => ((long)_mask + 1 + (_old is null ? 0 : (long)_oldMask + 1)) * sizeof(Slot);

    /// <summary>Has the processor fetch the place where a key is looked for first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(ulong key)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(_slots + Home(key));
        }
    }

    /// <summary>The row of a key, or -1.</summary>
    public int Find(ulong key)
    {
        ulong hash = ByteHash.Compute(key);
        Slot* slots = _slots;
        int mask = _mask;
        for (int i = (int)(hash >> _shift); ; i = (i + 1) & mask)
        {
            Slot* slot = slots + i;
            if (slot->Key == key)
            {
                return slot->Row;
            }

            if (slot->Key == 0)
            {
                return _old is null ? -1 : FindAndMove(key, hash);
            }
        }
    }

    /// <summary>Adds a key that is not in the index.</summary>
    public void Add(ulong key, int row)
    {
        if (_old is not null)
        {
            Move(MovedAtOnce);
        }

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
                return RemoveOld(key);
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

    private void Allocate(int capacity)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity));
        _mask = size - 1;
        _shift = 64 - BitOperations.Log2((uint)size);
        _growAt = size / 4 * 3;
        _slots = (Slot*)TableMemory.Allocate<Slot>(size, out _memory);
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
        if (_old is not null)
        {
            Move(int.MaxValue);
        }

        _old = _slots;
        _oldMemory = _memory;
        _oldMask = _mask;
        _oldShift = _shift;
        _moved = 0;
        Allocate((_mask + 1) * 2);
    }

    private void Move(int slots)
    {
        int end = (int)Math.Min((long)_moved + slots, (long)_oldMask + 1);
        for (; _moved < end; _moved++)
        {
            Slot slot = _old[_moved];
            if (slot.Key != 0 && slot.Row != Removed)
            {
                Insert(slot.Key, slot.Row);
            }
        }

        if (_moved > _oldMask)
        {
            _old = null;
            _oldMemory = null;
        }
    }

    // A key in a slot that was moved and is not in the new ones was removed since.
    private bool FindOld(ulong key, ulong hash, out Slot* found)
    {
        found = null;
        for (int i = (int)(hash >> _oldShift); _old[i].Key != 0; i = (i + 1) & _oldMask)
        {
            if (_old[i].Key == key)
            {
                // One that was removed and added again is in the new ones and never looked for here.
                found = _old + i;
                return i >= _moved && found->Row != Removed;
            }
        }

        return false;
    }

    private int FindAndMove(ulong key, ulong hash)
    {
        int row = FindOld(key, hash, out Slot* found) ? found->Row : -1;
        Move(MovedAtOnce);
        return row;
    }

    private bool RemoveOld(ulong key)
    {
        if (_old is null || !FindOld(key, ByteHash.Compute(key), out Slot* found))
        {
            return false;
        }

        found->Row = Removed;
        Count--;
        return true;
    }

    private struct Slot
    {
        public ulong Key;
        public int Row;
    }
}
