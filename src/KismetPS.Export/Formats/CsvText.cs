namespace KismetPS.Export.Formats;

/// <summary>
/// Cells of a CSV file: RFC 4180 quoting where it is needed, and a guard on texts that a spreadsheet would run as a formula
/// (network names come from strangers). The guard is an apostrophe in front; reading takes it off again, so a round trip is exact.
/// </summary>
internal static class CsvText
{
    /// <summary>RFC 4180 2.1: lines end in CRLF, on every system, so that the same devices make the same bytes.</summary>
    public const string NewLine = "\r\n";

    /// <summary>A text as a spreadsheet may see it.</summary>
    public static string Guard(string text) => NeedsGuard(text) ? "'" + text : text;

    /// <summary>Whether a spreadsheet would run the text.</summary>
    public static bool NeedsGuard(string text) => IsDangerous(text) && !IsPlainNumber(text);

    /// <summary>The reverse of <see cref="Guard"/>.</summary>
    public static string Unguard(string cell) => cell.Length > 1 && cell[0] == '\'' && IsDangerous(cell) ? cell[1..] : cell;

    /// <summary>Writes one cell, quoted where the text needs it.</summary>
    public static void Write(TextWriter writer, string cell)
    {
        if (!NeedsQuotes(cell))
        {
            writer.Write(cell);
            return;
        }

        writer.Write('"');
        writer.Write(cell.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.Write('"');
    }

    // Semicolon and tab are what other regional settings take for the separator; blanks at the ends are trimmed by some readers.
    private static bool NeedsQuotes(string cell) =>
        cell.AsSpan().IndexOfAny("\",;\t\r\n") >= 0 || (cell.Length > 0 && (cell[0] == ' ' || cell[^1] == ' '));

    // The characters that start a formula, with their full-width forms, behind any number of apostrophes: those are guards of ours or
    // look like them, and get or lose one.
    private static bool IsDangerous(string text)
    {
        int at = 0;
        while (at < text.Length && text[at] == '\'')
        {
            at++;
        }

        return at < text.Length && text[at] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20';
    }

    private static bool IsPlainNumber(string text)
    {
        int digits = 0;
        int points = 0;
        for (int i = text[0] is '-' or '+' ? 1 : 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                digits++;
            }
            else if (text[i] == '.')
            {
                points++;
            }
            else
            {
                return false;
            }
        }

        return digits > 0 && points <= 1;
    }
}
