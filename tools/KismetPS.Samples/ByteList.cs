using System.Buffers.Binary;

namespace KismetPS.Samples;

/// <summary>Appends numbers of either byte order.</summary>
internal static class ByteList
{
    public static List<byte> Little16(this List<byte> to, int value)
    {
        to.Add((byte)value);
        to.Add((byte)(value >> 8));
        return to;
    }

    public static List<byte> Little32(this List<byte> to, uint value) => to.Little16((ushort)value).Little16((int)(value >> 16));

    public static List<byte> Big16(this List<byte> to, int value)
    {
        to.Add((byte)(value >> 8));
        to.Add((byte)value);
        return to;
    }

    public static List<byte> Big32(this List<byte> to, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        to.AddRange(bytes);
        return to;
    }

    public static List<byte> Text(this List<byte> to, ReadOnlySpan<byte> text)
    {
        to.AddRange(text);
        return to;
    }
}
