using System.Globalization;
using System.Text.Json;

namespace KismetPS.Export.Formats;

/// <summary>A 32-bit number or unknown.</summary>
internal sealed class IntegerCodec : FieldCodec<int?>
{
    public static IntegerCodec Instance { get; } = new();

    public override string Format(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    public override bool TryParse(string text, out int? value)
    {
        value = null;
        if (text.Length == 0)
        {
            return true;
        }

        bool read = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number);
        value = read ? number : null;
        return read;
    }

    public override void WriteJson(Utf8JsonWriter json, int? value)
    {
        if (value is int number)
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
