namespace KismetPS.Wireless.Frames;

/// <summary>Walks the subframes of an unprotected A-MSDU body (IEEE Std 802.11-2020 9.3.2.2.2): DA, SA, length (big-endian), payload, pad to four.</summary>
internal ref struct AmsduReader
{
    /// <summary>Starts at the body of the frame.</summary>
    public AmsduReader(ReadOnlySpan<byte> body) => _ = body; // seam

    /// <summary>The next subframe's addresses; false at the end or at the first one that does not fit.</summary>
    public bool TryRead(out MacAddress destination, out MacAddress source)
    {
        destination = source = default;
        return false;
    }
}
