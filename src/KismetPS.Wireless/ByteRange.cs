namespace KismetPS.Wireless;

/// <summary>A place in a frame: offset from its first byte, and length. Empty by default.</summary>
internal readonly record struct ByteRange(ushort Offset, ushort Length)
{
    public bool IsEmpty => Length == 0;

    /// <summary>The bytes of this place.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> frame) => frame.Slice(Offset, Length);
}
