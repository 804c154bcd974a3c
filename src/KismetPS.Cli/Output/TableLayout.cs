namespace KismetPS.Cli.Output;

/// <summary>
/// The cells of a table, fitted into a width: long texts are cut first, the longest column before others; then columns are left out by
/// their rank.
/// </summary>
internal sealed class TableLayout<T>
{
    private const int Narrowest = 12;

    private readonly List<(Column<T> Column, int Width)> _columns;
    private readonly string[][] _cells;

    /// <param name="rows">What the table shows.</param>
    /// <param name="columns">How.</param>
    /// <param name="width">Cells that the table may take.</param>
    /// <param name="between">Cells that each column costs besides its text.</param>
    public TableLayout(IEnumerable<T> rows, IReadOnlyList<Column<T>> columns, int width, int between)
    {
        T[] all = [.. rows];
        _columns = [.. columns.Select(column => (column, all.Aggregate(
            column.Title.Length,
            (widest, row) => Math.Max(widest, TerminalText.Cells(TerminalText.Fit(column.Text(row) ?? string.Empty, column.Cells))))))];
        Shrink(width, between);
        _cells = [.. all.Select(row => _columns.Select(c => TerminalText.Fit(c.Column.Text(row) ?? string.Empty, c.Width)).ToArray())];
    }

    /// <summary>The columns left, with their widths.</summary>
    public IReadOnlyList<(Column<T> Column, int Width)> Columns => _columns;

    /// <summary>The cells, row by row.</summary>
    public IReadOnlyList<string[]> Cells => _cells;

    private void Shrink(int width, int between)
    {
        while (_columns.Sum(c => c.Width + between) - width is int excess and > 0)
        {
            int widest = Enumerable.Range(0, _columns.Count).MaxBy(i => IsText(i) ? _columns[i].Width : 0);
            int last = Enumerable.Range(0, _columns.Count).MaxBy(i => _columns[i].Column.Rank);
            if (IsText(widest) && _columns[widest].Width > Narrowest)
            {
                _columns[widest] = _columns[widest] with { Width = Math.Max(Narrowest, _columns[widest].Width - Math.Min(excess, 2)) };
            }
            else if (_columns[last].Column.Rank > 0)
            {
                _columns.RemoveAt(last);
            }
            else
            {
                return;
            }
        }
    }

    // Texts may be cut; addresses, numbers and other columns of few cells lose their sense.
    private bool IsText(int column) => !_columns[column].Column.Right && _columns[column].Column.Cells != int.MaxValue && _columns[column].Column.Cells > TableLayout.AddressCells;
}

/// <summary>Sizes shared by all tables.</summary>
internal static class TableLayout
{
    /// <summary>Cells of a MAC address, the longest text that is never cut.</summary>
    public const int AddressCells = 17;
}
