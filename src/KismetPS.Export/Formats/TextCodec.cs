using System.Text.Json;

namespace KismetPS.Export.Formats;

/// <summary>Text; null is an empty cell and null in JSON.</summary>
internal sealed class TextCodec : FieldCodec<string?>
{
    public static TextCodec Instance { get; } = new();

    public override bool IsFreeText => true;

    public override string Format(string? value) => value ?? string.Empty;

    public override bool TryParse(string text, out string? value)
    {
        value = text.Length == 0 ? null : text;
        return true;
    }

    public override void WriteJson(Utf8JsonWriter json, string? value) => json.WriteStringValue(value);
}
