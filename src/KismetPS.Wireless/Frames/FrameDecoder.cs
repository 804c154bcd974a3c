using System.Buffers.Binary;
using KismetPS.Wireless.Radio;

namespace KismetPS.Wireless.Frames;

/// <summary>Bytes of one packet to facts of one 802.11 frame: radio header, FCS, MAC header, fixed fields. Elements are read apart, by those who need them.</summary>
internal static class FrameDecoder
{
    private const int FcsLength = 4;

    /// <summary>Decodes one packet.</summary>
    /// <param name="packet">The bytes as the source delivered them, radio header included.</param>
    /// <param name="link">What they are.</param>
    /// <param name="detector">The origin's FCS habit, asked where nothing in the packet tells; null: no FCS.</param>
    /// <param name="radio">In: what the transport told (TZSP tags). Out: with what the radio header adds, and the FCS verdict.</param>
    /// <param name="facts">Overwritten. After <see cref="DecodeStatus.FcsError"/> only offsets hold.</param>
    /// <param name="cutBytes">
    /// Bytes (0 or less: none) that are missing at the end because the capture kept less than the air carried (original length less captured length): the FCS is
    /// among the first to go, so a header that promises one must not make a verdict out of body bytes.
    /// </param>
    public static DecodeStatus Decode(ReadOnlySpan<byte> packet, LinkType link, FcsDetector? detector, ref RadioInfo radio, ref FrameFacts facts, int cutBytes = 0)
    {
        facts = default;
        if (packet.IsEmpty)
        {
            return DecodeStatus.Empty;
        }

        DecodeStatus status = RadioHeader.TryRead(packet, link, ref radio, out int headerLength);
        if (status != DecodeStatus.Ok)
        {
            return status;
        }

        ReadOnlySpan<byte> frame = packet[headerLength..];
        facts.FrameOffset = headerLength;
        facts.FrameLength = frame.Length;
        if (frame.IsEmpty)
        {
            return DecodeStatus.Empty;
        }

        // Four bytes less than were on the air, and no FCS: the receiver cut the FCS off, not the frame.
        bool promised = radio.Fcs == FcsState.Present;
        facts.CutLength = promised || cutBytes == FcsLength ? Math.Max(0, cutBytes - FcsLength) : Math.Max(0, cutBytes);
        int fcs = 0;
        if (radio.Fcs != FcsState.Absent)
        {
            status = JudgeFcs(frame, detector, ref radio, cutBytes, out fcs);
            facts.FrameLength -= fcs;
            if (status != DecodeStatus.Ok)
            {
                return status;
            }
        }

        return DecodeFrame(frame[..^fcs], radio.DataPad, ref facts);
    }

    /// <summary>
    /// Decodes a bare 802.11 frame without FCS into <paramref name="facts"/>, which hold nothing but the two frame offsets. No address is given
    /// out unless the whole MAC header is there.
    /// </summary>
    internal static DecodeStatus DecodeFrame(ReadOnlySpan<byte> frame, bool dataPad, ref FrameFacts facts)
    {
        if (frame.Length < 2)
        {
            return DecodeStatus.HeaderTruncated;
        }

        int control = frame[0];
        if ((control & 3) != 0)
        {
            // Protocol version 1 (PV1, 802.11ah) has another layout altogether: IEEE Std 802.11-2020 9.8.
            return DecodeStatus.UnsupportedVersion;
        }

        facts.Subtype = (FrameSubtype)(((control & 0x0C) << 2) | (control >> 4));
        facts.Flags = (FrameControlFlags)frame[1];
        switch ((control >> 2) & 3)
        {
            case (int)FrameType.Management:
                return ManagementReader.Read(frame, ref facts);
            case (int)FrameType.Data:
                return DataReader.Read(frame, dataPad, ref facts);
            case (int)FrameType.Control:
                return ControlReader.Read(frame, ref facts);
            default:
                // DMG and S1G beacons: their short headers carry no address triple (9.3.4).
                return DecodeStatus.UnsupportedType;
        }
    }

    /// <summary>An address whose eight bytes from <paramref name="offset"/> on are inside the frame: one load.</summary>
    internal static MacAddress Address(ReadOnlySpan<byte> frame, int offset) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(frame.Slice(offset, 8)) >> 16);

    /// <summary>Finds out about the FCS and checks it; <paramref name="length"/> is how many bytes of it end the frame.</summary>
    private static DecodeStatus JudgeFcs(ReadOnlySpan<byte> frame, FcsDetector? detector, ref RadioInfo radio, int cutBytes, out int length)
    {
        length = 0;
        if (radio.Fcs == FcsState.Unknown)
        {
            radio.Fcs = detector is null || cutBytes > 0 ? FcsState.Absent : detector.Resolve(frame);
            if (radio.Fcs == FcsState.Absent)
            {
                return DecodeStatus.Ok;
            }

            // What the detector calls present it has checked.
        }
        else if (radio.Fcs == FcsState.Present && cutBytes > 0)
        {
            length = Math.Min(Math.Max(0, FcsLength - cutBytes), frame.Length);
            radio.Fcs = FcsState.Absent;
            return DecodeStatus.Ok;
        }
        else
        {
            radio.Fcs = FcsDetector.Verify(frame, radio.Fcs);
        }

        if (radio.Fcs == FcsState.AbsentBad)
        {
            return DecodeStatus.FcsError;
        }

        length = Math.Min(FcsLength, frame.Length);
        return radio.Fcs == FcsState.PresentBad ? DecodeStatus.FcsError : DecodeStatus.Ok;
    }
}
