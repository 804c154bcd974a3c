using System.Buffers;
using System.Globalization;
using System.Text;

namespace KismetPS.Export.Messages;

/// <summary>Writes texts that strangers chose (see <see cref="TextEscape"/>) as UTF-8.</summary>
internal static class TextWriting
{
    private static readonly SearchValues<char> s_json = Safe("\"\\<>&'`+");
    private static readonly SearchValues<char> s_cell = Safe("");
    private static readonly SearchValues<char> s_bar = Safe("|\\");
    private static readonly SearchValues<char> s_structuredData = Safe("\"\\]");
    private static readonly SearchValues<char> s_cefExtension = Safe("=\\");
    private static readonly SearchValues<char> s_cefHeader = Safe("|\\");

    /// <summary>Writes at most <paramref name="most"/> UTF-16 units of the text; true if that was all of it.</summary>
    public static bool Text(this Utf8Text to, ReadOnlySpan<char> text, TextEscape escape, int most = int.MaxValue)
    {
        bool whole = text.Length <= most;
        if (!whole)
        {
            text = text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
        }

        SearchValues<char> safe = SafeFor(escape);
        while (!text.IsEmpty)
        {
            int run = text.IndexOfAnyExcept(safe);
            run = run < 0 ? text.Length : run;
            Span<byte> room = to.Room(run);
            for (int i = 0; i < run; i++)
            {
                room[i] = (byte)text[i];
            }

            to.Length += run;
            text = text[run..];
            if (!text.IsEmpty)
            {
                bool valid = Rune.DecodeFromUtf16(text, out Rune rune, out int length) == OperationStatus.Done;
                One(to, text, valid, rune, escape);
                text = text[length..];
            }
        }

        return whole;
    }

    /// <summary>ASCII that is known to need nothing.</summary>
    public static void Ascii(this Utf8Text to, ReadOnlySpan<char> text)
    {
        Span<byte> room = to.Room(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            room[i] = (byte)text[i];
        }

        to.Length += text.Length;
    }

    // Printable ASCII without those.
    private static SearchValues<char> Safe(string without) =>
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static c => (char)c).Where(c => !without.Contains(c))]);

    private static SearchValues<char> SafeFor(TextEscape escape) => escape switch
    {
        TextEscape.Json => s_json,
        TextEscape.Bar => s_bar,
        TextEscape.StructuredData => s_structuredData,
        TextEscape.CefExtension => s_cefExtension,
        TextEscape.CefHeader => s_cefHeader,
        _ => s_cell,
    };

    private static void One(Utf8Text to, ReadOnlySpan<char> text, bool valid, Rune rune, TextEscape escape)
    {
        if (!valid || !IsShown(rune))
        {
            Hidden(to, text, valid, rune, escape);
        }
        else if (rune.Value > '~')
        {
            to.Length += rune.EncodeToUtf8(to.Room(4));
        }
        else
        {
            Mark(to, text, escape);
        }
    }

    // A printable ASCII character that has a meaning at this place.
    private static void Mark(Utf8Text to, ReadOnlySpan<char> text, TextEscape escape)
    {
        char c = text[0];
        switch (escape)
        {
            case TextEscape.Json when c is not ('"' or '\\'):
                Unit(to, c);
                break;
            case TextEscape.Bar when c == '|':
                to.Bytes("\\x7C"u8);
                break;
            case TextEscape.Bar when text.StartsWith("\\x7C") || text.StartsWith("\\x5C"):
                // Text that reads as an escape of ours: its backslash is escaped, so that reading gives it back.
                to.Bytes("\\x5C"u8);
                break;
            case TextEscape.Bar:
                to.Byte((byte)c);
                break;
            default:
                to.Byte((byte)'\\');
                to.Byte((byte)c);
                break;
        }
    }

    private static void Hidden(Utf8Text to, ReadOnlySpan<char> text, bool valid, Rune rune, TextEscape escape)
    {
        if (escape == TextEscape.Json)
        {
            // Half a pair is no character; a reader that is strict refuses \uD800 alone.
            if (!valid)
            {
                to.Bytes("\\uFFFD"u8);
                return;
            }

            foreach (char unit in text[..rune.Utf16SequenceLength])
            {
                Unit(to, unit);
            }

            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        int count = (valid ? rune : Rune.ReplacementChar).EncodeToUtf8(bytes);
        bool doubled = escape is TextEscape.StructuredData or TextEscape.CefExtension or TextEscape.CefHeader;
        foreach (byte b in bytes[..count])
        {
            to.Bytes(doubled ? "\\\\x"u8 : "\\x"u8);
            Hex(to, b);
        }
    }

    private static void Unit(Utf8Text to, char unit)
    {
        to.Bytes("\\u"u8);
        Hex(to, (byte)(unit >> 8));
        Hex(to, (byte)unit);
    }

    private static void Hex(Utf8Text to, byte value)
    {
        Span<byte> room = to.Room(2);
        room[0] = "0123456789ABCDEF"u8[value >> 4];
        room[1] = "0123456789ABCDEF"u8[value & 15];
        to.Length += 2;
    }

    private static bool IsShown(Rune rune) => rune.IsAscii
        ? rune.Value is >= ' ' and <= '~'
        : Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned);
}
