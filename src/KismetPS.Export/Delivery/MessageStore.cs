using KismetPS.Capture;
using KismetPS.Export.Spooling;

namespace KismetPS.Export.Delivery;

/// <summary>
/// Messages between the one thread that makes them and the one that sends them: numbered, kept until they are known to have been received, in a
/// bounded memory queue and, with a spool, on the disk first. Whoever is too far behind loses the oldest, counted.
/// </summary>
internal sealed class MessageStore : IDisposable
{
    private static readonly TimeSpan s_diskRetry = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly LinkedList<MessageChunk> _chunks = [];
    private readonly Stack<MessageChunk> _free = new();
    private readonly long _memoryLimit;
    private readonly Spool? _spool;
    private readonly Action<KismetException> _onFailure;
    private readonly bool _waitForRoom;
    private readonly long _firstLast;
    private long _memory;
    private long _last;
    private long _cursor;
    private long _confirmed;
    private long _highestTaken;
    private long _spooled;
    private long _sendable;
    private long _diskFailedAt;
    private bool _diskFails;
    private bool _complete;
    private long _droppedInMemory;
    private long _droppedOnDisk;
    private long _damaged;
    private long _resent;
    private long _taken;
    private long _notSpooled;

    /// <summary>Makes one.</summary>
    /// <param name="memoryLimit">Bytes in memory.</param>
    /// <param name="spool">Where messages go first, or null.</param>
    /// <param name="waitForRoom">Whether <see cref="WaitForRoom"/> is asked, so that nothing needs to be dropped.</param>
    /// <param name="onFailure">Told of a disk that fails, once per outage.</param>
    public MessageStore(long memoryLimit, Spool? spool, bool waitForRoom, Action<KismetException> onFailure)
    {
        _memoryLimit = memoryLimit;
        _spool = spool;
        _waitForRoom = waitForRoom;
        _onFailure = onFailure;
        if (spool is not null)
        {
            _last = _firstLast = spool.Last;
            _spooled = _sendable = _last;
            _confirmed = spool.Confirmed;
            _cursor = _confirmed + 1;
            _highestTaken = _confirmed;
        }
        else
        {
            _cursor = 1;
        }
    }

    /// <summary>The number of the next message.</summary>
    public long Next => Volatile.Read(ref _last) + 1;

    /// <summary>Counters now.</summary>
    public MessageStoreCounters Counters
    {
        get
        {
            lock (_gate)
            {
                // What is missing in front of the cursor is counted when the cursor gets there, and shown before.
                long available = FirstAvailable();
                long missing = Math.Max(0, available - _cursor);
                return new MessageStoreCounters
                {
                    Last = _last,
                    Made = _last - _firstLast,
                    Confirmed = _confirmed,
                    Taken = _taken,
                    Unconfirmed = Math.Max(0, Math.Min(_taken, _highestTaken - _confirmed)),
                    Queued = Math.Max(0, _last - _cursor + 1 - missing),
                    Spooled = _spool is null ? 0 : Math.Max(0, _spooled - Math.Max(_confirmed, _spool.First - 1)),
                    SpoolBytes = _spool?.Bytes ?? 0,
                    DroppedInMemory = _droppedInMemory + (_spool is null ? missing : 0),
                    DroppedOnDisk = _droppedOnDisk + (_spool is null ? 0 : missing),
                    Damaged = _damaged,
                    Resent = _resent,
                    NotSpooled = _notSpooled,
                };
            }
        }
    }

