using KismetPS.Wireless;
using KismetPS.Wireless.Radio;

namespace KismetPS.Capture.Pcap;

/// <summary>A packet as one that has radiotap in front: what captures and other programs take that know no other radio header. Allocates nothing.</summary>
internal readonly ref struct RadiotapForm
{
    /// <summary>The header to put in front; empty where the packet begins with one, or needs none.</summary>
    public ReadOnlySpan<byte> Header { get; private init; }

    /// <summary>What follows it.</summary>
    public ReadOnlySpan<byte> Frame { get; private init; }

    /// <summary>Bytes that were on the air behind that and are not there.</summary>
    public int Missing { get; private init; }

    /// <summary>The packet with the header it came with, or none.</summary>
    public static RadiotapForm AsItCame(ReadOnlySpan<byte> packet, scoped in FrameInfo info) => new()
    {
        Frame = packet,
        Missing = MissingOf(info.OriginalLength - packet.Length, info.Radio.Fcs),
    };

    /// <summary>Turns AVS, Prism, PPI and facts told by the transport into radiotap. False: no 802.11, or its radio header cannot be read.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="info">What its source knows of it.</param>
    /// <param name="fcs">Finds out whether there is an FCS where nobody told; null leaves that unsaid.</param>
    /// <param name="buffer">At least <see cref="RadiotapWriter.MaxLength"/> bytes, where the header is written.</param>
    /// <param name="form">The packet in its new form.</param>
    public static bool TryConvert(ReadOnlySpan<byte> packet, scoped in FrameInfo info, FcsDetector? fcs, Span<byte> buffer, out RadiotapForm form)
    {
        form = default;
        if (info.LinkType == LinkType.Radiotap)
        {
            form = AsItCame(packet, info);
            return true;
        }

        RadioInfo radio = info.Radio;
        ReadOnlySpan<byte> frame = packet;
        if (info.LinkType is LinkType.Prism or LinkType.Avs or LinkType.Ppi)
        {
            if (RadioHeader.TryRead(packet, info.LinkType, ref radio, out int length) != DecodeStatus.Ok || length > packet.Length)
            {
                return false;
            }

            frame = packet[length..];
        }
        else if (info.LinkType != LinkType.Ieee80211)
        {
            return false;
        }

        // Other readers take a frame without the flag for one without FCS. Of a frame that was cut nobody can tell.
        int missing = info.OriginalLength - packet.Length;
        if (radio.Fcs == FcsState.Unknown && missing <= 0 && fcs is not null)
        {
            radio.Fcs = fcs.Resolve(frame);
        }

        form = new RadiotapForm { Header = buffer[..RadiotapWriter.Write(buffer, in radio)], Frame = frame, Missing = MissingOf(missing, radio.Fcs) };
        return true;
    }

    // Four bytes are the FCS that the sensor took off; the header says so, and nothing else is missing.
    private static int MissingOf(int missing, FcsState fcs) => missing == 4 && fcs is FcsState.Absent or FcsState.AbsentBad ? 0 : Math.Max(missing, 0);
}
