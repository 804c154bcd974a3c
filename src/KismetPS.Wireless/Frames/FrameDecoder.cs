using KismetPS.Wireless.Radio;

namespace KismetPS.Wireless.Frames;

/// <summary>Bytes of one packet to facts of one 802.11 frame: radio header, FCS, MAC header, fixed fields. Elements are read apart, by those who need them.</summary>
internal static class FrameDecoder
{
    /// <summary>Decodes one packet.</summary>
    /// <param name="packet">The bytes as the source delivered them, radio header included.</param>
    /// <param name="link">What they are.</param>
    /// <param name="detector">The origin's FCS habit, asked where nothing in the packet tells; null: no FCS.</param>
    /// <param name="radio">In: what the transport told (TZSP tags). Out: with what the radio header adds, and the FCS verdict.</param>
    /// <param name="facts">Overwritten. After <see cref="DecodeStatus.FcsError"/> only offsets hold.</param>
    public static DecodeStatus Decode(ReadOnlySpan<byte> packet, LinkType link, FcsDetector? detector, ref RadioInfo radio, ref FrameFacts facts)
    {
        facts = default;
        return DecodeStatus.NotWireless; // seam
    }
}
