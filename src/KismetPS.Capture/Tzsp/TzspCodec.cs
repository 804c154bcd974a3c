namespace KismetPS.Capture.Tzsp;

/// <summary>Bytes to <see cref="TzspPacket"/> and back, for the pipeline (the receive path reads tags without objects).</summary>
internal static class TzspCodec
{
    /// <summary>Decodes one message; false with a reason where it is none.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> message, string? sensor, DateTimeOffset receivedAt, out TzspPacket? packet, out SourceDropReason reason)
    {
        packet = null;
        reason = SourceDropReason.TzspTruncated;
        return false; // seam
    }

    /// <summary>Encodes a message: the packet's tags as they are (padding is not kept), END, frame.</summary>
    public static byte[] Encode(TzspPacket packet) => throw new NotImplementedException();
}
