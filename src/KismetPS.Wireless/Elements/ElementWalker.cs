using System.Runtime.CompilerServices;

namespace KismetPS.Wireless.Elements;

/// <summary>
/// Goes through the elements of a frame: identifier, length, payload. Stops before the first one that does not fit and says so.
/// </summary>
internal ref struct ElementWalker
{
    private readonly ReadOnlySpan<byte> _frame;
    private int _next;
    private int _payload;
    private int _length;

    /// <summary>Starts at <paramref name="start"/>, which is inside the frame or at its end.</summary>
    public ElementWalker(ReadOnlySpan<byte> frame, int start)
    {
        _frame = frame;
        _next = start;
    }

    /// <summary>Element identifier.</summary>
    public byte Id { get; private set; }

    /// <summary>Element ID extension where <see cref="Id"/> is 255, else 0 (which no element has).</summary>
    public byte ExtensionId { get; private set; }

    /// <summary>What is behind identifier and length, and behind the extension where there is one.</summary>
    public readonly ReadOnlySpan<byte> Payload => _frame.Slice(_payload, _length);

    /// <summary>Where <see cref="Payload"/> starts in the frame.</summary>
    public readonly int PayloadOffset => _payload;

    /// <summary>Where the next element starts in the frame.</summary>
    public readonly int NextOffset => _next;

    /// <summary>Set at the end where bytes are left that are no whole element.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>Goes to the next element; false at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        ReadOnlySpan<byte> frame = _frame;
        int at = _next;
        if (frame.Length - at < 2)
        {
            IsTruncated = at != frame.Length;
            return false;
        }

        int length = frame[at + 1];
        at += 2;
        if (length > frame.Length - at)
        {
            IsTruncated = true;
            return false;
        }

        Id = frame[at - 2];
        ExtensionId = 0;
        _payload = at;
        _length = length;
        _next = at + length;
        if (Id == ElementId.Extension && length != 0)
        {
            ExtensionId = frame[at];
            _payload++;
            _length--;
        }

        return true;
    }
}
