using KismetPS.Cli.Output;
using Xunit;

namespace KismetPS.Cli.Tests;

public sealed class OutputTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Café ☕ 東京 🦆", "Café ☕ 東京 🦆")]
    [InlineData("\u001b[31mred", "\\u{1B}[31mred")]
    [InlineData("a\r\nb\tc\0", "a\\u{0D}\\u{0A}b\\u{09}c\\u{00}")]
    [InlineData("\u202Ertl", "\\u{202E}rtl")]
    [InlineData("\u009B2J", "\\u{9B}2J")]
    [InlineData("\u2028", "\\u{2028}")]
    public void Text_for_a_terminal_acts_on_nothing(string text, string expected) => Assert.Equal(expected, TerminalText.Clean(text));

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abcde…")]
    [InlineData("東京カフェ", 10, "東京カフェ")]
    [InlineData("東京カフェ", 9, "東京カフ…")]
    [InlineData("東京カフェ", 6, "東京…")]
    [InlineData("\u001b\u001b", 8, "\\u{1B}\\…")]
    public void Text_is_cut_by_the_cells_it_takes(string text, int cells, string expected) => Assert.Equal(expected, TerminalText.Fit(text, cells));

    [Theory]
    [InlineData(200, "Name,Long,Number,Extra", 40)]
    [InlineData(60, "Name,Long,Number,Extra", 35)]
    [InlineData(45, "Name,Long,Number,Extra", 20)]
    [InlineData(37, "Name,Long,Number,Extra", 12)]
    [InlineData(36, "Name,Long,Number", 17)]
    [InlineData(30, "Name,Long,Number", 12)]
    [InlineData(10, "Name,Long,Number", 12)]
    public void A_narrow_table_cuts_texts_and_where_that_is_not_enough_leaves_columns_out(int width, string columns, int longWidth)
    {
        Column<int>[] all =
        [
            new("Name", static _ => "0123456789", Cells: 17),
            new("Long", static _ => new string('x', 40), Cells: 40),
            new("Number", static n => $"{n}", Right: true),
            new("Extra", static _ => "y", Cells: 3, Rank: 1),
        ];
        var layout = new TableLayout<int>([1, 2, 3], all, width, 1);
        Assert.Equal(columns, string.Join(',', layout.Columns.Select(static c => c.Column.Title)));
        Assert.Equal(longWidth, layout.Columns[1].Width);
        Assert.All(layout.Cells, row => Assert.Equal(layout.Columns.Count, row.Length));
    }
}
