using System.Text;
using KismetPS.Export.Formats;
using KismetPS.Export.Messages;
using KismetPS.Tracking;

namespace KismetPS.Export.Receive;

/// <summary>Messages of our formats back to devices. Never throws: what cannot be read has a kind that says why.</summary>
internal sealed class MessageReader
{
    private readonly RecordField<KismetDevice>?[] _csv;
    private readonly RecordField<KismetDevice>?[] _simple;

    /// <summary>Makes one.</summary>
    /// <param name="fields">Columns of Csv and Simple where the sender chose them (see <see cref="MessageOptions.Fields"/>); null: those of the format. Throws ArgumentInvalid.</param>
    public MessageReader(IReadOnlyList<string>? fields = null)
    {
        _csv = MessageFields.OfLine(fields is null ? DeviceMessageFields.Csv : MessageEncoders.Choose(fields));
        _simple = fields is null ? MessageFields.OfLine(DeviceMessageFields.Simple) : _csv;
    }

    /// <summary>Reads one message without its framing.</summary>
    public ReceivedMessage Read(ReadOnlySpan<byte> message) => message switch
    {
        [] => new(ReceivedKind.BadFormat),
        [(byte)'{', ..] => JsonMessage.Read(message),
        [(byte)'<', ..] => SyslogMessage.Read(Encoding.UTF8.GetString(message)),
        _ => Line(Encoding.UTF8.GetString(message)),
    };

    private ReceivedMessage Line(string line)
    {
        int end = line.AsSpan().IndexOfAny(',', '|');
        if (end < 0)
        {
            return new(ReceivedKind.BadFormat);
        }

        ReceivedKind kind = line.AsSpan(0, end) switch
        {
            "DEVICE" => ReceivedKind.Device,
            "EXPIRED" => ReceivedKind.Expired,
            "ALERT" => ReceivedKind.Alert,
            _ => ReceivedKind.BadFormat,
        };
        if (kind is ReceivedKind.BadFormat or ReceivedKind.Alert)
        {
            return new(kind);
        }

        List<string> cells = [];
        bool csv = line[end] == ',';
        if (!csv)
        {
            cells.AddRange(line.Split('|').Select(static c => c.Replace("\\x7C", "|", StringComparison.Ordinal).Replace("\\x5C", "\\", StringComparison.Ordinal)));
        }
        else if (!new CsvRowReader(new StringReader(line)).TryRead(cells, out string? problem) || problem is not null)
        {
            return new(ReceivedKind.BadData);
        }

        RecordField<KismetDevice>?[] fields = csv ? _csv : _simple;
        if (cells.Count != fields.Length + 1)
        {
            return new(ReceivedKind.BadData);
        }

        RecordDraft draft = DeviceFields.Table.NewDraft();
        for (int i = 0; i < fields.Length; i++)
        {
            if (fields[i] is RecordField<KismetDevice> field && !field.TryParse(csv && field.IsFreeText ? CsvText.Unguard(cells[i + 1]) : cells[i + 1], draft))
            {
                return new(ReceivedKind.BadData);
            }
        }

        return DeviceFields.Table.Build(draft) is KismetDevice device ? new(kind, device) : new(ReceivedKind.BadData);
    }
}
