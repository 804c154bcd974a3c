using Spectre.Console;

namespace KismetPS.Cli.Output;

/// <summary>Draws a table on a terminal and writes the same as aligned plain text elsewhere.</summary>
internal static class TablePrinter
{
    // What the drawn table puts around each column.
    private const int DrawnBetween = 2;

    public static void Print<T>(CliContext context, string title, IReadOnlyList<T> rows, IReadOnlyList<Column<T>> columns)
    {
        if (context.IsTerminal)
        {
            context.Out.Flush();
            context.Terminal.Write(Draw(context, title, rows, columns));
        }
        else
        {
            Write(context.Out, title, rows, columns);
        }
    }

    /// <summary>The table as something to draw. Cells are texts, never markup: nothing in them is interpreted.</summary>
    /// <param name="context">The terminal.</param>
    /// <param name="title">Line above the table.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="beside">Cells of the terminal that something else takes.</param>
    public static Table Draw<T>(CliContext context, string title, IEnumerable<T> rows, IReadOnlyList<Column<T>> columns, int beside = 0)
    {
        var layout = new TableLayout<T>(rows, columns, context.Terminal.Profile.Width - beside - DrawnBetween, DrawnBetween);
        var table = new Table { Border = TableBorder.Simple };
        if (title.Length > 0)
        {
            table.Title = new TableTitle(Markup.Escape(TerminalText.Clean(title)));
        }

        foreach ((Column<T> column, int width) in layout.Columns)
        {
            var drawn = new TableColumn(new Text(column.Title, new Style(decoration: Decoration.Bold))) { Width = width, Padding = new Padding(0, 0, 1, 0) };
            table.AddColumn(column.Right ? drawn.RightAligned() : drawn);
        }

        foreach (string[] row in layout.Cells)
        {
            table.AddRow(row.Select(static cell => new Text(cell)));
        }

        return table;
    }

    /// <summary>The table as plain text: two spaces between columns, nothing behind the last.</summary>
    public static void Write<T>(TextWriter writer, string title, IReadOnlyList<T> rows, IReadOnlyList<Column<T>> columns)
    {
        var layout = new TableLayout<T>(rows, columns, int.MaxValue, 0);
        if (title.Length > 0)
        {
            writer.WriteLine(TerminalText.Clean(title));
        }

        WriteLine(writer, layout, [.. layout.Columns.Select(static c => c.Column.Title)]);
        WriteLine(writer, layout, [.. layout.Columns.Select(static c => new string('-', c.Width))]);
        foreach (string[] row in layout.Cells)
        {
            WriteLine(writer, layout, row);
        }
    }

    private static void WriteLine<T>(TextWriter writer, TableLayout<T> layout, string[] cells)
    {
        var line = new System.Text.StringBuilder();
        for (int i = 0; i < cells.Length; i++)
        {
            string padding = new(' ', layout.Columns[i].Width - TerminalText.Cells(cells[i]));
            line.Append(i > 0 ? "  " : string.Empty).Append(layout.Columns[i].Column.Right ? padding + cells[i] : cells[i] + padding);
        }

        writer.WriteLine(line.ToString().TrimEnd());
    }
}
