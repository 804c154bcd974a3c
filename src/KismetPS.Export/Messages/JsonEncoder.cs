using KismetPS.Capture;
using KismetPS.Tracking;

namespace KismetPS.Export.Messages;

/// <summary>
/// The export guide's JSON: <c>{"type":"device","data":{…},"sequence":1,"timestamp":1642781696.789,"stream":"…"}</c>. A field that is left out
/// for want of room is absent; one that is not known is null.
/// </summary>
internal sealed class JsonEncoder(MessageFieldSet<KismetDevice> device, MessageFieldSet<KismetAlert> alert, int maxBytes) : MessageEncoder(device, alert, maxBytes)
{
    private bool _first;

    public override void LeftOut(MessageField field)
    {
    }

    public override void Unknown(MessageField field)
    {
        Name(field);
        Line.Bytes("null"u8);
    }

    public override void Text(MessageField field, string value)
    {
        Name(field);
        JsonText.Write(Line, value, MostText);
    }

    public override void Word(MessageField field, string value)
    {
        Name(field);
        Line.Byte((byte)'"');
        Line.Ascii(value);
        Line.Byte((byte)'"');
    }

    public override void Number(MessageField field, long value)
    {
        Name(field);
        Line.Number(value);
    }

    public override void Number(MessageField field, double value)
    {
        Name(field);
        Line.Number(value);
    }

    public override void Flag(MessageField field, bool value)
    {
        Name(field);
        Line.Bytes(value ? "true"u8 : "false"u8);
    }

    public override void Time(MessageField field, DateTimeOffset value, bool zone)
    {
        Name(field);
        Line.Byte((byte)'"');
        Line.Time(value, zone);
        Line.Byte((byte)'"');
    }

    public override void List<T>(MessageField field, DetailList<T> items, Func<T, string?> text)
    {
        Name(field);
        Line.Byte((byte)'[');
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                Line.Byte((byte)',');
            }

            if (text(items[i]) is string item)
            {
                JsonText.Write(Line, item, MostText);
            }
            else
            {
                Line.Bytes("null"u8);
            }
        }

        Line.Byte((byte)']');
    }

    protected override void Compose(in ExportRecord record)
    {
        Line.Bytes("{\"type\":\""u8);
        Line.Bytes(LowerKind(record.Kind));
        Line.Bytes("\",\"data\":{"u8);
        _first = true;
        WriteFields(record);
        Line.Bytes("},\"sequence\":"u8);
        Line.Number(record.Sequence);
        Line.Bytes(",\"timestamp\":"u8);
        Line.Epoch(record.Time);
        Line.Bytes(",\"stream\":"u8);
        JsonText.Write(Line, record.StreamId, MostText);
        Line.Byte((byte)'}');
    }

    private void Name(MessageField field)
    {
        if (!_first)
        {
            Line.Byte((byte)',');
        }

        _first = false;
        Line.Bytes(field.Json);
    }
}
