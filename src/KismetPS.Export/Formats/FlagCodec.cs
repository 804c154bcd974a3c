using System.Text.Json;

namespace KismetPS.Export.Formats;

/// <summary>True or False, spelt as PowerShell spells them; an empty cell is False.</summary>
internal sealed class FlagCodec : FieldCodec<bool>
{
    public static FlagCodec Instance { get; } = new();

    public override string Format(bool value) => value ? bool.TrueString : bool.FalseString;

    public override bool TryParse(string text, out bool value)
    {
        value = false;
        return text.Length == 0 || bool.TryParse(text, out value);
    }

    public override void WriteJson(Utf8JsonWriter json, bool value) => json.WriteBooleanValue(value);
}
