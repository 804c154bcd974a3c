using System.Buffers.Binary;
using System.Numerics;

namespace KismetPS.Export.Spooling;

/// <summary>
/// A message on the disk: marker, length, number, CRC-32C over length, number and message, then the message. Little-endian. The marker lets a reader
/// find the next record behind a damaged one.
/// </summary>
internal static class SpoolRecord
{
    public const int HeaderLength = 20;

    /// <summary>Longest message that is believed.</summary>
    public const int MaxMessage = 16 << 20;

    private const uint Marker = 0x4352_534B;

    /// <summary>Writes a record; <paramref name="to"/> has room for header and message.</summary>
    public static int Write(Span<byte> to, long sequence, ReadOnlySpan<byte> message)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to, Marker);
        BinaryPrimitives.WriteInt32LittleEndian(to[4..], message.Length);
        BinaryPrimitives.WriteInt64LittleEndian(to[8..], sequence);
        message.CopyTo(to[HeaderLength..]);
        BinaryPrimitives.WriteUInt32LittleEndian(to[16..], Checksum(to[4..16], message));
        return HeaderLength + message.Length;
    }

    /// <summary>Reads a record from the beginning of <paramref name="from"/>.</summary>
    public static SpoolRecordStatus Read(ReadOnlySpan<byte> from, out long sequence, out int length)
    {
        sequence = 0;
        length = 0;
        if (from.Length < HeaderLength)
        {
            return SpoolRecordStatus.Incomplete;
        }

        length = BinaryPrimitives.ReadInt32LittleEndian(from[4..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(from) != Marker || length is < 0 or > MaxMessage)
        {
            return SpoolRecordStatus.Damaged;
        }

        if (from.Length - HeaderLength < length)
        {
            return SpoolRecordStatus.Incomplete;
        }

        sequence = SequenceOf(from);
        return sequence > 0 && BinaryPrimitives.ReadUInt32LittleEndian(from[16..]) == Checksum(from[4..16], from.Slice(HeaderLength, length))
            ? SpoolRecordStatus.Good
            : SpoolRecordStatus.Damaged;
    }

    /// <summary>Number of a record that was read.</summary>
    public static long SequenceOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt64LittleEndian(record[8..]);

    /// <summary>CRC-32C (Castagnoli), as in RFC 3720 12.1.</summary>
    public static uint Checksum(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default) => ~Add(Add(uint.MaxValue, first), second);

    private static uint Add(uint crc, ReadOnlySpan<byte> data)
    {
        while (data.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[8..];
        }

        foreach (byte b in data)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return crc;
    }
}
