using KismetPS.Export.Formats;
using KismetPS.Tracking;

namespace KismetPS.Export.Messages;

/// <summary>
/// The export guide's CSV: <c>DEVICE,mac,phy,signal,packets,time</c>. Quoted where RFC 4180 2.6 demands it and nowhere else; a text that a
/// spreadsheet would run as a formula gets an apostrophe in front, as in files.
/// </summary>
internal sealed class CsvEncoder(MessageFieldSet<KismetDevice> device, MessageFieldSet<KismetAlert> alert, int maxBytes) : CellEncoder(device, alert, maxBytes, (byte)',')
{
    protected override void Cell(string value)
    {
        int start = Line.Length;
        // What begins with a control character begins with a backslash once it is written, and no formula does.
        if (CsvText.NeedsGuard(value) && value.AsSpan().TrimStart('\'')[0] >= ' ')
        {
            Line.Byte((byte)'\'');
        }

        Line.Text(value, TextEscape.Cell, MostText);
        ReadOnlySpan<byte> cell = Line.Written[start..];
        if (cell.IndexOfAny((byte)',', (byte)'"') >= 0)
        {
            Quote(start);
        }
    }

    private void Quote(int start)
    {
        int length = Line.Length - start;
        int quotes = Line.Written[start..].Count((byte)'"');
        Line.Room(quotes + 2);
        Line.Length += quotes + 2;
        Span<byte> cell = Line.Edit[start..];
        int to = cell.Length;
        cell[--to] = (byte)'"';
        for (int from = length - 1; from >= 0; from--)
        {
            cell[--to] = cell[from];
            if (cell[from] == '"')
            {
                cell[--to] = (byte)'"';
            }
        }

        cell[0] = (byte)'"';
    }
}
