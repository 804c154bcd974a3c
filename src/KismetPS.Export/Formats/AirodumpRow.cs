using System.Globalization;
using System.Text;
using KismetPS.Wireless;

namespace KismetPS.Export.Formats;

/// <summary>One line of an airodump-ng CSV: columns between commas with a blank behind, names with backslash escapes.</summary>
internal static class AirodumpRow
{
    /// <summary>Cells as written, trimmed; an escaped comma divides nothing.</summary>
    public static void Split(string line, List<string> cells)
    {
        cells.Clear();
        int start = 0;
        for (int i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == '\\')
            {
                i++;
            }
            else if (i == line.Length || line[i] == ',')
            {
                cells.Add(line[start..i]);
                start = i + 1;
            }
        }

        if (start <= line.Length - 1 && cells.Count > 0 && line[^1] == '\\')
        {
            cells.Add(line[start..]);
        }
    }

    /// <summary>A name's text of its escapes; null where it is empty.</summary>
    public static string? Name(string cell)
    {
        if (cell.Length >= 2 && cell[0] == '"' && cell[^1] == '"')
        {
            cell = cell[1..^1];
        }

        var bytes = new List<byte>(cell.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (int i = 0; i < cell.Length; i++)
        {
            char c = cell[i];
            if (c == '\\' && i + 1 < cell.Length)
            {
                char next = cell[++i];
                if (next == 'x' && i + 2 < cell.Length && byte.TryParse(cell.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte hex))
                {
                    bytes.Add(hex);
                    i += 2;
                }
                else
                {
                    bytes.Add((byte)(next switch { 'n' => '\n', 'r' => '\r', 't' => '\t', _ => next }));
                }

                continue;
            }

            Rune.DecodeFromUtf16(cell.AsSpan(i), out Rune rune, out int length);
            bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)].ToArray());
            i += length - 1;
        }

        // airodump-ng writes a name that is hidden as so many zeros as it has letters.
        return bytes.Count == 0 || bytes.TrueForAll(static b => b == 0) ? null : SsidText.ToDisplay([.. bytes]);
    }
}
