using System.Buffers.Binary;
using System.Text;

namespace KismetPS.Kismet.RemoteCapture;

/// <summary>
/// Writes MessagePack (the specification of msgpack.org), each value in its shortest form. What does not fit is not written, and nothing after it:
/// <see cref="IsFull"/> says so.
/// </summary>
internal ref struct MessagePackWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Whether something did not fit.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Begins a map of at most fifteen pairs.</summary>
    public void MapHeader(int count) => Byte((byte)(0x80 | count));

    /// <summary>Begins an array of at most fifteen values.</summary>
    public void ArrayHeader(int count) => Byte((byte)(0x90 | count));

    /// <summary>A number.</summary>
    public void Unsigned(ulong value)
    {
        switch (value)
        {
            case <= 0x7F:
                Byte((byte)value);
                break;
            case <= byte.MaxValue:
                Sized(0xCC, 1, value);
                break;
            case <= ushort.MaxValue:
                Sized(0xCD, 2, value);
                break;
            case <= uint.MaxValue:
                Sized(0xCE, 4, value);
                break;
            default:
                Sized(0xCF, 8, value);
                break;
        }
    }

    /// <summary>A floating-point number of eight bytes.</summary>
    public void Double(double value) => Sized(0xCB, 8, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A floating-point number of four bytes.</summary>
    public void Single(float value) => Sized(0xCA, 4, BitConverter.SingleToUInt32Bits(value));

    /// <summary>A text.</summary>
    public void Text(string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        switch (length)
        {
            case <= 31:
                Byte((byte)(0xA0 | length));
                break;
            case <= byte.MaxValue:
                Sized(0xD9, 1, (ulong)length);
                break;
            case <= ushort.MaxValue:
                Sized(0xDA, 2, (ulong)length);
                break;
            default:
                Sized(0xDB, 4, (ulong)length);
                break;
        }

        if (Has(length))
        {
            Length += Encoding.UTF8.GetBytes(value, _destination[Length..]);
        }
    }

    /// <summary>Bytes, in two parts that follow each other.</summary>
    public void Bytes(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int length = first.Length + second.Length;
        switch (length)
        {
            case <= byte.MaxValue:
                Sized(0xC4, 1, (ulong)length);
                break;
            case <= ushort.MaxValue:
                Sized(0xC5, 2, (ulong)length);
                break;
            default:
                Sized(0xC6, 4, (ulong)length);
                break;
        }

        if (Has(length))
        {
            first.CopyTo(_destination[Length..]);
            second.CopyTo(_destination[(Length + first.Length)..]);
            Length += length;
        }
    }

    private void Byte(byte value)
    {
        if (Has(1))
        {
            _destination[Length++] = value;
        }
    }

    private void Sized(byte type, int size, ulong value)
    {
        if (Has(1 + size))
        {
            Span<byte> whole = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(whole, value);
            _destination[Length] = type;
            whole[(8 - size)..].CopyTo(_destination[(Length + 1)..]);
            Length += 1 + size;
        }
    }

    private bool Has(int length)
    {
        IsFull |= _destination.Length - Length < length;
        return !IsFull;
    }
}
