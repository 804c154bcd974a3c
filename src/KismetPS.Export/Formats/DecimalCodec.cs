using System.Globalization;
using System.Text.Json;

namespace KismetPS.Export.Formats;

/// <summary>A number with a fraction, in the shortest text that reads back to the same value; unknown and not finite are empty.</summary>
internal sealed class DecimalCodec : FieldCodec<double?>
{
    public static DecimalCodec Instance { get; } = new();

    public override string Format(double? value) =>
        value is double number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : string.Empty;

    public override bool TryParse(string text, out double? value)
    {
        value = null;
        if (text.Length == 0)
        {
            return true;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        bool read = double.TryParse(text, Style, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number);
        value = read ? number : null;
        return read;
    }

    public override void WriteJson(Utf8JsonWriter json, double? value)
    {
        if (value is double number && double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
