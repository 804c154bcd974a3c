using System.Buffers.Text;

namespace KismetPS.Kismet.Text;

/// <summary>Numbers with a fraction as C prints them: <c>%f</c> and <c>%2.1f</c> in stable, the 6 digits of a C++ stream in newcore. Culture has no say.</summary>
internal static class FloatText
{
    /// <summary>Enough for any finite number in any of the forms.</summary>
    public const int MaxLength = 330;

    // 10^0 to 10^22 are exact doubles; so a mantissa below 2^53 over one of them rounds once, as a full parser would.
    private static readonly double[] Powers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads fixed or exponent form; false for anything else and for what is not finite.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        int at = text is [(byte)'-', ..] ? 1 : 0;
        if (text.Length == at || text.Length > MaxLength)
        {
            return false;
        }

        if (text.Length - at <= 16)
        {
            long mantissa = 0;
            int point = -1;
            int i = at;
            for (; i < text.Length; i++)
            {
                uint digit = (uint)(text[i] - '0');
                if (digit <= 9)
                {
                    mantissa = (mantissa * 10) + digit;
                }
                else if (text[i] == '.' && point < 0)
                {
                    point = i;
                }
                else
                {
                    break;
                }
            }

            if (i == text.Length)
            {
                if (text.Length - at == 1 && point >= 0)
                {
                    return false;
                }

                // 15 digits and a point, or 16 digits without: the second may pass 2^53.
                if (mantissa < 1L << 53)
                {
                    double size = point < 0 ? mantissa : mantissa / Powers[text.Length - 1 - point];
                    value = at == 0 ? size : -size;
                    return true;
                }
            }
        }

        // "Infinity" and "NaN" parse too; only what starts like a number may.
        byte first = text[at];
        if ((first == '.' || (uint)(first - '0') <= 9) && Utf8Parser.TryParse(text, out value, out int used) && used == text.Length && double.IsFinite(value))
        {
            return true;
        }

        value = 0;
        return false;
    }

    /// <summary>Writes with a fixed number of decimals (0 to 9), as printf("%.Nf") would; what is not finite is written as 0.</summary>
    public static int WriteFixed(double value, int decimals, Span<byte> destination)
    {
        if (!double.IsFinite(value))
        {
            value = 0;
        }

        double scale = Powers[decimals];
        double scaled = value * scale;
        double rounded = Math.Round(scaled);
        if (Math.Abs(scaled) < 1L << 50)
        {
            // What the product lost; only when the true value lies next to a half is the long way needed to round as printf does.
            double rest = (scaled - rounded) + Math.FusedMultiplyAdd(value, scale, -scaled);
            if (Math.Abs(rest) < 0.4999999)
            {
                return WriteScaled((long)Math.Abs(rounded), double.IsNegative(value), decimals, destination);
            }
        }

        Utf8Formatter.TryFormat(value, destination, out int written, new System.Buffers.StandardFormat('F', (byte)decimals));
        return written;
    }

    /// <summary>Writes six significant digits as a C++ stream does by default (<c>%g</c>); what is not finite is written as 0.</summary>
    public static int WriteGeneral(double value, Span<byte> destination)
    {
        if (!double.IsFinite(value))
        {
            value = 0;
        }

        if (Math.Abs(value) < 1_000_000 && value == Math.Floor(value) && !(value == 0 && double.IsNegative(value)))
        {
            Utf8Formatter.TryFormat((int)value, destination, out int plain);
            return plain;
        }

        Span<byte> text = stackalloc byte[32];
        Utf8Formatter.TryFormat(value, text, out int length, new System.Buffers.StandardFormat('E', 5));
        text = text[..length];
        int at = 0;
        if (text[0] == '-')
        {
            destination[at++] = (byte)'-';
            text = text[1..];
        }

        // d.dddddE+ddd
        Span<byte> digits = stackalloc byte[6];
        digits[0] = text[0];
        text.Slice(2, 5).CopyTo(digits[1..]);
        Utf8Parser.TryParse(text[8..], out int exponent, out _);
        int used = 6;
        while (used > 1 && digits[used - 1] == '0')
        {
            used--;
        }

        digits = digits[..used];
        if (exponent is < -4 or >= 6)
        {
            destination[at++] = digits[0];
            if (used > 1)
            {
                destination[at++] = (byte)'.';
                digits[1..].CopyTo(destination[at..]);
                at += used - 1;
            }

            destination[at++] = (byte)'e';
            destination[at++] = (byte)(exponent < 0 ? '-' : '+');
            int size = Math.Abs(exponent);
            if (size < 10)
            {
                destination[at++] = (byte)'0';
            }

            Utf8Formatter.TryFormat(size, destination[at..], out int tail);
            return at + tail;
        }

        if (exponent < 0)
        {
            "0.000"u8[..(1 - exponent)].CopyTo(destination[at..]);
            at += 1 - exponent;
            digits.CopyTo(destination[at..]);
            return at + used;
        }

        for (int i = 0; i < Math.Max(used, exponent + 1); i++)
        {
            if (i == exponent + 1)
            {
                destination[at++] = (byte)'.';
            }

            destination[at++] = i < used ? digits[i] : (byte)'0';
        }

        return at;
    }

    private static int WriteScaled(long scaled, bool negative, int decimals, Span<byte> destination)
    {
        int at = 0;
        if (negative)
        {
            destination[at++] = (byte)'-';
        }

        if (decimals == 0)
        {
            Utf8Formatter.TryFormat(scaled, destination[at..], out int plain);
            return at + plain;
        }

        long unit = (long)Powers[decimals];
        Utf8Formatter.TryFormat(scaled / unit, destination[at..], out int whole);
        at += whole;
        destination[at] = (byte)'.';
        long fraction = scaled % unit;
        for (int i = decimals; i > 0; i--)
        {
            destination[at + i] = (byte)('0' + (fraction % 10));
            fraction /= 10;
        }

        return at + decimals + 1;
    }
}
