using System.Buffers.Binary;

namespace KismetPS.Wireless.Vendors;

/// <summary>Reads the unpacked registry front to back. It is our own file: what does not fit throws.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _rest = source;

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));

    public byte Byte() => Bytes(1)[0];

    public ReadOnlySpan<byte> Bytes(int count)
    {
        ReadOnlySpan<byte> bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    public ulong Base128()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte digit = Byte();
            value |= (ulong)(digit & 0x7F) << shift;
            if (digit < 0x80)
            {
                return value;
            }
        }
    }
}
