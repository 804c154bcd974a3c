using System.Buffers.Binary;

namespace KismetPS.Kismet.RemoteCapture;

/// <summary>
/// Reads MessagePack (the specification of msgpack.org) from bytes nobody vouches for. A value that is not there, cut off or of another type gives
/// false and leaves the place where it was; nothing is allocated.
/// </summary>
internal ref struct MessagePackReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether all was read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>Number of pairs of a map.</summary>
    public bool TryReadMapHeader(out int count) => TryReadHeader(0x80, 0xDE, perItem: 2, out count);

    /// <summary>Number of values of an array.</summary>
    public bool TryReadArrayHeader(out int count) => TryReadHeader(0x90, 0xDC, perItem: 1, out count);

    /// <summary>A number that is not negative, however it is written.</summary>
    public bool TryReadUnsigned(out ulong value)
    {
        value = 0;
        if (_rest.IsEmpty)
        {
            return false;
        }

        byte first = _rest[0];
        if (first <= 0x7F)
        {
            value = first;
            _rest = _rest[1..];
            return true;
        }

        // uint 8 to 64 are 0xCC to 0xCF, int 8 to 64 are 0xD0 to 0xD3.
        if (first is < 0xCC or > 0xD3)
        {
            return false;
        }

        int size = 1 << ((first - 0xCC) & 3);
        if (_rest.Length < 1 + size)
        {
            return false;
        }

        ReadOnlySpan<byte> body = _rest.Slice(1, size);
        if (first >= 0xD0 && (body[0] & 0x80) != 0)
        {
            return false;
        }

        value = ReadLength(body);
        _rest = _rest[(1 + size)..];
        return true;
    }

    /// <summary>A text, as its bytes: they should be UTF-8 and need not be.</summary>
    public bool TryReadText(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (_rest.IsEmpty)
        {
            return false;
        }

        byte first = _rest[0];
        return first switch
        {
            >= 0xA0 and <= 0xBF => TryTake(1, first & 0x1F, out text),
            >= 0xD9 and <= 0xDB => TryTakeSized(1 << (first - 0xD9), out text),
            _ => false,
        };
    }

    /// <summary>Bytes.</summary>
    public bool TryReadBytes(out ReadOnlySpan<byte> value)
    {
        value = default;
        return !_rest.IsEmpty && _rest[0] is >= 0xC4 and <= 0xC6 && TryTakeSized(1 << (_rest[0] - 0xC4), out value);
    }

    /// <summary>A floating-point number of four or eight bytes.</summary>
    public bool TryReadFloat(out double value)
    {
        value = 0;
        if (_rest.Length >= 5 && _rest[0] == 0xCA)
        {
            value = BinaryPrimitives.ReadSingleBigEndian(_rest[1..]);
            _rest = _rest[5..];
            return true;
        }

        if (_rest.Length >= 9 && _rest[0] == 0xCB)
        {
            value = BinaryPrimitives.ReadDoubleBigEndian(_rest[1..]);
            _rest = _rest[9..];
            return true;
        }

        return false;
    }

    /// <summary>Passes over one value, whatever it is and holds. Not recursive: depth costs nothing.</summary>
    public bool TrySkip()
    {
        ReadOnlySpan<byte> at = _rest;
        long due = 1;
        while (due > 0)
        {
            // Each value still due takes a byte at least, so a count that cannot be true ends here.
            if (due > at.Length || !TryMeasure(at, out int length, out long children) || length > at.Length)
            {
                return false;
            }

            at = at[length..];
            due += children - 1;
        }

        _rest = at;
        return true;
    }

    /// <summary>Length of a value without the values it holds, and how many those are.</summary>
    private static bool TryMeasure(ReadOnlySpan<byte> at, out int length, out long children)
    {
        byte first = at[0];
        children = 0;
        length = 1;
        switch (first)
        {
            case <= 0x7F or >= 0xE0 or 0xC0 or 0xC2 or 0xC3:
                return true;
            case <= 0x8F:
                children = 2 * (first & 0x0F);
                return true;
            case <= 0x9F:
                children = first & 0x0F;
                return true;
            case <= 0xBF:
                length = 1 + (first & 0x1F);
                return true;
            case >= 0xC4 and <= 0xC6:
                return TryMeasureSized(at, 1 << (first - 0xC4), 0, out length);
            case >= 0xC7 and <= 0xC9:
                return TryMeasureSized(at, 1 << (first - 0xC7), 1, out length);
            case 0xCA:
                length = 5;
                return true;
            case 0xCB:
                length = 9;
                return true;
            case >= 0xCC and <= 0xD3:
                length = 1 + (1 << ((first - 0xCC) & 3));
                return true;
            case >= 0xD4 and <= 0xD8:
                length = 2 + (1 << (first - 0xD4));
                return true;
            case >= 0xD9 and <= 0xDB:
                return TryMeasureSized(at, 1 << (first - 0xD9), 0, out length);
            case >= 0xDC and <= 0xDF:
                int size = 2 << (first & 1);
                length = 1 + size;
                if (at.Length < length)
                {
                    return false;
                }

                children = (long)ReadLength(at.Slice(1, size)) * (first >= 0xDE ? 2 : 1);
                return true;
            default:
                // 0xC1 is never used.
                return false;
        }
    }

    private static bool TryMeasureSized(ReadOnlySpan<byte> at, int size, int extra, out int length)
    {
        length = 0;
        if (at.Length < 1 + size)
        {
            return false;
        }

        ulong body = ReadLength(at.Slice(1, size));
        if (body > (ulong)at.Length)
        {
            return false;
        }

        length = 1 + size + extra + (int)body;
        return true;
    }

    private static ulong ReadLength(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        foreach (byte b in bytes)
        {
            value = (value << 8) | b;
        }

        return value;
    }

    private bool TryReadHeader(int fix, int sized, int perItem, out int count)
    {
        count = 0;
        if (_rest.IsEmpty)
        {
            return false;
        }

        byte first = _rest[0];
        int length = 1;
        ulong items = (ulong)(first & 0x0F);
        if (first == sized || first == sized + 1)
        {
            int size = 2 << (first & 1);
            length += size;
            if (_rest.Length < length)
            {
                return false;
            }

            items = ReadLength(_rest.Slice(1, size));
        }
        else if ((first & 0xF0) != fix)
        {
            return false;
        }

        if (items * (ulong)perItem > (ulong)(_rest.Length - length))
        {
            return false;
        }

        count = (int)items;
        _rest = _rest[length..];
        return true;
    }

    private bool TryTakeSized(int size, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (_rest.Length < 1 + size)
        {
            return false;
        }

        ulong length = ReadLength(_rest.Slice(1, size));
        return length <= int.MaxValue && TryTake(1 + size, (int)length, out value);
    }

    private bool TryTake(int from, int length, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (_rest.Length - from < length)
        {
            return false;
        }

        value = _rest.Slice(from, length);
        _rest = _rest[(from + length)..];
        return true;
    }
}
