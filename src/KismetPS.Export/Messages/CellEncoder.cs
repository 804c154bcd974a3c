using KismetPS.Capture;
using KismetPS.Export.Formats;
using KismetPS.Tracking;

namespace KismetPS.Export.Messages;

/// <summary>Values in one line, in places that all have whether known or not.</summary>
internal abstract class CellEncoder(MessageFieldSet<KismetDevice> device, MessageFieldSet<KismetAlert> alert, int maxBytes, byte separator) : MessageEncoder(device, alert, maxBytes)
{
    public override void LeftOut(MessageField field) => Separate();

    public override void Unknown(MessageField field) => Separate();

    public override void Text(MessageField field, string value)
    {
        Separate();
        Cell(value);
    }

    public override void Word(MessageField field, string value)
    {
        Separate();
        Cell(value);
    }

    public override void Number(MessageField field, long value)
    {
        Separate();
        Line.Number(value);
    }

    public override void Number(MessageField field, double value)
    {
        Separate();
        Line.Number(value);
    }

    public override void Flag(MessageField field, bool value)
    {
        Separate();
        Line.Bytes(value ? "True"u8 : "False"u8);
    }

    public override void Time(MessageField field, DateTimeOffset value, bool zone)
    {
        Separate();
        Line.Time(value, zone);
    }

    // Lists are asked for by name only; they are joined as in a file's cell.
    public override void List<T>(MessageField field, DetailList<T> items, Func<T, string?> text)
    {
        Separate();
        Cell(CellList.Join(items.Select(item => CellList.Escape(text(item) ?? string.Empty))));
    }

    /// <summary>Writes a text so that it stays in its place.</summary>
    protected abstract void Cell(string value);

    protected override void Compose(in ExportRecord record)
    {
        Line.Bytes(UpperKind(record.Kind));
        WriteFields(record);
    }

    private void Separate() => Line.Byte(separator);
}
