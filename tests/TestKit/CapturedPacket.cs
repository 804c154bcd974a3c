namespace KismetPS.TestKit;

/// <summary>One packet of a capture file.</summary>
/// <param name="Number">1 for the first, as tshark's frame.number.</param>
/// <param name="LinkType">LINKTYPE of its interface.</param>
/// <param name="TimestampNs">Nanoseconds since 1970-01-01 UTC.</param>
/// <param name="Bytes">What was captured.</param>
/// <param name="OriginalLength">Length before the capture cut it.</param>
public sealed record CapturedPacket(int Number, int LinkType, long TimestampNs, byte[] Bytes, int OriginalLength);
