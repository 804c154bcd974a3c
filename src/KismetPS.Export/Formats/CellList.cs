using System.Text;

namespace KismetPS.Export.Formats;

/// <summary>
/// A list in one CSV cell: items joined with "; ", as the objects show themselves. What would be read as something else is written as
/// <c>\xNN</c>, in the manner of bytes in network names, so that every item reads back as it was. Empty items are left out.
/// </summary>
internal static class CellList
{
    private const string Separator = "; ";

    /// <summary>Writes what separates items, and the characters in <paramref name="reserved"/>, as <c>\xNN</c>.</summary>
    public static string Escape(string item, string reserved = "")
    {
        StringBuilder? text = null;
        for (int i = 0; i < item.Length; i++)
        {
            char c = item[i];
            bool escape = c == ';' || reserved.Contains(c) || (c == '\\' && IsEscape(item, i));
            if (escape)
            {
                text ??= new StringBuilder(item, 0, i, item.Length + 12);
                text.Append("\\x").Append(((int)c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                text?.Append(c);
            }
        }

        return text?.ToString() ?? item;
    }

    /// <summary>The reverse of <see cref="Escape"/>.</summary>
    public static string Unescape(string item)
    {
        if (!item.Contains("\\x", StringComparison.Ordinal))
        {
            return item;
        }

        var text = new StringBuilder(item.Length);
        for (int i = 0; i < item.Length; i++)
        {
            if (IsEscape(item, i))
            {
                text.Append((char)Convert.ToInt32(item.Substring(i + 2, 2), 16));
                i += 3;
            }
            else
            {
                text.Append(item[i]);
            }
        }

        return text.ToString();
    }

    public static string Join(IEnumerable<string> escaped) => string.Join(Separator, escaped.Where(static item => item.Length > 0));

    public static IEnumerable<string> Split(string cell) => cell.Split(Separator, StringSplitOptions.RemoveEmptyEntries);

    // Only these four are ever written: others, such as \x00, are the text of the name itself.
    private static bool IsEscape(string item, int at) =>
        item.AsSpan(at) is ['\\', 'x', '3', 'B' or 'C' or 'D', ..] or ['\\', 'x', '5', 'C', ..];
}
