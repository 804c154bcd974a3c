namespace KismetPS.TestKit;

/// <summary>A tab-separated table with a header line, cells by column name. An empty cell means that tshark has no such field.</summary>
public sealed class OracleTable
{
    private readonly Dictionary<string, int> _columns;
    private readonly string[][] _rows;

    private OracleTable(Dictionary<string, int> columns, string[][] rows)
    {
        _columns = columns;
        _rows = rows;
    }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Length;

    /// <summary>A cell; the name must be one of the header line.</summary>
    public string this[int row, string column] => _rows[row][_columns[column]];

    /// <summary>Reads a table.</summary>
    public static OracleTable Read(string path)
    {
        // Lines end in LF alone; a cell may hold other line separators.
        string[] lines = File.ReadAllText(path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] header = lines[0].Split('\t');
        Dictionary<string, int> columns = new(StringComparer.Ordinal);
        for (int i = 0; i < header.Length; i++)
        {
            columns.Add(header[i], i);
        }

        string[][] rows = new string[lines.Length - 1][];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = lines[i + 1].Split('\t');
            if (rows[i].Length != header.Length)
            {
                throw new InvalidDataException($"{path}: line {i + 2} has {rows[i].Length} cells, the header {header.Length}.");
            }
        }

        return new OracleTable(columns, rows);
    }

    /// <summary>Whether the table has a column.</summary>
    public bool HasColumn(string column) => _columns.ContainsKey(column);
}
