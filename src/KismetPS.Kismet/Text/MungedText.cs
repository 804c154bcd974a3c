namespace KismetPS.Kismet.Text;

/// <summary>
/// Text from the air in printable form: a byte outside the printable range becomes a backslash and three octal digits. The backslash itself is not
/// escaped, so bytes that hold one followed by three octal digits do not come back; the raw text is kept beside for that.
/// </summary>
internal static class MungedText
{
    /// <summary>Bytes of text for one byte at most.</summary>
    public const int MaxGrowth = 4;

    /// <summary>The highest byte that passes as it is: 126, and 176 in stable, whose authors slipped from octal to decimal.</summary>
    public static byte LastPrintable(TextEra era) => era == TextEra.Stable ? (byte)176 : (byte)126;

    /// <summary>Undoes the escapes; the destination takes at least as many bytes as the text has. Returns the bytes written.</summary>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        int written = 0;
        while (true)
        {
            int slash = text.IndexOf((byte)'\\');
            ReadOnlySpan<byte> plain = slash < 0 ? text : text[..slash];
            plain.CopyTo(destination[written..]);
            written += plain.Length;
            if (slash < 0)
            {
                return written;
            }

            text = text[slash..];
            if (text.Length >= 4 && Octal(text[1], 3) && Octal(text[2], 7) && Octal(text[3], 7))
            {
                destination[written++] = (byte)(((text[1] - '0') << 6) | ((text[2] - '0') << 3) | (text[3] - '0'));
                text = text[4..];
            }
            else
            {
                destination[written++] = (byte)'\\';
                text = text[1..];
            }
        }
    }

    /// <summary>Writes bytes in printable form; the destination takes four times their number. Returns the bytes written.</summary>
    public static int Encode(ReadOnlySpan<byte> bytes, TextEra era, Span<byte> destination) => Encode(bytes, (byte)' ', LastPrintable(era), destination);

    /// <summary>Writes bytes, escaping those outside <paramref name="first"/> to <paramref name="last"/>.</summary>
    public static int Encode(ReadOnlySpan<byte> bytes, byte first, byte last, Span<byte> destination)
    {
        int plain = bytes.IndexOfAnyExceptInRange(first, last);
        if (plain < 0)
        {
            bytes.CopyTo(destination);
            return bytes.Length;
        }

        bytes[..plain].CopyTo(destination);
        int written = plain;
        foreach (byte b in bytes[plain..])
        {
            if (b >= first && b <= last)
            {
                destination[written++] = b;
                continue;
            }

            destination[written] = (byte)'\\';
            destination[written + 1] = (byte)('0' + (b >> 6));
            destination[written + 2] = (byte)('0' + ((b >> 3) & 7));
            destination[written + 3] = (byte)('0' + (b & 7));
            written += MaxGrowth;
        }

        return written;
    }

    private static bool Octal(byte b, int highest) => (uint)(b - '0') <= (uint)highest;
}
