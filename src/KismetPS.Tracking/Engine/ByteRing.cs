using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KismetPS.Tracking.Engine;

/// <summary>
/// A bounded queue of byte records with a header, one writing thread, one reading thread. Full mode: the newest record is dropped and counted,
/// the writer never waits. Nothing is allocated per record.
/// </summary>
/// <typeparam name="THeader">Header of a record.</typeparam>
internal sealed class ByteRing<THeader> : IRing
    where THeader : unmanaged
{
    private const int Prefix = 8;
    private const int SkipMark = -1;

    // A queue that is empty begins anew from here on: the part of it that a reader who keeps up goes through stays in the processor's caches, with those of
    // fifteen other readers.
    private const int RewindFrom = 16 * 1024;

    private readonly byte[] _buffer;
    private readonly int _mask;
    private readonly ManualResetEventSlim _ready = new(false);
    private long _head;
    private long _tail;

    // The writer's: where it began anew when the queue was empty, which is as good as read; and for the reader, where it has to go on from there.
    // Written only while the reader has nothing to read.
    private long _floor;
    private long _jumpFrom = -1;
    private long _jumpTo;
    private long _pendingTail;
    private long _written;
    private long _read;
    private long _dropped;
    private long _highWater;
    private volatile bool _completed;

    public ByteRing(int capacityBytes)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(capacityBytes, 256 * 1024, 1 << 30));
        _buffer = GC.AllocateUninitializedArray<byte>(size);
        _mask = size - 1;
    }

    public long Dropped => Volatile.Read(ref _dropped);

    public long HighWater => Volatile.Read(ref _highWater);

    /// <summary>Records waiting.</summary>
    public long Queued => Math.Max(0, Volatile.Read(ref _written) - Volatile.Read(ref _read));

    /// <summary>The reader has gone: nobody will make room.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Counts a record that was not written after all.</summary>
    public void CountDrop() => _dropped++;

    /// <summary>Whether a record of that size fits into the empty queue wherever it begins.</summary>
    public bool Fits(int payloadLength) => Prefix + Unsafe.SizeOf<THeader>() + payloadLength + 8 < _buffer.Length / 2;

    /// <summary>Adds a record; false where there is no room, which is a drop unless the writer will try again.</summary>
    public bool TryWrite(in THeader header, ReadOnlySpan<byte> payload, bool countDrop = true)
    {
        int total = (Prefix + Unsafe.SizeOf<THeader>() + payload.Length + 7) & ~7;
        long head = _head;
        int at = (int)(head & _mask);
        int contiguous = _buffer.Length - at;
        long tail = Math.Max(Volatile.Read(ref _tail), _floor);
        bool rewinds = at >= RewindFrom && head == tail;
        if (rewinds)
        {
            tail = head += contiguous;
            at = 0;
            contiguous = _buffer.Length;
        }

        int skip = contiguous < total ? contiguous : 0;
        if (_buffer.Length - (head - tail) < skip + total)
        {
            _dropped += countDrop ? 1 : 0;
            return false;
        }

        if (rewinds)
        {
            // Told beside the queue: a mark in it would have to be read before that place may be written again.
            _jumpFrom = _head;
            _jumpTo = _floor = head;
        }

        if (skip > 0)
        {
            MemoryMarshal.Write(_buffer.AsSpan(at), SkipMark);
            at = 0;
        }

        Span<byte> record = _buffer.AsSpan(at, total);
        MemoryMarshal.Write(record, total);
        MemoryMarshal.Write(record[4..], payload.Length);
        MemoryMarshal.Write(record[Prefix..], header);
        payload.CopyTo(record[(Prefix + Unsafe.SizeOf<THeader>())..]);
        _written++;
        _highWater = Math.Max(_highWater, _written - Volatile.Read(ref _read));
        Volatile.Write(ref _head, head + skip + total);
        return true;
    }

    /// <summary>Takes the next record; its bytes are valid until the next call.</summary>
    public bool TryRead(out THeader header, out ReadOnlySpan<byte> payload)
    {
        Volatile.Write(ref _tail, _pendingTail);
        header = default;
        payload = default;
        if (_pendingTail == Volatile.Read(ref _head))
        {
            return false;
        }

        if (_pendingTail == _jumpFrom)
        {
            _pendingTail = _jumpTo;
        }

        int at = (int)(_pendingTail & _mask);
        int total = MemoryMarshal.Read<int>(_buffer.AsSpan(at));
        if (total == SkipMark)
        {
            _pendingTail += _buffer.Length - at;
            at = 0;
            total = MemoryMarshal.Read<int>(_buffer);
        }

        ReadOnlySpan<byte> record = _buffer.AsSpan(at, total);
        header = MemoryMarshal.Read<THeader>(record[Prefix..]);
        payload = record.Slice(Prefix + Unsafe.SizeOf<THeader>(), MemoryMarshal.Read<int>(record[4..]));
        _pendingTail += total;
        Volatile.Write(ref _read, _read + 1);
        return true;
    }

    public void Publish()
    {
        // A record written just before must be seen by a reader that has just cleared the event, or the event must be seen cleared here.
        Interlocked.MemoryBarrier();
        if (!_ready.IsSet && Volatile.Read(ref _written) != Volatile.Read(ref _read))
        {
            _ready.Set();
        }
    }

    public void Complete()
    {
        _completed = true;
        _ready.Set();
    }

    /// <summary>The reader goes.</summary>
    public void Close()
    {
        IsClosed = true;
        Complete();
    }

    /// <summary>
    /// Waits for a record; gives up the bytes of the last one. False: completed and empty. True: there is one, or the time is over.
    /// Throws <see cref="OperationCanceledException"/> when told to stop.
    /// </summary>
    public bool Wait(TimeSpan timeout, CancellationToken stop)
    {
        Volatile.Write(ref _tail, _pendingTail);
        if (HasRecord)
        {
            return true;
        }

        _ready.Reset();
        if (HasRecord)
        {
            return true;
        }

        if (_completed)
        {
            _ready.Set();
            return HasRecord;
        }

        _ready.Wait(timeout, stop);

        // In this order: a record written last and completed between two looks must not be taken for an empty end.
        bool completed = _completed;
        return HasRecord || !completed;
    }

    private bool HasRecord => _pendingTail != Volatile.Read(ref _head);
}
