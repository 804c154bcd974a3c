using System.Buffers;
using KismetPS.Tracking;

namespace KismetPS.Export.Messages;

/// <summary>What all encoders share: the message is composed in a buffer of its own, so that one that is too long can be composed again with less in it.</summary>
internal abstract class MessageEncoder(MessageFieldSet<KismetDevice> device, MessageFieldSet<KismetAlert> alert, int maxBytes) : FieldSink, IMessageEncoder
{
    // A character may take fifteen bytes (three bytes of UTF-8, each as a doubled backslash, x and two digits): the fields that are never given up fit all the same.
    private const int ShortText = 24;

    public Utf8Text Line { get; } = new();

    public long Shortened { get; private set; }

    /// <summary>Longest text of a field, UTF-16 units.</summary>
    protected int MostText { get; private set; } = int.MaxValue;

    public void Write(IBufferWriter<byte> to, in ExportRecord record)
    {
        Line.Length = 0;
        Compose(record);
        if (maxBytes > 0 && Line.Length > maxBytes)
        {
            Shorten(record);
        }

        to.Write(Line.Written);
    }

    /// <summary>A field that is given up: nothing, or its empty place.</summary>
    public abstract void LeftOut(MessageField field);

    /// <summary>Writes the whole message.</summary>
    protected abstract void Compose(in ExportRecord record);

    /// <summary>Writes the fields of whatever the record is about.</summary>
    protected void WriteFields(in ExportRecord record)
    {
        if (record.Kind == ExportRecordKind.Alert)
        {
            alert.Write(this, record.Alert!);
        }
        else
        {
            device.Write(this, record.Device!);
        }
    }

    /// <summary>The word for the kind, as JSON has it.</summary>
    protected static ReadOnlySpan<byte> LowerKind(ExportRecordKind kind) => kind switch
    {
        ExportRecordKind.Alert => "alert"u8,
        ExportRecordKind.Expired => "expired"u8,
        _ => "device"u8,
    };

    /// <summary>The word for the kind, as lines have it.</summary>
    protected static ReadOnlySpan<byte> UpperKind(ExportRecordKind kind) => kind switch
    {
        ExportRecordKind.Alert => "ALERT"u8,
        ExportRecordKind.Expired => "EXPIRED"u8,
        _ => "DEVICE"u8,
    };

    private void Shorten(in ExportRecord record)
    {
        Shortened++;
        int over = Line.Length - maxBytes;
        if (record.Kind == ExportRecordKind.Alert)
        {
            alert.GiveUp(over);
        }
        else
        {
            device.GiveUp(over);
        }

        Line.Length = 0;
        Compose(record);
        if (Line.Length > maxBytes)
        {
            // What is left are texts nobody has who tells the truth: a maker's name of hundreds of letters.
            MostText = ShortText;
            Line.Length = 0;
            Compose(record);
            MostText = int.MaxValue;
        }

        device.Restore();
        alert.Restore();
    }
}