    /// <summary>Whether all there will be is taken and no more comes.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_gate)
            {
                return _complete && _cursor > _last;
            }
        }
    }

    /// <summary>Whether all there is was received or given up; more may come.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _confirmed >= _last;
            }
        }
    }

    /// <summary>Whether no more comes and all there was is received or given up.</summary>
    public bool IsSettled
    {
        get
        {
            lock (_gate)
            {
                return _complete && _confirmed >= _last;
            }
        }
    }

    /// <summary>Whether all that was not received is on the disk.</summary>
    public bool IsSpooled
    {
        get
        {
            lock (_gate)
            {
                return _spool is not null && _spooled >= _last;
            }
        }
    }

    /// <summary>Adds a message under <see cref="Next"/>. The sender sees it after <see cref="Flush"/>, or before.</summary>
    public void Append(ReadOnlySpan<byte> message)
    {
        bool chunkFull = false;
        lock (_gate)
        {
            MessageChunk? chunk = _chunks.Last?.Value;
            if (chunk is null || chunk.IsPinned || chunk.Last != _last || !chunk.TryAppend(message))
            {
                chunkFull = chunk is not null;
                chunk = NewChunk(message.Length);
                chunk.TryAppend(message);
            }

            Volatile.Write(ref _last, _last + 1);
            if (_spool is null)
            {
                _sendable = _last;
                if (chunkFull)
                {
                    Monitor.PulseAll(_gate);
                }
            }
        }

        if (chunkFull && _spool is not null)
        {
            WriteSpool();
        }
    }

    /// <summary>Ends a batch: to the disk with it, and the sender is woken.</summary>
    public void Flush()
    {
        if (_spool is not null)
        {
            WriteSpool();
        }

        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>No more messages come.</summary>
    public void Complete()
    {
        Flush();
        lock (_gate)
        {
            _complete = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until the queue has room for more, at most so long; true if it has.</summary>
    public bool WaitForRoom(TimeSpan most)
    {
        lock (_gate)
        {
            return HasRoom() || (Monitor.Wait(_gate, most) && HasRoom());
        }
    }

    /// <summary>Waits until there is something to take, or all is taken and no more comes.</summary>
    public void Wait(TimeSpan most)
    {
        lock (_gate)
        {
            if (_cursor > _sendable && !_complete)
            {
                Monitor.Wait(_gate, most);
            }
        }
    }

    /// <summary>Gives messages to a sink, at most so many, until it has no room or there are no more.</summary>
    /// <returns>How many it took.</returns>
    public int Take(IMessageSink sink, int most)
    {
        int taken = 0;
        while (taken < most)
        {
            long through;
            lock (_gate)
            {
                if (_cursor > _sendable)
                {
                    break;
                }

                MessageChunk? chunk = Find(_cursor);
                if (chunk is not null && chunk.First <= _cursor)
                {
                    int count = Take(chunk, sink, most - taken, out bool full);
                    taken += count;
                    if (full)
                    {
                        break;
                    }

                    continue;
                }

                through = Math.Min(_sendable, (chunk?.First ?? _sendable + 1) - 1);
                if (_spool is null || _cursor > _spooled)
                {
                    _droppedInMemory += through - _cursor + 1;
                    _cursor = through + 1;
                    continue;
                }

                through = Math.Min(through, _spooled);
            }

            long cursor = _cursor;
            int fromDisk = _spool.Take(ref cursor, through, most - taken, sink, ref _droppedOnDisk, ref _damaged);
            lock (_gate)
            {
                CountTaken(cursor - 1, fromDisk);
                _cursor = cursor;
            }

            taken += fromDisk;
            if (cursor <= through)
            {
                break;
            }
        }

        return taken;
    }

    /// <summary>Everything up to a number was received.</summary>
    public void Confirm(long through)
    {
        lock (_gate)
        {
            if (through <= _confirmed)
            {
                return;
            }

            _confirmed = through;
            Trim();
            Monitor.PulseAll(_gate);
        }

        if (_spool is not null)
        {
            _spool.Next = Next;
            _spool.Confirm(through);
        }
    }

    /// <summary>Goes back to the first message that is not known to have been received.</summary>
    public void Rewind()
    {
        lock (_gate)
        {
            _cursor = Math.Min(_cursor, _confirmed + 1);
        }
    }

    public void Dispose()
    {
        if (_spool is not null)
        {
            _spool.Next = Next;
            _spool.Dispose();
        }
    }

    private bool HasRoom() => _memory < _memoryLimit || _chunks.Count < 2 || IsSafe(_chunks.First!.Value);

    private int Take(MessageChunk chunk, IMessageSink sink, int most, out bool full)
    {
        full = false;
        int count = 0;
        long last = Math.Min(chunk.Last, _sendable);
        while (count < most && _cursor <= last)
        {
            if (!sink.Add(_cursor, chunk[_cursor]))
            {
                full = true;
                break;
            }

            count++;
            _cursor++;
        }

        CountTaken(_cursor - 1, count);
        return count;
    }

    private void CountTaken(long through, int count)
    {
        long first = Math.Min(count, Math.Max(0, through - _highestTaken));
        _taken += first;
        _resent += count - first;
        _highestTaken = Math.Max(_highestTaken, through);
    }

    private MessageChunk? Find(long cursor)
    {
        foreach (MessageChunk chunk in _chunks)
        {
            if (chunk.Last >= cursor)
            {
                return chunk;
            }
        }

        return null;
    }

    private long FirstAvailable()
    {
        long inMemory = _chunks.First?.Value.First ?? _last + 1;
        return _spool is null || _spool.First > _spooled ? inMemory : Math.Min(inMemory, _spool.First);
    }

    private MessageChunk NewChunk(int length)
    {
        while (_memory + MessageChunk.Size > _memoryLimit && _chunks.Count > 1 && (!_waitForRoom || IsSafe(_chunks.First!.Value)))
        {
            Recycle(_chunks.First!);
        }

        MessageChunk chunk = length <= MessageChunk.Size && _free.TryPop(out MessageChunk? used) ? used : new MessageChunk(length);
        chunk.Reset(_last + 1);
        _chunks.AddLast(chunk);
        _memory += chunk.Data.Length;
        return chunk;
    }

    // On the disk, or received: nothing is lost with it.
    private bool IsSafe(MessageChunk chunk) => chunk.Last <= Math.Max(_confirmed, _spooled);

    private void Trim()
    {
        while (_chunks.First is { } first && first.Value.Last <= _confirmed && first != _chunks.Last)
        {
            Recycle(first);
        }
    }

    private void Recycle(LinkedListNode<MessageChunk> node)
    {
        MessageChunk chunk = node.Value;
        _chunks.Remove(node);
        _memory -= chunk.Data.Length;
        if (!chunk.IsPinned && chunk.Data.Length == MessageChunk.Size && _free.Count < 512)
        {
            _free.Push(chunk);
        }
    }

    private void WriteSpool()
    {
        if (_diskFails && Environment.TickCount64 - _diskFailedAt < s_diskRetry.TotalMilliseconds)
        {
            SendFromMemory();
            return;
        }

        try
        {
            while (NextToSpool() is (MessageChunk chunk, long from, long through))
            {
                try
                {
                    _spool!.Append(chunk, from, through);
                }
                finally
                {
                    chunk.IsPinned = false;
                }

                lock (_gate)
                {
                    _spooled = through;
                    _sendable = Math.Max(_sendable, through);
                }
            }

            _diskFails = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_diskFails)
            {
                _onFailure(DiskFailure.From(_spool!.Folder, e));
            }

            _diskFails = true;
            _diskFailedAt = Environment.TickCount64;
            SendFromMemory();
        }
    }

    private (MessageChunk Chunk, long From, long Through)? NextToSpool()
    {
        lock (_gate)
        {
            long from = Math.Max(_spooled, _confirmed) + 1;
            if (from > _last || Find(from) is not MessageChunk chunk)
            {
                return null;
            }

            chunk.IsPinned = true;
            return (chunk, Math.Max(from, chunk.First), chunk.Last);
        }
    }

    private void SendFromMemory()
    {
        lock (_gate)
        {
            _notSpooled += Math.Max(0, _last - _sendable);
            _sendable = _last;
            Monitor.PulseAll(_gate);
        }
    }
}
