using System.Buffers.Binary;

namespace KismetPS.Export.Transports;

/// <summary>Splits a GELF message that does not fit a datagram: magic 1E 0F, eight bytes that name the message, number and count of the chunk.</summary>
internal static class GelfChunks
{
    public const int HeaderLength = 12;

    /// <summary>A receiver takes at most so many chunks of a message.</summary>
    public const int Most = 128;

    /// <summary>Chunks needed; 1 where the message goes as it is, 0 where it is too long.</summary>
    public static int CountFor(int length, int datagram)
    {
        if (length <= datagram)
        {
            return 1;
        }

        int part = datagram - HeaderLength;
        int count = (length + part - 1) / part;
        return count <= Most ? count : 0;
    }

    /// <summary>Writes one chunk and gives its length.</summary>
    public static int Write(Span<byte> to, ReadOnlySpan<byte> message, int datagram, ulong id, int index, int count)
    {
        int part = datagram - HeaderLength;
        ReadOnlySpan<byte> piece = message.Slice(index * part, Math.Min(part, message.Length - (index * part)));
        to[0] = 0x1E;
        to[1] = 0x0F;
        BinaryPrimitives.WriteUInt64BigEndian(to[2..], id);
        to[10] = (byte)index;
        to[11] = (byte)count;
        piece.CopyTo(to[HeaderLength..]);
        return HeaderLength + piece.Length;
    }
}
