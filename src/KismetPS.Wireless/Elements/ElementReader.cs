using KismetPS.Wireless.Frames;

namespace KismetPS.Wireless.Elements;

/// <summary>Reads the elements of a management frame into facts.</summary>
internal static class ElementReader
{
    /// <summary>
    /// Overwrites <paramref name="facts"/> with what the elements of <paramref name="frame"/> (the 802.11 frame without radio header and FCS)
    /// say; the encryption set takes the privacy bit of <paramref name="header"/> in. Nothing is read past a truncated element.
    /// </summary>
    public static void Read(ReadOnlySpan<byte> frame, in FrameFacts header, ref ElementFacts facts) => facts = default; // seam
}
