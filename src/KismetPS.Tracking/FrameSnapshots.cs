using KismetPS.Capture;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;

namespace KismetPS.Tracking;

/// <summary>Decodes a packet into the object users see (ConvertFrom-Dot11Frame, -Emit Frame, kismetps decode).</summary>
internal static class FrameSnapshots
{
    /// <summary>Decodes one packet; the status says why not.</summary>
    public static DecodeStatus TryCreate(ReadOnlySpan<byte> packet, in FrameInfo info, FcsDetector? detector, int sessionId, out KismetFrame? frame) =>
        throw new NotImplementedException();
}
