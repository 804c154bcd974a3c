using System.Text.Json;
using KismetPS.Tracking;

namespace KismetPS.Export.Formats;

/// <summary>Details of the protection: an object in JSON, its words in a cell.</summary>
internal sealed class SecurityCodec : FieldCodec<KismetSecurity>
{
    public static SecurityCodec Instance { get; } = new();

    public override bool IsFreeText => true;

    public override string Format(KismetSecurity value) => value.Text;

    public override bool TryParse(string text, out KismetSecurity value)
    {
        value = text.Length == 0 ? KismetSecurity.Unknown : new KismetSecurity { Text = text };
        return true;
    }

    public override void WriteJson(Utf8JsonWriter json, KismetSecurity value) => DetailFields.Security.WriteJson(json, value);

    public override bool TryReadJson(ref Utf8JsonReader json, out KismetSecurity value)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return base.TryReadJson(ref json, out value);
        }

        bool read = DetailFields.Security.TryReadJson(ref json, out KismetSecurity? security, out _);
        value = security ?? KismetSecurity.Unknown;
        return read;
    }
}
