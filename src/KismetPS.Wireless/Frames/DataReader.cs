using System.Buffers.Binary;
using KismetPS.Wireless.Security;

namespace KismetPS.Wireless.Frames;

/// <summary>Header of data frames and what can be told of their body, IEEE Std 802.11-2020 9.3.2.</summary>
internal static class DataReader
{
    private const int ThreeAddresses = 24;
    private const FrameControlFlags BothDs = FrameControlFlags.ToDs | FrameControlFlags.FromDs;

    /// <summary>Subtype bits of data frames (9.2.4.1.3): no payload, QoS.</summary>
    private const int NoPayloadBit = 0x4;
    private const int QosBit = 0x8;

    private const int QosAmsduPresent = 0x0080;
    private const int QosMeshControlPresent = 0x0100;

    /// <summary>Reads header, mesh control, IV and EAPOL.</summary>
    public static DecodeStatus Read(ReadOnlySpan<byte> frame, bool dataPad, ref FrameFacts facts)
    {
        int subtype = (int)facts.Subtype & 0xF;
        if (subtype == 0xD)
        {
            return DecodeStatus.UnsupportedType;
        }

        FrameControlFlags flags = facts.Flags;
        bool fourAddresses = (flags & BothDs) == BothDs;
        int header = fourAddresses ? ThreeAddresses + MacAddress.Size : ThreeAddresses;
        int qosOffset = header;
        FrameParts parts = FrameParts.Receiver | FrameParts.Transmitter | FrameParts.Sequence;
        if ((subtype & QosBit) != 0)
        {
            header += 2;
            parts |= FrameParts.Qos;
            if ((flags & FrameControlFlags.Order) != 0)
            {
                // Only in QoS data is the order bit +HTC; in plain data it means strict order (9.2.4.1.10).
                header += 4;
                parts |= FrameParts.HtControl;
            }
        }

        if (frame.Length < header)
        {
            return DecodeStatus.HeaderTruncated;
        }

        int qos = 0;
        if ((parts & FrameParts.Qos) != 0)
        {
            qos = BinaryPrimitives.ReadUInt16LittleEndian(frame[qosOffset..]);
            facts.Tid = (byte)(qos & 0xF);
            if ((qos & QosAmsduPresent) != 0 && (subtype & NoPayloadBit) == 0)
            {
                parts |= FrameParts.Amsdu;
            }
        }

        facts.Duration = BinaryPrimitives.ReadUInt16LittleEndian(frame[2..]);
        int sequence = BinaryPrimitives.ReadUInt16LittleEndian(frame[22..]);
        facts.Sequence = (ushort)(sequence >> 4);
        facts.Fragment = (byte)(sequence & 0xF);
        MacAddress address1 = FrameDecoder.Address(frame, 4);
        MacAddress address2 = FrameDecoder.Address(frame, 10);
        MacAddress address3 = FrameDecoder.Address(frame, 16);
        facts.Receiver = address1;
        facts.Transmitter = address2;
        facts.Parts = parts;
        Roles(frame, flags & BothDs, address1, address2, address3, ref facts);

        facts.HeaderLength = dataPad ? Math.Min((header + 3) & ~3, frame.Length) : header;
        if ((subtype & NoPayloadBit) == 0)
        {
            Body(frame, qos, ref facts);
        }

        return DecodeStatus.Ok;
    }

    /// <summary>Table 9-30, with its A-MSDU column: there the far addresses are in the subframes and the header repeats the BSSID.</summary>
    private static void Roles(ReadOnlySpan<byte> frame, FrameControlFlags ds, MacAddress address1, MacAddress address2, MacAddress address3, ref FrameFacts facts)
    {
        bool amsdu = (facts.Parts & FrameParts.Amsdu) != 0;
        switch (ds)
        {
            case FrameControlFlags.None:
                facts.Destination = address1;
                facts.Source = address2;
                facts.Bssid = address3;
                facts.Parts |= FrameParts.Destination | FrameParts.Source | FrameParts.Bssid;
                break;

            case FrameControlFlags.ToDs:
                facts.Bssid = address1;
                facts.Source = address2;
                facts.Parts |= FrameParts.Bssid | FrameParts.Source;
                if (!amsdu)
                {
                    facts.Destination = address3;
                    facts.Parts |= FrameParts.Destination;
                }

                break;

            case FrameControlFlags.FromDs:
                facts.Destination = address1;
                facts.Bssid = address2;
                facts.Parts |= FrameParts.Destination | FrameParts.Bssid;
                if (!amsdu)
                {
                    facts.Source = address3;
                    facts.Parts |= FrameParts.Source;
                }

                break;

            default:
                MacAddress address4 = MacAddress.Read(frame[ThreeAddresses..]);
                if (!amsdu)
                {
                    facts.Destination = address3;
                    facts.Source = address4;
                    facts.Parts |= FrameParts.Destination | FrameParts.Source;
                }
                else if (address3 == address4)
                {
                    facts.Bssid = address3;
                    facts.Parts |= FrameParts.Bssid;
                }

                break;
        }
    }

