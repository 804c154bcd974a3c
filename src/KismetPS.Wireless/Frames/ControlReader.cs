namespace KismetPS.Wireless.Frames;

/// <summary>Addresses of control frames, IEEE Std 802.11-2020 9.3.1.</summary>
internal static class ControlReader
{
    private const int ReceiverOnly = 10;
    private const int ReceiverAndTransmitter = 16;

    /// <summary>Control wrapper: frame control, duration, RA, carried frame control, HT control (9.3.1.9).</summary>
    private const int WrapperLength = 16;

    /// <summary>Reads the header of a control frame.</summary>
    public static DecodeStatus Read(ReadOnlySpan<byte> frame, ref FrameFacts facts)
    {
        int length;
        switch (facts.Subtype)
        {
            case FrameSubtype.Ack:
            case FrameSubtype.Cts:
                length = ReceiverOnly;
                break;

            case FrameSubtype.ControlWrapper:
                length = WrapperLength;
                break;

            case FrameSubtype.ControlFrameExtension:
                // The low four flags are the extension's number (table 9-2), not ToDS, FromDS, more fragments, retry.
                int extension = (int)facts.Flags & 0xF;
                facts.Flags &= (FrameControlFlags)0xF0;
                switch (extension)
                {
                    case 2 or 3 or 4 or 5 or 7 or 8 or 9 or 10: // poll, SPR, grant, DMG CTS, grant ack, SSW, SSW feedback, SSW ack
                        length = ReceiverAndTransmitter;
                        break;
                    case 6: // DMG DTS: the addresses behind RA are those of the NAV, not of the sender
                        length = ReceiverOnly;
                        break;
                    default:
                        return DecodeStatus.UnsupportedType;
                }

                break;

            case FrameSubtype.Rts:
            case FrameSubtype.PsPoll:
            case FrameSubtype.CfEnd:
            case FrameSubtype.CfEndCfAck:
            case FrameSubtype.BlockAckRequest:
            case FrameSubtype.BlockAck:
            case FrameSubtype.NdpAnnouncement:
            case FrameSubtype.BeamformingReportPoll:
            case FrameSubtype.Trigger:
            case FrameSubtype.Tack:
                length = ReceiverAndTransmitter;
                break;

            default:
                return DecodeStatus.UnsupportedType;
        }

        if (frame.Length < length)
        {
            return DecodeStatus.HeaderTruncated;
        }

        facts.HeaderLength = length;
        facts.Duration = System.Buffers.Binary.BinaryPrimitives.ReadUInt16LittleEndian(frame[2..]);
        facts.Receiver = MacAddress.Read(frame[4..]);
        facts.Parts = FrameParts.Receiver;
        if (length == ReceiverOnly || facts.Subtype == FrameSubtype.ControlWrapper)
        {
            return DecodeStatus.Ok;
        }

        // A set group bit in TA signals bandwidth (9.3.1.2 and others), it is no part of the address.
        facts.Transmitter = new MacAddress(MacAddress.Read(frame[10..]).Value & ~0x0100_0000_0000UL);
        facts.Parts |= FrameParts.Transmitter;
        switch (facts.Subtype)
        {
            case FrameSubtype.PsPoll:
                facts.Bssid = facts.Receiver;
                facts.Parts |= FrameParts.Bssid;
                break;
            case FrameSubtype.CfEnd:
            case FrameSubtype.CfEndCfAck:
                facts.Bssid = facts.Transmitter;
                facts.Parts |= FrameParts.Bssid;
                break;
        }

        return DecodeStatus.Ok;
    }
}
