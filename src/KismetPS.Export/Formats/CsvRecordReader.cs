using KismetPS.Tracking;

namespace KismetPS.Export.Formats;

/// <summary>CSV rows to devices.</summary>
internal sealed class CsvRecordReader(TextReader reader) : IDeviceRecordReader
{
    private readonly CsvRowReader _rows = new(reader);
    private readonly List<string> _cells = [];
    private RecordField<KismetDevice>?[] _columns = [];

    /// <summary>Line on which the last record began.</summary>
    public long Line => _rows.Line;

    /// <summary>Reads the header; gives what is wrong with it. An empty file has no devices and nothing wrong.</summary>
    public string? Start()
    {
        if (!_rows.TryRead(_cells, out string? problem))
        {
            return null;
        }

        _columns = [.. _cells.Select(static name => DeviceFields.Table.Find(name.Trim()))];
        for (int i = 0; i < _columns.Length; i++)
        {
            if (_columns[i] is not null && Array.IndexOf(_columns, _columns[i]) < i)
            {
                return $"two columns are named {_columns[i]!.Name}";
            }
        }

        return problem is not null || !Array.Exists(_columns, static c => c?.Name == nameof(KismetDevice.MacAddress))
            ? "its first line names no column MacAddress"
            : null;
    }

    public bool TryRead(out KismetDevice? device, out string? problem)
    {
        device = null;
        if (!_rows.TryRead(_cells, out problem))
        {
            return false;
        }

        if (problem is null && _cells.Count != _columns.Length)
        {
            problem = $"it has {_cells.Count} cells where the header has {_columns.Length}";
        }

        if (problem is not null)
        {
            return true;
        }

        RecordDraft draft = DeviceFields.Table.NewDraft();
        for (int i = 0; i < _columns.Length; i++)
        {
            if (_columns[i] is RecordField<KismetDevice> field && !field.TryParse(field.IsFreeText ? CsvText.Unguard(_cells[i]) : _cells[i], draft))
            {
                problem = $"{field.Name} has no value of its type";
                return true;
            }
        }

        device = DeviceFields.Table.Build(draft);
        problem = device is null ? "MacAddress is missing or wrong" : null;
        return true;
    }
}
