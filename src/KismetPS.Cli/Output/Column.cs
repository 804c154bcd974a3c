namespace KismetPS.Cli.Output;

/// <summary>A column of a table.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Text">The cell; null is shown as empty.</param>
/// <param name="Right">Aligned to the right, as numbers are.</param>
/// <param name="Cells">Most cells it takes; longer text is cut in tables, never in JSON and files.</param>
/// <param name="Rank">On a narrow terminal the columns of the highest rank are left out first; 0 stays.</param>
internal sealed record Column<T>(string Title, Func<T, string?> Text, bool Right = false, int Cells = 32, int Rank = 0);
