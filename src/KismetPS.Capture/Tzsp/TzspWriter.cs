using System.Buffers.Binary;

namespace KismetPS.Capture.Tzsp;

/// <summary>Writes one TZSP message into a span: header, tags, END, frame, in that order. What has no room is left out and <see cref="Fits"/> says so.</summary>
internal ref struct TzspWriter
{
    private readonly Span<byte> _to;
    private int _at;

    /// <summary>Starts with the header.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="type">Message type, low nibble.</param>
    /// <param name="encapsulation">Encapsulation number.</param>
    /// <param name="flags">High nibble of the type byte; 0 from every sender known.</param>
    public TzspWriter(Span<byte> to, TzspType type, ushort encapsulation, int flags = 0)
    {
        _to = to;
        Fits = true;
        _at = 0;
        if (TryTake(TzspReader.HeaderLength, out Span<byte> header))
        {
            header[0] = 1;
            header[1] = (byte)((flags << 4) | ((int)type & 0x0F));
            BinaryPrimitives.WriteUInt16BigEndian(header[2..], encapsulation);
        }
    }

    /// <summary>Bytes written.</summary>
    public readonly int Length => _at;

    /// <summary>Whether everything so far had room.</summary>
    public bool Fits { get; private set; }

    /// <summary>A tag as it is; at most 255 bytes.</summary>
    public void Tag(byte number, scoped ReadOnlySpan<byte> value)
    {
        if (TryTakeTag(number, value.Length, out Span<byte> to))
        {
            value.CopyTo(to);
        }
    }

    /// <summary>A signed number in one byte where it fits, else two: the two forms the protocol names.</summary>
    public void Signed(byte number, short value)
    {
        if (value is >= sbyte.MinValue and <= sbyte.MaxValue)
        {
            Byte(number, (byte)value);
        }
        else if (TryTakeTag(number, 2, out Span<byte> to))
        {
            BinaryPrimitives.WriteInt16BigEndian(to, value);
        }
    }

    /// <summary>A one-byte tag.</summary>
    public void Byte(byte number, byte value)
    {
        if (TryTakeTag(number, 1, out Span<byte> to))
        {
            to[0] = value;
        }
    }

    /// <summary>A two-byte tag.</summary>
    public void UInt16(byte number, ushort value)
    {
        if (TryTakeTag(number, 2, out Span<byte> to))
        {
            BinaryPrimitives.WriteUInt16BigEndian(to, value);
        }
    }

    /// <summary>A four-byte tag.</summary>
    public void UInt32(byte number, uint value)
    {
        if (TryTakeTag(number, 4, out Span<byte> to))
        {
            BinaryPrimitives.WriteUInt32BigEndian(to, value);
        }
    }

    /// <summary>END; the frame follows.</summary>
    public void End()
    {
        if (TryTake(1, out Span<byte> to))
        {
            to[0] = TzspTagNumber.End;
        }
    }

    /// <summary>The frame: any bytes behind the tags.</summary>
    public void Frame(scoped ReadOnlySpan<byte> frame)
    {
        if (TryTake(frame.Length, out Span<byte> to))
        {
            frame.CopyTo(to);
        }
    }

    private bool TryTakeTag(byte number, int length, out Span<byte> value)
    {
        value = default;
        if (length > byte.MaxValue || !TryTake(2 + length, out Span<byte> tag))
        {
            Fits = false;
            return false;
        }

        tag[0] = number;
        tag[1] = (byte)length;
        value = tag[2..];
        return true;
    }

    private bool TryTake(int length, out Span<byte> taken)
    {
        taken = default;
        if (!Fits || length > _to.Length - _at)
        {
            Fits = false;
            return false;
        }

        taken = _to.Slice(_at, length);
        _at += length;
        return true;
    }
}
