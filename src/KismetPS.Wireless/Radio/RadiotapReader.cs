using System.Buffers.Binary;
using System.Numerics;

namespace KismetPS.Wireless.Radio;

/// <summary>
/// Radiotap header, LINKTYPE_IEEE802_11_RADIOTAP, little-endian (radiotap.org): version, length, presence words, then the fields whose bits are set,
/// each aligned to its natural boundary counted from the start of the header, then type-length-value items where bit 28 announces them.
/// </summary>
/// <remarks>
/// A field that repeats in a later word of the radiotap namespace tells of one antenna; the first occurrence is that of the whole receiver.
/// The size of a field decides where the next one lies, so reading stops at the first bit nobody has defined; the frame starts where the
/// header's length says, whatever the fields do.
/// </remarks>
internal static class RadiotapReader
{
    private const int MinimumLength = 8;
    private const int LastFixedField = 27;
    private const int TlvBit = 28;
    private const uint FieldBits = (1u << 29) - 1;
    private const uint RadiotapNamespace = 1u << 29;
    private const uint VendorNamespace = 1u << 30;
    private const uint AnotherWord = 1u << 31;

    private static ReadOnlySpan<byte> Alignments =>
        [8, 1, 1, 2, 2, 1, 1, 2, 2, 2, 1, 1, 1, 1, 2, 2, 1, 1, 4, 1, 4, 2, 8, 2, 2, 2, 1, 2];

    private static ReadOnlySpan<byte> Sizes =>
        [8, 1, 1, 4, 2, 1, 1, 2, 2, 2, 1, 1, 1, 1, 2, 2, 1, 1, 8, 3, 8, 12, 12, 12, 12, 6, 1, 4];

    /// <summary>Reads the header; see <see cref="RadioHeader.TryRead"/>.</summary>
    public static DecodeStatus TryRead(ReadOnlySpan<byte> packet, ref RadioInfo radio, out int headerLength)
    {
        headerLength = 0;
        if (packet.Length < MinimumLength)
        {
            return packet.IsEmpty ? DecodeStatus.Empty : DecodeStatus.RadioHeaderTruncated;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(packet[2..]);
        if (packet[0] != 0 || length < MinimumLength)
        {
            return DecodeStatus.RadioHeaderMalformed;
        }

        if (length > packet.Length)
        {
            return DecodeStatus.RadioHeaderTruncated;
        }

        ReadOnlySpan<byte> header = packet[..length];
        int fieldsAt = 4;
        uint word;
        do
        {
            if (fieldsAt + 4 > length)
            {
                return DecodeStatus.RadioHeaderMalformed;
            }

            word = BinaryPrimitives.ReadUInt32LittleEndian(header[fieldsAt..]);
            fieldsAt += 4;
        }
        while ((word & AnotherWord) != 0);

        headerLength = length;
        RadiotapFields fields = default;
        ReadWords(header, fieldsAt, ref fields, ref radio);
        fields.Finish(ref radio);
        return DecodeStatus.Ok;
    }

    private static void ReadWords(ReadOnlySpan<byte> header, int fieldsAt, ref RadiotapFields fields, ref RadioInfo radio)
    {
        int at = fieldsAt;
        bool radiotap = true;
        bool beyond = false;
        bool tlvs = false;
        for (int wordAt = 4; wordAt < fieldsAt; wordAt += 4)
        {
            uint word = BinaryPrimitives.ReadUInt32LittleEndian(header[wordAt..]);

            // The data of a vendor's fields was skipped as a whole with the namespace field that announced it.
            for (uint bits = radiotap ? word & FieldBits : 0; bits != 0; bits &= bits - 1)
            {
                int bit = BitOperations.TrailingZeroCount(bits);
                if (bit == TlvBit && !beyond)
                {
                    tlvs = true;
                    continue;
                }

                if (bit > LastFixedField || beyond)
                {
                    return;
                }

                int align = Alignments[bit] - 1;
                at = (at + align) & ~align;
                int size = Sizes[bit];
                if (at + size > header.Length)
                {
                    return;
                }

                fields.Read(bit, header.Slice(at, size), wordAt == 4, ref radio);
                at += size;
            }

            switch (word & (RadiotapNamespace | VendorNamespace))
            {
                case RadiotapNamespace:
                    radiotap = true;
                    beyond = false;
                    break;
                case VendorNamespace:
                    // OUI (3), sub-namespace (1), length of the data that follows (2).
                    at = (at + 1) & ~1;
                    if (at + 6 > header.Length)
                    {
                        return;
                    }

                    at += 6 + BinaryPrimitives.ReadUInt16LittleEndian(header[(at + 4)..]);
                    radiotap = false;
                    break;
                case RadiotapNamespace | VendorNamespace:
                    // Both at once is not defined.
                    return;
                default:
                    // The next word goes on with bits 32 and up of the same namespace; radiotap has defined none.
                    beyond = radiotap;
                    break;
            }
        }

        if (tlvs)
        {
            ReadTlvs(header, at, ref fields, ref radio);
        }
    }

    /// <summary>Type (the number of a field, also beyond 31), length, value, each padded to four bytes.</summary>
    private static void ReadTlvs(ReadOnlySpan<byte> header, int at, ref RadiotapFields fields, ref RadioInfo radio)
    {
        for (at = (at + 3) & ~3; at + 4 <= header.Length;)
        {
            int type = BinaryPrimitives.ReadUInt16LittleEndian(header[at..]);
            int size = BinaryPrimitives.ReadUInt16LittleEndian(header[(at + 2)..]);
            at += 4;
            if (size > header.Length - at)
            {
                return;
            }

            if (type > LastFixedField || size >= Sizes[type])
            {
                fields.Read(type, header.Slice(at, size), true, ref radio);
            }

            at = (at + size + 3) & ~3;
        }
    }
}
