using System.Text;
using KismetPS.Tracking;

namespace KismetPS.Export.Formats;

/// <summary>CSV with all fields, or with the columns of the file that is appended to.</summary>
internal sealed class CsvDeviceWriter : DeviceFormatWriter
{
    private readonly StreamWriter _text;
    private readonly IReadOnlyList<RecordField<KismetDevice>?> _columns;

    /// <param name="stream">Where to.</param>
    /// <param name="columns">Columns of the file that is appended to, null where one is unknown; null: a new file.</param>
    public CsvDeviceWriter(Stream stream, IReadOnlyList<RecordField<KismetDevice>?>? columns)
    {
        _columns = columns ?? DeviceFields.All;
        _text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024, leaveOpen: true) { NewLine = CsvText.NewLine };
        if (columns is null)
        {
            _text.WriteLine(string.Join(',', DeviceFields.All.Select(static f => f.Name)));
        }
    }

    public override bool Write(KismetDevice device)
    {
        for (int i = 0; i < _columns.Count; i++)
        {
            if (i > 0)
            {
                _text.Write(',');
            }

            if (_columns[i] is RecordField<KismetDevice> field)
            {
                string cell = field.Format(device);
                CsvText.Write(_text, field.IsFreeText ? CsvText.Guard(cell) : cell);
            }
        }

        _text.WriteLine();
        return true;
    }

    public override void Flush() => _text.Flush();

    // The text writer is not disposed of: it holds nothing but its buffer, and disposing would write that to a closed file.
}
