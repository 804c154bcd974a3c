using KismetPS.Tracking;

namespace KismetPS.Export.Messages;

/// <summary>The export guide's simple format: <c>DEVICE|mac|phy|signal|packets</c>. A bar inside a text is written as <c>\x7C</c>.</summary>
internal sealed class SimpleEncoder(MessageFieldSet<KismetDevice> device, MessageFieldSet<KismetAlert> alert, int maxBytes) : CellEncoder(device, alert, maxBytes, (byte)'|')
{
    protected override void Cell(string value) => Line.Text(value, TextEscape.Bar, MostText);
}
