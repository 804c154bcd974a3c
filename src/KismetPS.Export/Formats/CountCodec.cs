using System.Globalization;
using System.Text.Json;

namespace KismetPS.Export.Formats;

/// <summary>A count; an empty cell is read as 0.</summary>
internal sealed class CountCodec : FieldCodec<long>
{
    public static CountCodec Instance { get; } = new();

    public override string Format(long value) => value.ToString(CultureInfo.InvariantCulture);

    public override bool TryParse(string text, out long value)
    {
        value = 0;
        return text.Length == 0 || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 0);
    }

    public override void WriteJson(Utf8JsonWriter json, long value) => json.WriteNumberValue(value);
}
