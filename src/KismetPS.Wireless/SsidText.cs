using System.Buffers;
using System.Text;

namespace KismetPS.Wireless;

/// <summary>
/// SSIDs and other names from the air as text. They are bytes: what is no UTF-8, and what could act on a terminal or break a line, is shown
/// as <c>\xNN</c>; a backslash is doubled where it would read as the start of that. No two names have one text.
/// </summary>
internal static class SsidText
{
    /// <summary>The text of the bytes.</summary>
    public static string ToDisplay(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(bytes.Length);
        Span<char> pair = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out Rune rune, out int length);
            if (status == OperationStatus.Done && rune.Value == '\\')
            {
                text.Append(BeginsEscape(bytes[1..]) ? "\\\\" : "\\");
            }
            else if (status == OperationStatus.Done && IsSafe(rune))
            {
                text.Append(pair[..rune.EncodeToUtf16(pair)]);
            }
            else
            {
                foreach (byte b in bytes[..length])
                {
                    text.Append("\\x").Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
                }
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }

    /// <summary>The bytes of a text made by <see cref="ToDisplay"/>; of any other text, its UTF-8 with such escapes read.</summary>
    public static byte[] ToBytes(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\'))
        {
            byte[] plain = new byte[Encoding.UTF8.GetByteCount(text)];
            Encoding.UTF8.GetBytes(text, plain);
            return plain;
        }

        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        int length = 0;
        while (!text.IsEmpty)
        {
            if (text is ['\\', 'x', var high, var low, ..] && char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low))
            {
                bytes[length++] = byte.Parse(text[2..4], System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture);
                text = text[4..];
                continue;
            }

            // An undoubled backslash is never followed by another one.
            int taken = text is ['\\', '\\', ..] ? 2 : char.IsHighSurrogate(text[0]) && text.Length > 1 ? 2 : 1;
            length += Encoding.UTF8.GetBytes(taken == 2 && text[0] == '\\' ? text[..1] : text[..taken], bytes.AsSpan(length));
            text = text[taken..];
        }

        return bytes[..length];
    }

    // Whether what follows a backslash would make it read as an escape: an x, another backslash, or bytes that are escaped themselves.
    private static bool BeginsEscape(ReadOnlySpan<byte> next) =>
        !next.IsEmpty
        && (next[0] is (byte)'x' or (byte)'\\' || Rune.DecodeFromUtf8(next, out Rune rune, out _) != OperationStatus.Done || !IsSafe(rune));

    // Controls act on terminals; format characters (bidirectional overrides) and line separators change how a line reads;
    // private use and unassigned code points show as nothing anybody could compare.
    private static bool IsSafe(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        System.Globalization.UnicodeCategory.Control
        or System.Globalization.UnicodeCategory.Format
        or System.Globalization.UnicodeCategory.LineSeparator
        or System.Globalization.UnicodeCategory.ParagraphSeparator
        or System.Globalization.UnicodeCategory.Surrogate
        or System.Globalization.UnicodeCategory.PrivateUse
        or System.Globalization.UnicodeCategory.OtherNotAssigned);
}
