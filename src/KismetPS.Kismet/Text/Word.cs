using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Text;

/// <summary>One value of a sentence or command, and how to read it. A reading that does not fit gives false, never half a value.</summary>
internal readonly ref struct Word
{
    private readonly ReadOnlySpan<byte> _raw;

    public Word(ReadOnlySpan<byte> raw, WordMarks marks)
    {
        _raw = raw;
        Marks = marks;
    }

    /// <summary>How it stood on the line.</summary>
    public WordMarks Marks { get; }

    /// <summary>Whether it was quoted.</summary>
    public bool IsQuoted => (Marks & WordMarks.Quoted) != 0;

    /// <summary>As on the wire, quotes included.</summary>
    public ReadOnlySpan<byte> Raw => _raw;

    /// <summary>Without the quotes, octal escapes as they came.</summary>
    public ReadOnlySpan<byte> Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (!IsQuoted)
            {
                return _raw;
            }

            if ((Marks & (WordMarks.Unterminated | WordMarks.Cut)) != 0)
            {
                return _raw[1..];
            }

            ReadOnlySpan<byte> inner = _raw[1..];
            return inner[..inner.IndexOf(WordReader.Quote)];
        }
    }

    /// <summary>A stable server prints an empty value as one blank between the quotes; so does newcore in a few fields.</summary>
    public bool IsEmpty => Value is [] || (IsQuoted && Value is [(byte)' ']);

    /// <summary>A decimal number that fits 64 bits with sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetInt64(out long value)
    {
        ReadOnlySpan<byte> text = Value;
        if (text.Length is 0 or > 18)
        {
            return TryGetLongInt64(text, out value);
        }

        value = 0;
        int at = text[0] == '-' ? 1 : 0;
        if (at == text.Length)
        {
            return false;
        }

        long sum = 0;
        for (int i = at; i < text.Length; i++)
        {
            uint digit = (uint)(text[i] - '0');
            if (digit > 9)
            {
                return false;
            }

            sum = (sum * 10) + digit;
        }

        value = at == 0 ? sum : -sum;
        return true;
    }

    /// <summary>A decimal number that fits 64 bits without sign, such as a TSF or a set of flags.</summary>
    public bool TryGetUInt64(out ulong value)
    {
        ReadOnlySpan<byte> text = Value;
        return Utf8Parser.TryParse(text, out value, out int used) && used == text.Length;
    }

    /// <summary>A decimal number that fits 32 bits with sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetInt32(out int value)
    {
        if (TryGetInt64(out long wide) && wide is >= int.MinValue and <= int.MaxValue)
        {
            value = (int)wide;
            return true;
        }

        value = 0;
        return false;
    }

    /// <summary>A count that is not negative; what is none leaves the value as it was.</summary>
    public bool TryCount(ref long value)
    {
        if (!TryGetInt64(out long number) || number < 0)
        {
            return false;
        }

        value = number;
        return true;
    }

    /// <summary>A number within bounds; what is none leaves the value as it was.</summary>
    public bool TryNumber(int least, int most, ref int value)
    {
        if (!TryGetInt64(out long number) || number < least || number > most)
        {
            return false;
        }

        value = (int)number;
        return true;
    }

    /// <summary>A level in dBm: 0 and -256 stand for none, and what is above 0 is a driver's own measure. What is no number leaves the value as it was.</summary>
    public bool TryDbm(ref short value)
    {
        if (!TryGetInt64(out long number))
        {
            return false;
        }

        value = number is < 0 and > -200 ? (short)number : (short)0;
        return true;
    }

    /// <summary>A finite number: fixed (stable, <c>-122.333054</c>) or as a C++ stream prints it (newcore, <c>1e+06</c>); the point is a full stop.</summary>
    public bool TryGetDouble(out double value) => FloatText.TryParse(Value, out value);

    /// <summary>Six pairs of hexadecimal digits with colons, either case.</summary>
    public bool TryGetMac(out MacAddress value)
    {
        value = default;
        ReadOnlySpan<byte> text = Value;
        if (text.Length != 17)
        {
            return false;
        }

        ulong sum = 0;
        for (int i = 0; i < 17; i += 3)
        {
            int high = HexDigit(text[i]);
            int low = HexDigit(text[i + 1]);
            if ((high | low) < 0 || (i < 15 && text[i + 2] != ':'))
            {
                return false;
            }

            sum = (sum << 8) | (uint)((high << 4) | low);
        }

        value = new MacAddress(sum);
        return true;
    }

    /// <summary>A dotted quad; the first number is the highest byte of the value.</summary>
    public bool TryGetIPv4(out uint value)
    {
        value = 0;
        uint sum = 0;
        uint part = 0;
        int dots = 0;
        int digits = 0;
        foreach (byte b in Value)
        {
            if (b == '.')
            {
                if (digits == 0 || ++dots > 3)
                {
                    return false;
                }

                sum = (sum << 8) | part;
                part = 0;
                digits = 0;
                continue;
            }

            uint digit = (uint)(b - '0');
            if (digit > 9 || ++digits > 3 || (part = (part * 10) + digit) > 255)
            {
                return false;
            }
        }

        if (dots != 3 || digits == 0)
        {
            return false;
        }

        value = (sum << 8) | part;
        return true;
    }

    /// <summary>A UUID in its 36-character form.</summary>
    public bool TryGetUuid(out Guid value)
    {
        ReadOnlySpan<byte> text = Value;
        return Utf8Parser.TryParse(text, out value, out int used, 'D') && used == text.Length;
    }

    /// <summary>The value's bytes with octal escapes undone; <paramref name="destination"/> takes at least as many bytes as <see cref="Value"/> has.</summary>
    public int Unmunge(Span<byte> destination) => MungedText.Decode(Value, destination);

    internal static int HexDigit(byte b)
    {
        int digit = b - '0';
        if ((uint)digit <= 9)
        {
            return digit;
        }

        int letter = (b | 0x20) - 'a';
        return (uint)letter <= 5 ? letter + 10 : -1;
    }

    private static bool TryGetLongInt64(ReadOnlySpan<byte> text, out long value) =>
        Utf8Parser.TryParse(text, out value, out int used) && used == text.Length;
}
