using System.Buffers.Binary;

namespace KismetPS.Wireless.Frames;

/// <summary>Header and fixed fields of management frames, IEEE Std 802.11-2020 9.3.3.</summary>
internal static class ManagementReader
{
    private const int PlainHeader = 24;
    private const int HtControlLength = 4;
    private const int AlgorithmFastTransition = 2;
    private const int CategorySpectrumManagement = 0;
    private const int CategoryVendorProtected = 126;
    private const int CategoryVendor = 127;
    private const int SpectrumChannelSwitch = 4;

    /// <summary>Reads header and fixed fields.</summary>
    public static DecodeStatus Read(ReadOnlySpan<byte> frame, ref FrameFacts facts)
    {
        if (facts.Subtype is (FrameSubtype)0x07 or (FrameSubtype)0x0F)
        {
            return DecodeStatus.UnsupportedType;
        }

        int header = PlainHeader;
        FrameParts parts = FrameParts.Receiver | FrameParts.Transmitter | FrameParts.Source | FrameParts.Destination | FrameParts.Bssid | FrameParts.Sequence;
        if ((facts.Flags & FrameControlFlags.Order) != 0)
        {
            header += HtControlLength;
            parts |= FrameParts.HtControl;
        }

        if (frame.Length < header)
        {
            return DecodeStatus.HeaderTruncated;
        }

        facts.HeaderLength = header;
        facts.Duration = BinaryPrimitives.ReadUInt16LittleEndian(frame[2..]);
        facts.Receiver = facts.Destination = FrameDecoder.Address(frame, 4);
        facts.Transmitter = facts.Source = FrameDecoder.Address(frame, 10);
        facts.Bssid = FrameDecoder.Address(frame, 16);
        int sequence = BinaryPrimitives.ReadUInt16LittleEndian(frame[22..]);
        facts.Sequence = (ushort)(sequence >> 4);
        facts.Fragment = (byte)(sequence & 0xF);
        facts.Parts = parts;

        // A protected body (802.11w, shared-key authentication) is cipher text; a later fragment starts in the middle.
        if ((facts.Flags & FrameControlFlags.Protected) == 0 && facts.Fragment == 0)
        {
            ReadFixed(frame, header, ref facts);
        }

        return DecodeStatus.Ok;
    }

    private static void ReadFixed(ReadOnlySpan<byte> frame, int start, ref FrameFacts facts)
    {
        ReadOnlySpan<byte> body = frame[start..];
        int fixedLength;
        switch (facts.Subtype)
        {
            case FrameSubtype.Beacon:
            case FrameSubtype.ProbeResponse:
                fixedLength = 12;
                if (body.Length >= fixedLength)
                {
                    facts.TsfUs = BinaryPrimitives.ReadUInt64LittleEndian(body);
                    facts.BeaconIntervalTu = BinaryPrimitives.ReadUInt16LittleEndian(body[8..]);
                    facts.Capability = BinaryPrimitives.ReadUInt16LittleEndian(body[10..]);
                    facts.Parts |= FrameParts.Beacon | FrameParts.Capability;
                }

                break;

            case FrameSubtype.ProbeRequest:
                fixedLength = 0;
                break;

            case FrameSubtype.AssociationRequest:
            case FrameSubtype.ReassociationRequest:
                fixedLength = facts.Subtype == FrameSubtype.AssociationRequest ? 4 : 10;
                if (body.Length >= fixedLength)
                {
                    facts.Capability = BinaryPrimitives.ReadUInt16LittleEndian(body);
                    facts.Parts |= FrameParts.Capability;
                }

                break;

            case FrameSubtype.AssociationResponse:
            case FrameSubtype.ReassociationResponse:
                fixedLength = 6;
                if (body.Length >= fixedLength)
                {
                    facts.Capability = BinaryPrimitives.ReadUInt16LittleEndian(body);
                    facts.Code = BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
                    facts.Parts |= FrameParts.Capability | FrameParts.Status;
                }

                break;

            case FrameSubtype.Authentication:
                fixedLength = 6;
                if (body.Length >= fixedLength)
                {
                    facts.AuthAlgorithm = BinaryPrimitives.ReadUInt16LittleEndian(body);
                    facts.AuthSequence = BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
                    facts.Code = BinaryPrimitives.ReadUInt16LittleEndian(body[4..]);
                    facts.Parts |= FrameParts.Authentication | FrameParts.Status;
                    if (facts.AuthAlgorithm > AlgorithmFastTransition)
                    {
                        // SAE and FILS go on with group, scalar, element or confirm (9.3.3.11), of a length only the group tells.
                        return;
                    }
                }

                break;

            case FrameSubtype.Deauthentication:
            case FrameSubtype.Disassociation:
                fixedLength = 2;
                if (body.Length >= fixedLength)
                {
                    facts.Code = BinaryPrimitives.ReadUInt16LittleEndian(body);
                    facts.Parts |= FrameParts.Reason;
                }

                break;

            case FrameSubtype.Action:
            case FrameSubtype.ActionNoAck:
                fixedLength = 2;
                if (body.Length < fixedLength)
                {
                    break;
                }

                facts.ActionCategory = body[0];
                facts.Parts |= FrameParts.Action;
                if (facts.ActionCategory is not (CategoryVendor or CategoryVendorProtected))
                {
                    // Behind a vendor category comes an OUI instead.
                    facts.ActionCode = body[1];
                }

                // The channel switch is the one action whose elements matter here and follow at once (9.6.2.6).
                if (facts.ActionCategory != CategorySpectrumManagement || facts.ActionCode != SpectrumChannelSwitch)
                {
                    return;
                }

                break;

            case FrameSubtype.TimingAdvertisement:
                fixedLength = 10;
                if (body.Length >= fixedLength)
                {
                    facts.TsfUs = BinaryPrimitives.ReadUInt64LittleEndian(body);
                    facts.Capability = BinaryPrimitives.ReadUInt16LittleEndian(body[8..]);
                    facts.Parts |= FrameParts.Capability;
                }

                break;

            default:
                return; // ATIM: no body
        }

        if (body.Length < fixedLength)
        {
            facts.Parts |= FrameParts.BodyTruncated;
        }
        else if (body.Length > fixedLength)
        {
            facts.ElementsOffset = start + fixedLength;
            facts.ElementsLength = body.Length - fixedLength;
            facts.Parts |= FrameParts.Elements;
        }
    }
}
