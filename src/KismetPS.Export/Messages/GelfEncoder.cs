using KismetPS.Capture;
using KismetPS.Export.Formats;
using KismetPS.Tracking;

namespace KismetPS.Export.Messages;

/// <summary>Graylog Extended Log Format 1.1. Fields are texts and numbers (a flag is a text); what is not known is left out, since the format has no null.</summary>
internal sealed class GelfEncoder : MessageEncoder
{
    private const int Informational = 6;
    private const int Warning = 4;

    private readonly byte[] _head;

    public GelfEncoder(MessageFieldSet<KismetDevice> device, MessageFieldSet<KismetAlert> alert, int maxBytes, MessageOptions options)
        : base(device, alert, maxBytes)
    {
        var head = new Utf8Text();
        head.Bytes("{\"version\":\"1.1\",\"host\":"u8);
        JsonText.Write(head, options.HostName.Length == 0 ? "-" : options.HostName, 255);
        head.Bytes(",\"short_message\":\""u8);
        _head = head.Written.ToArray();
    }

    public override void LeftOut(MessageField field)
    {
    }

    public override void Unknown(MessageField field)
    {
    }

    public override void Text(MessageField field, string value)
    {
        Line.Bytes(field.Gelf);
        JsonText.Write(Line, value, MostText);
    }

    public override void Word(MessageField field, string value)
    {
        Line.Bytes(field.Gelf);
        Line.Byte((byte)'"');
        Line.Ascii(value);
        Line.Byte((byte)'"');
    }

    public override void Number(MessageField field, long value)
    {
        Line.Bytes(field.Gelf);
        Line.Number(value);
    }

    public override void Number(MessageField field, double value)
    {
        Line.Bytes(field.Gelf);
        Line.Number(value);
    }

    public override void Flag(MessageField field, bool value)
    {
        Line.Bytes(field.Gelf);
        Line.Bytes(value ? "\"true\""u8 : "\"false\""u8);
    }

    public override void Time(MessageField field, DateTimeOffset value, bool zone)
    {
        Line.Bytes(field.Gelf);
        Line.Byte((byte)'"');
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
        Line.Bytes(_head);
        RecordSentence.Write(Line, record, TextEscape.Json, MostText);
        Line.Bytes("\",\"timestamp\":"u8);
        Line.Epoch(record.Time);
        Line.Bytes(",\"level\":"u8);
        Line.Number(record.Kind == ExportRecordKind.Alert ? Warning : Informational);
        Line.Bytes(",\"_type\":\""u8);
        Line.Bytes(LowerKind(record.Kind));
        Line.Bytes("\",\"_sequence\":"u8);
        Line.Number(record.Sequence);
        Line.Bytes(",\"_stream\":"u8);
        JsonText.Write(Line, record.StreamId, MostText);
        WriteFields(record);
        Line.Byte((byte)'}');
    }
}
