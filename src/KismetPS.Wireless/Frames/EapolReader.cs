using System.Buffers.Binary;

namespace KismetPS.Wireless.Frames;

/// <summary>Finds EAPOL in an unprotected data body and tells which message of which handshake an EAPOL-Key frame is (IEEE Std 802.11-2020 12.7.2, 12.7.6, 12.7.7).</summary>
internal static class EapolReader
{
    /// <summary>AA-AA-03-00-00-00-88-8E read big-endian.</summary>
    private const ulong SnapEapol = 0xAAAA_0300_0000_888E;

    private const int AmsduSubframeHeader = 14;
    private const int EapolHeader = 4;
    private const int TypeKey = 3;
    private const int DescriptorRsn = 2;
    private const int DescriptorWpa = 254;

    private const int Pairwise = 0x0008;
    private const int Install = 0x0040;
    private const int Ack = 0x0080;
    private const int Mic = 0x0100;
    private const int Secure = 0x0200;
    private const int Request = 0x0800;
    private const int Encrypted = 0x1000;

    /// <summary>Looks at the body, of an A-MSDU at its first subframe.</summary>
    public static void Read(ReadOnlySpan<byte> body, ref FrameFacts facts)
    {
        if ((facts.Parts & FrameParts.Amsdu) != 0)
        {
            if (body.Length < AmsduSubframeHeader)
            {
                return;
            }

            body = body[AmsduSubframeHeader..];
        }

        if (body.Length < 8 || BinaryPrimitives.ReadUInt64BigEndian(body) != SnapEapol)
        {
            return;
        }

        facts.Parts |= FrameParts.Eapol;
        body = body[8..];
        if (body.Length < EapolHeader + 3 || body[1] != TypeKey || body[EapolHeader] is not (DescriptorRsn or DescriptorWpa))
        {
            return;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(body[2..]);
        body = body[EapolHeader..];
        facts.EapolMessage = (byte)Message(body[..Math.Min(length, body.Length)], length);
        if (facts.EapolMessage != 0)
        {
            facts.Parts |= FrameParts.EapolKey;
        }
    }

    private static int Message(ReadOnlySpan<byte> key, int length)
    {
        if (key.Length < 3)
        {
            return 0;
        }

        int information = BinaryPrimitives.ReadUInt16BigEndian(key[1..]);
        bool isProtected = (information & (Mic | Encrypted)) != 0;
        if ((information & Request) != 0)
        {
            return 0; // a client asks for new keys or reports a MIC failure: no part of a handshake
        }

        if ((information & Pairwise) == 0)
        {
            return !isProtected ? 0 : (information & Ack) != 0 ? 5 : 6;
        }

        if ((information & Ack) != 0)
        {
            return (information & (Mic | Install)) != 0 ? 3 : 1;
        }

        if (!isProtected)
        {
            return 0;
        }

        // Message 2 carries the RSN element, message 4 nothing. The secure bit does not tell: WPA never sets it in 4, a rekey sets it in 2.
        return KeyDataLength(key, length) switch
        {
            0 => 4,
            > 0 => 2,
            _ => (information & Secure) != 0 ? 4 : 2,
        };
    }

    /// <summary>Key data length, which sits behind a MIC of 16 or 24 bytes; the one that fits the frame's length counts. -1 where none does.</summary>
    private static int KeyDataLength(ReadOnlySpan<byte> key, int length)
    {
        const int MicOffset = 77;
        for (int mic = 16; mic <= 24; mic += 8)
        {
            int offset = MicOffset + mic;
            if (key.Length >= offset + 2)
            {
                int data = BinaryPrimitives.ReadUInt16BigEndian(key[offset..]);
                if (offset + 2 + data == length)
                {
                    return data;
                }
            }
        }

        return -1;
    }
}
