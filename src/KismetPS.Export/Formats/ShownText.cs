using System.Text;
using KismetPS.Export.Messages;

namespace KismetPS.Export.Formats;

/// <summary>Texts for files whose readers choke on control characters: those are <c>\xNN</c>, as the names of networks have them already.</summary>
internal static class ShownText
{
    public static string Of(string text)
    {
        var line = new Utf8Text();
        line.Text(text, TextEscape.Cell);
        return Encoding.UTF8.GetString(line.Written);
    }
}
