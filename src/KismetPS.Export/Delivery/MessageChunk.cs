namespace KismetPS.Export.Delivery;

/// <summary>Messages with consecutive numbers, one behind the other in one buffer.</summary>
internal sealed class MessageChunk
{
    /// <summary>Size of a buffer: below what the runtime keeps apart as a large object.</summary>
    public const int Size = 64 * 1024;

    private int[] _ends = new int[128];

    public MessageChunk(int atLeast) => Data = new byte[Math.Max(Size, atLeast)];

    public byte[] Data { get; }

    /// <summary>Number of the first message.</summary>
    public long First { get; private set; }

    /// <summary>Messages.</summary>
    public int Count { get; private set; }

    /// <summary>Number of the last message; First - 1 where there is none.</summary>
    public long Last => First + Count - 1;

    /// <summary>Whether somebody works on it outside the store's lock: it must not be used again then.</summary>
    public bool IsPinned { get; set; }

    public int Used => Count == 0 ? 0 : _ends[Count - 1];

    public void Reset(long first)
    {
        First = first;
        Count = 0;
    }

    public bool TryAppend(ReadOnlySpan<byte> message)
    {
        int used = Used;
        if (message.Length > Data.Length - used)
        {
            return false;
        }

        message.CopyTo(Data.AsSpan(used));
        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, _ends.Length * 2);
        }

        _ends[Count] = used + message.Length;
        Count++;
        return true;
    }

    /// <summary>The message of a number that is in here.</summary>
    public ReadOnlySpan<byte> this[long sequence]
    {
        get
        {
            int i = (int)(sequence - First);
            int begin = i == 0 ? 0 : _ends[i - 1];
            return Data.AsSpan(begin, _ends[i] - begin);
        }
    }
}
