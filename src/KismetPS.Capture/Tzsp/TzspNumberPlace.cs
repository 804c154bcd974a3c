using System.Buffers.Binary;

namespace KismetPS.Capture.Tzsp;

/// <summary>
/// Where a number of 1, 2, 4 or 8 bytes lies in a message, known by its end: it is loaded together with what is before it, which is then shifted out, so that
/// its length takes no branch. There is always enough before it, as it lies behind the header. Nowhere by default.
/// </summary>
internal readonly struct TzspNumberPlace
{
    private readonly int _end;
    private readonly int _above;

    /// <summary>Makes one.</summary>
    /// <param name="end">Where the number ends.</param>
    /// <param name="length">Its bytes.</param>
    public TzspNumberPlace(int end, int length)
    {
        _end = end;

        // Counted modulo the width of what is shifted: 24 for one byte of four.
        _above = -8 * length;
    }

    /// <summary>Whether there is one.</summary>
    public bool IsThere => _end != 0;

    /// <summary>Up to four bytes with a sign.</summary>
    public int Signed(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadInt32BigEndian(message.Slice(_end - 4, 4)) << _above >> _above;

    /// <summary>Up to four bytes without.</summary>
    public uint Unsigned(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt32BigEndian(message.Slice(_end - 4, 4)) << _above >> _above;

    /// <summary>Four or eight bytes without.</summary>
    public ulong Wide(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt64BigEndian(message.Slice(_end - 8, 8)) << _above >> _above;
}