    private static void Body(ReadOnlySpan<byte> frame, int qos, ref FrameFacts facts)
    {
        ReadOnlySpan<byte> body = frame[facts.HeaderLength..];
        if (body.IsEmpty)
        {
            return;
        }

        facts.Parts |= FrameParts.Payload;
        if ((facts.Flags & FrameControlFlags.Protected) != 0)
        {
            InitialisationVector(body, ref facts);
            return;
        }

        // Group-addressed mesh data has FromDS alone; elsewhere the bit is part of a queue size or buffer state (9.2.4.5).
        if ((qos & QosMeshControlPresent) != 0 && (facts.Parts & FrameParts.Amsdu) == 0 && facts.Fragment == 0
            && ((facts.Flags & BothDs) == BothDs || ((facts.Flags & BothDs) == FrameControlFlags.FromDs && facts.Receiver.IsGroup)))
        {
            body = MeshControl(body, ref facts);
        }

        if (facts.Fragment == 0)
        {
            EapolReader.Read(body, ref facts);
        }
    }

    /// <summary>Mesh control, 9.2.4.8.3: flags, TTL, sequence number, none, one or two addresses. Gives what is behind it.</summary>
    private static ReadOnlySpan<byte> MeshControl(ReadOnlySpan<byte> body, scoped ref FrameFacts facts)
    {
        const int Fixed = 6;

        // Reserved flags or the reserved extension mode 3: a station that is no mesh station has set bit 8 for a reason of its own.
        int mode = body[0];
        if (mode > 2)
        {
            return body;
        }

        int length = Fixed + (mode * MacAddress.Size);
        if (body.Length < length)
        {
            facts.Parts |= FrameParts.BodyTruncated;
            return default;
        }

        facts.Parts |= FrameParts.Mesh;
        if (mode == 1)
        {
            facts.MeshSource = MacAddress.Read(body[Fixed..]);
            facts.Parts |= FrameParts.MeshSource;
        }
        else if (mode == 2)
        {
            facts.MeshDestination = MacAddress.Read(body[Fixed..]);
            facts.MeshSource = MacAddress.Read(body[(Fixed + MacAddress.Size)..]);
            facts.Parts |= FrameParts.MeshSource | FrameParts.MeshDestination;
        }

        return body[length..];
    }

    /// <summary>Cipher family by the form of the IV: 12.3.2 (WEP), 12.5.2 (TKIP), 12.5.3 (CCMP; GCMP of 12.5.5 is the same).</summary>
    private static void InitialisationVector(ReadOnlySpan<byte> body, ref FrameFacts facts)
    {
        const int ExtendedIv = 0x20;
        if (body.Length < 4)
        {
            facts.Parts |= FrameParts.BodyTruncated;
            return;
        }

        int keyId = body[3];
        if ((keyId & 0x1F) != 0)
        {
            return; // reserved bits: no IV that is known
        }

        if ((keyId & ExtendedIv) == 0)
        {
            facts.DataCipher = DataCipher.Wep;
        }
        else if (body.Length < 8)
        {
            facts.Parts |= FrameParts.BodyTruncated;
            return;
        }
        else
        {
            bool tkip = body[1] == ((body[0] | 0x20) & 0x7F);
            bool ccmp = body[2] == 0;
            facts.DataCipher = tkip == ccmp ? DataCipher.ExtendedIv : tkip ? DataCipher.Tkip : DataCipher.Ccmp;
        }

        facts.Parts |= FrameParts.DataCipher;
    }
}
