namespace KismetPS.Export.Messages;

/// <summary>JSON strings.</summary>
internal static class JsonText
{
    public static void Write(Utf8Text to, string value, int most)
    {
        to.Byte((byte)'"');
        to.Text(value, TextEscape.Json, most);
        to.Byte((byte)'"');
    }
}
