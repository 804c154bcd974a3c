namespace KismetPS.Capture;

/// <summary>The origins of one source, in order of their index. One writer (the source's thread); any thread reads <see cref="Snapshot"/>.</summary>
internal sealed class OriginTable
{
    private FrameOrigin[] _items = new FrameOrigin[4];
    private int _count;

    // An ArraySegment, boxed: entries below its count are never written again, so a reader's copy stays as it was.
    private IReadOnlyList<FrameOrigin> _snapshot = [];

    /// <summary>How many there are.</summary>
    public int Count => _count;

    /// <summary>Those added so far; does not change under the reader.</summary>
    public IReadOnlyList<FrameOrigin> Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>Adds one under the next index.</summary>
    public FrameOrigin Add(string id, string? name = null, string? address = null, string? serial = null)
    {
        FrameOrigin origin = new(_count, id, name) { Address = address, Serial = serial };
        if (_count == _items.Length)
        {
            Array.Resize(ref _items, _count * 2);
        }

        _items[_count++] = origin;
        Volatile.Write(ref _snapshot, new ArraySegment<FrameOrigin>(_items, 0, _count));
        return origin;
    }
}
