using KismetPS.Capture;
using KismetPS.Export.Formats;
using KismetPS.Tracking;

namespace KismetPS.Export.Messages;

/// <summary>
/// Syslog (RFC 5424): stream, sequence and fields as structured data, a sentence for people as the message. What is not known is no
/// parameter. The message begins with a byte order mark where it has more than ASCII (6.4), and only there, since many readers show the mark.
/// </summary>
internal sealed class SyslogEncoder(MessageFieldSet<KismetDevice> device, MessageFieldSet<KismetAlert> alert, int maxBytes, SyslogHeader header) : MessageEncoder(device, alert, maxBytes)
{
    public override void LeftOut(MessageField field)
    {
    }

    public override void Unknown(MessageField field)
    {
    }

    public override void Text(MessageField field, string value)
    {
        Line.Bytes(field.StructuredData);
        Line.Text(value, TextEscape.StructuredData, MostText);
        Line.Byte((byte)'"');
    }

    public override void Word(MessageField field, string value)
    {
        Line.Bytes(field.StructuredData);
        Line.Ascii(value);
        Line.Byte((byte)'"');
    }

    public override void Number(MessageField field, long value)
    {
        Line.Bytes(field.StructuredData);
        Line.Number(value);
        Line.Byte((byte)'"');
    }

    public override void Number(MessageField field, double value)
    {
        Line.Bytes(field.StructuredData);
        Line.Number(value);
        Line.Byte((byte)'"');
    }

    public override void Flag(MessageField field, bool value)
    {
        Line.Bytes(field.StructuredData);
        Line.Bytes(value ? "true"u8 : "false"u8);
        Line.Byte((byte)'"');
    }

    public override void Time(MessageField field, DateTimeOffset value, bool zone)
    {
        Line.Bytes(field.StructuredData);
        Line.Time(value, zone: true);
        Line.Byte((byte)'"');
    }

    public override void List<T>(MessageField field, DetailList<T> items, Func<T, string?> text)
    {
        if (items.Count > 0)
        {
            Text(field, CellList.Join(items.Select(item => CellList.Escape(text(item) ?? string.Empty))));
        }
    }

    protected override void Compose(in ExportRecord record)
    {
        header.Write(Line, record, UpperKind(record.Kind));

        // 32473 is the enterprise number for documentation (RFC 5612): the project has none of its own.
        Line.Bytes("[kismetps@32473 stream=\""u8);
        Line.Text(record.StreamId, TextEscape.StructuredData, MostText);
        Line.Bytes("\" sequence=\""u8);
        Line.Number(record.Sequence);
        Line.Byte((byte)'"');
        WriteFields(record);
        Line.Bytes("] "u8);
        int message = Line.Length;
        RecordSentence.Write(Line, record, TextEscape.Plain, MostText);
        if (Line.Written[message..].IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0)
        {
            Line.Insert(message, "\uFEFF"u8);
        }
    }
}
