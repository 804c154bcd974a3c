namespace KismetPS.Kismet.Text.Server;

/// <summary>
/// What waits for one client. What it gets of the ticks is bounded: when that is full the rest is dropped and counted until the client has read what was
/// there. Answers to its commands and dumps stay, in their order. Any thread.
/// </summary>
/// <param name="limit">Bytes that may wait.</param>
internal sealed class ClientQueue(int limit)
{
    // Beyond this many answers and dumps nobody reads, no more commands are taken.
    private const int MaxReplies = 64;
    private const int MaxReplyBytes = 64 * 1024;

    private readonly Queue<Item> _items = new();
    private long _bytes;
    private int _replies;
    private int _replyBytes;
    private bool _lagging;
    private long _dropped;
    private long _toldDropped;

    /// <summary>Bytes that wait.</summary>
    public long Bytes
    {
        get
        {
            lock (_items)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Lines that did not fit.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Whether the client reads its answers, so that it may go on asking.</summary>
    public bool WantsCommands
    {
        get
        {
            lock (_items)
            {
                return _replies < MaxReplies && _replyBytes < MaxReplyBytes;
            }
        }
    }

    /// <summary>Adds lines that others get too; false when they were dropped, since too many wait.</summary>
    public bool TryAdd(OutputBatch batch)
    {
        lock (_items)
        {
            if (_lagging)
            {
                _dropped += batch.Lines;
                return false;
            }

            if (_bytes + batch.Length > limit)
            {
                Shed(batch);
                return false;
            }

            _items.Enqueue(new Item(batch, null, false));
            _bytes += batch.Length;
            return true;
        }
    }

    /// <summary>Adds an answer.</summary>
    public void AddReply(OutputBatch batch)
    {
        lock (_items)
        {
            _items.Enqueue(new Item(batch, null, true));
            _bytes += batch.Length;
            _replies++;
            _replyBytes += batch.Length;
        }
    }

    /// <summary>Adds a dump.</summary>
    public void AddDump(OutputWalk walk)
    {
        lock (_items)
        {
            _items.Enqueue(new Item(null, walk, true));
            _replies++;
        }
    }

    /// <summary>What is next.</summary>
    public ClientQueueState Next(out OutputBatch? batch, out OutputWalk? walk)
    {
        lock (_items)
        {
            if (!_items.TryPeek(out Item item))
            {
                batch = null;
                walk = null;
                return _lagging ? ClientQueueState.CaughtUp : ClientQueueState.Empty;
            }

            batch = item.Batch;
            walk = item.Walk;
            if (batch is null)
            {
                return ClientQueueState.Dump;
            }

            _items.Dequeue();
            _bytes -= batch.Length;
            _replies -= item.IsReply ? 1 : 0;
            _replyBytes -= item.IsReply ? batch.Length : 0;
            return ClientQueueState.Lines;
        }
    }

    /// <summary>The last page of a dump was taken.</summary>
    public void EndDump(OutputWalk walk)
    {
        lock (_items)
        {
            if (_items.TryPeek(out Item item) && ReferenceEquals(item.Walk, walk))
            {
                _items.Dequeue();
                _replies--;
            }
        }
    }

    /// <summary>The client has caught up and takes part again; gives the number of lines it missed.</summary>
    public long EndLag()
    {
        lock (_items)
        {
            _lagging = false;
            long missed = _dropped - _toldDropped;
            _toldDropped = _dropped;
            return missed;
        }
    }

    // What waits of the ticks is out of date by the time it could be read.
    private void Shed(OutputBatch batch)
    {
        _dropped += batch.Lines;
        _lagging = true;
        for (int i = _items.Count; i > 0; i--)
        {
            Item item = _items.Dequeue();
            if (item.IsReply)
            {
                _items.Enqueue(item);
            }
            else
            {
                _dropped += item.Batch!.Lines;
                _bytes -= item.Batch.Length;
            }
        }
    }

    private readonly record struct Item(OutputBatch? Batch, OutputWalk? Walk, bool IsReply);
}
