using KismetPS.Capture;
using KismetPS.Wireless;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;

namespace KismetPS.Tracking;

/// <summary>Decodes a packet into the object users see (ConvertFrom-Dot11Frame, -Emit Frame, kismetps decode).</summary>
internal static class FrameSnapshots
{
    /// <summary>Decodes one packet; the status says why not.</summary>
    public static DecodeStatus TryCreate(ReadOnlySpan<byte> packet, in FrameInfo info, FcsDetector? detector, int sessionId, out KismetFrame? frame)
    {
        frame = null;
        RadioInfo radio = info.Radio;
        FrameFacts facts = default;
        DecodeStatus status = FrameDecoder.Decode(packet, info.LinkType, detector, ref radio, ref facts, info.OriginalLength - packet.Length);
        if (status == DecodeStatus.Ok)
        {
            frame = new KismetFrame(packet.Slice(facts.FrameOffset, facts.FrameLength).ToArray(), facts.CutLength, radio, info.TimestampNs, info.Origin?.Id, sessionId);
        }

        return status;
    }
}
