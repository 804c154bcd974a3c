namespace KismetPS.Bench.Report;

/// <summary>Rows as a Markdown table, padded so that a terminal shows it straight too.</summary>
internal static class Table
{
    private static readonly string[] s_headings = ["measured", "KismetPS", "aim", "", "peer", "peer's", "ratio", "noise"];

    /// <summary>Prints it.</summary>
    public static void Write(IEnumerable<Row> rows, TextWriter to)
    {
        List<string[]> lines = [s_headings];
        lines.AddRange(rows.Select(static r => (string[])[r.What, r.Ours, r.Aim, r.Reached switch { true => "ok", false => "short", null => "" }, r.Peer, r.Theirs, r.Ratio, r.Noise]));
        int[] widths = [.. Enumerable.Range(0, s_headings.Length).Select(c => Math.Max(2, lines.Max(l => l[c].Length)))];
        for (int i = 0; i < lines.Count; i++)
        {
            to.WriteLine($"| {string.Join(" | ", lines[i].Select((cell, c) => cell.PadRight(widths[c])))} |");
            if (i == 0)
            {
                to.WriteLine($"|{string.Join("|", widths.Select(static w => new string('-', w + 2)))}|");
            }
        }
    }
}
