using System.Globalization;
using System.Text;

namespace KismetPS.Cli.Output;

/// <summary>
/// Text as a terminal may see it: what could act on it (controls, escape sequences, bidirectional overrides, line separators) is shown as
/// <c>\u{1B}</c>. Names from the air are escaped already; names of sensors, files and old exports are not.
/// </summary>
internal static class TerminalText
{
    public static string Clean(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!IsSafe(rune))
            {
                return Escape(text);
            }
        }

        return text;
    }

    /// <summary>Cleaned, and cut with an ellipsis where it takes more than so many cells.</summary>
    public static string Fit(string text, int cells)
    {
        text = Clean(text);
        if (Cells(text) <= cells)
        {
            return text;
        }

        var cut = new StringBuilder(cells);
        int used = 1;
        foreach (Rune rune in text.EnumerateRunes())
        {
            used += Cells(rune.ToString());
            if (used > cells)
            {
                break;
            }

            cut.Append(rune);
        }

        return cut.Append('…').ToString();
    }

    /// <summary>Cells the text takes on a terminal.</summary>
    public static int Cells(string text) => new Spectre.Console.Rendering.Segment(text).CellCount();

    private static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsSafe(rune))
            {
                safe.Append(rune);
            }
            else
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X2}}}");
            }
        }

        return safe.ToString();
    }

    private static bool IsSafe(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
