namespace KismetPS.Cli.Output;

/// <summary>
/// The cells of a table, fitted into a width: where even the shortest form of all is too wide, columns are left out by their rank;
/// then long texts are cut, the longest column first.
/// </summary>
internal sealed class TableLayout<T>
{
    private const int Narrowest = 12;

    // A MAC address is the longest text that is never cut.
    private const int AddressCells = 17;

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
        while (_columns.Sum(c => Least(c) + between) > width && _columns.MaxBy(static c => c.Column.Rank) is { Column.Rank: > 0 } last)
        {
            _columns.Remove(last);
        }

        while (_columns.Sum(c => c.Width + between) - width is int excess and > 0)
        {
            int widest = Enumerable.Range(0, _columns.Count).MaxBy(i => IsText(_columns[i].Column) ? _columns[i].Width : 0);
            int least = Least(_columns[widest]);
            if (_columns[widest].Width == least)
            {
                return;
            }

            _columns[widest] = _columns[widest] with { Width = Math.Max(least, _columns[widest].Width - Math.Min(excess, 2)) };
        }
    }

    private static int Least((Column<T> Column, int Width) column) => IsText(column.Column) ? Math.Min(column.Width, Narrowest) : column.Width;

    // Texts may be cut; addresses, numbers and other columns of few cells lose their sense.
    private static bool IsText(Column<T> column) => !column.Right && column.Cells > AddressCells;
}
