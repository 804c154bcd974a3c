using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace KismetPS.Tracking.Tables;

/// <summary>
/// A hash index from a 64-bit key to a row number: open addressing, linear probing, removal by shifting back (no tombstones),
/// so that the cost does not creep up in a table that lives for months. A slot has eight bytes: the number of the row, and half of the key's hash, by which
/// all but one of some thousand million other keys are passed over without a look at their rows. When it grows, every later addition, and every search that has to look at what was
/// before, moves a few keys over, so that none of them is long: to move a million at once takes a tenth of a second, in which nobody is at the socket.
/// </summary>
/// <typeparam name="TKeys">Knows the key of a row.</typeparam>
internal sealed unsafe class RowIndex<TKeys>
    where TKeys : struct, IRowKeys
{
    // Slots looked through at each addition. A table of n slots grows with 3/4 n keys in it, and its successor of 2 n after 3/4 n additions more:
    // two at a time would do.
    private const int MovedAtOnce = 16;

    // The slots of its successor are prepared when this share of its room is left.
    private const int PreparedAt = 16;

    private readonly TKeys _keys;
    private Slot* _slots;
    private TableBlock _block;
    private Task<TableBlock>? _prepared;
    private int _mask;
    private int _shift;
    private int _growAt;

    // What was before it grew, until all is moved: read only, but that a key removed has no row any more. Slots below _moved are in the new ones.
    private Slot* _old;
    private TableBlock? _oldBlock;
    private int _oldMask;
    private int _oldShift;
    private int _moved;

    /// <param name="keys">The keys of the rows.</param>
    /// <param name="capacity">Slots to begin with.</param>
    public RowIndex(TKeys keys, int capacity = 1024)
    {
        _keys = keys;
        Allocate(capacity);
    }

    /// <summary>Keys held.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes held.</summary>
    public long MemoryBytes => _block.Length + (_oldBlock?.Length ?? 0);

    /// <summary>Has the processor fetch the place where a key is looked for first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(ulong key)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(_slots + (Tag(key) >> _shift));
        }
    }

    /// <summary>
    /// The row that a key has for almost certain, or -1: no row is looked at, and what is still to be moved is not either. For hints.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindLikely(ulong key)
    {
        uint tag = Tag(key);
        for (int i = (int)(tag >> _shift); ; i = (i + 1) & _mask)
        {
            Slot slot = _slots[i];
            if (slot.Tag == tag || slot.Number == 0)
            {
                return slot.Number - 1;
            }
        }
    }

    /// <summary>The row of a key, or -1.</summary>
    public int Find(ulong key)
    {
        uint tag = Tag(key);
        int at = Search(_slots, _mask, (int)(tag >> _shift), tag, key);
        return at >= 0 ? _slots[at].Row : _old is null ? -1 : FindAndMove(key, tag);
    }

    /// <summary>Adds a key that is not in the index; its row says it already.</summary>
    public void Add(ulong key, int row)
    {
        if (_old is not null)
        {
            Move(MovedAtOnce);
        }

        if (Count >= _growAt - (_growAt / PreparedAt))
        {
            _prepared ??= TableBlock.Prepare(((nint)_mask + 1) * 2 * sizeof(Slot));
            if (Count >= _growAt)
            {
                Grow();
            }
        }

        Insert(new Slot { Tag = Tag(key), Number = row + 1 });
        Count++;
    }

    /// <summary>Removes a key, which its row still says; false if it was not there.</summary>
    public bool Remove(ulong key)
    {
        uint tag = Tag(key);
        int at = Search(_slots, _mask, (int)(tag >> _shift), tag, key);
        if (at < 0)
        {
            return RemoveOld(key, tag);
        }

        // Shift back every follower that may not stand behind a hole on its way from home.
        for (int next = (at + 1) & _mask; _slots[next].Number != 0; next = (next + 1) & _mask)
        {
            int home = (int)(_slots[next].Tag >> _shift);
            if (((next - home) & _mask) >= ((next - at) & _mask))
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
    private static uint Tag(ulong key) => (uint)(ByteHash.Compute(key) >> 32);

    // The slot of a key, or -1.
    private int Search(Slot* slots, int mask, int home, uint tag, ulong key)
    {
        for (int i = home; ; i = (i + 1) & mask)
        {
            Slot slot = slots[i];
            if (slot.Number == 0)
            {
                return -1;
            }

            if (slot.Tag == tag && slot.Number != Slot.Removed && _keys.KeyOf(slot.Row) == key)
            {
                return i;
            }
        }
    }

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_block))]
    private void Allocate(int capacity)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity));
        _mask = size - 1;
        _shift = 32 - BitOperations.Log2((uint)size);
        _growAt = size / 4 * 3;
        _block = TableBlock.Take(ref _prepared, (nint)size * sizeof(Slot));
        _slots = (Slot*)_block.Start;
    }

    private void Insert(Slot slot)
    {
        int i = (int)(slot.Tag >> _shift);
        while (_slots[i].Number != 0)
        {
            i = (i + 1) & _mask;
        }

        _slots[i] = slot;
    }

    private void Grow()
    {
        if (_old is not null)
        {
            Move(int.MaxValue);
        }

        _old = _slots;
        _oldBlock = _block;
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
            if (_old[_moved].Number is not (0 or Slot.Removed))
            {
                Insert(_old[_moved]);
            }
        }

        if (_moved > _oldMask)
        {
            _old = null;
            _oldBlock?.Dispose();
            _oldBlock = null;
        }
    }

    // A key in a slot that was moved and is not in the new ones was removed since. One that was removed and added again is in the new ones and never
    // looked for here.
    private int FindOld(ulong key, uint tag)
    {
        int at = _old is null ? -1 : Search(_old, _oldMask, (int)(tag >> _oldShift), tag, key);
        return at >= _moved ? at : -1;
    }

    private int FindAndMove(ulong key, uint tag)
    {
        int at = FindOld(key, tag);
        int row = at < 0 ? -1 : _old[at].Row;
        Move(MovedAtOnce);
        return row;
    }

    private bool RemoveOld(ulong key, uint tag)
    {
        int at = FindOld(key, tag);
        if (at < 0)
        {
            return false;
        }

        _old[at].Number = Slot.Removed;
        Count--;
        return true;
    }

    private struct Slot
    {
        /// <summary>Stands for the row of a key that was removed.</summary>
        public const int Removed = -1;

        public uint Tag;

        /// <summary>Row plus one; 0 is an empty slot.</summary>
        public int Number;

        public readonly int Row => Number - 1;
    }
}
