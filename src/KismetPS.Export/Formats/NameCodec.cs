using System.Globalization;
using System.Text.Json;

namespace KismetPS.Export.Formats;

/// <summary>An enumeration by its names (several of a set joined with a comma); the number is read too, since ConvertTo-Json writes that.</summary>
internal sealed class NameCodec<T> : FieldCodec<T>
    where T : struct, Enum
{
    public static NameCodec<T> Instance { get; } = new();

    // The set of all bits, for types of flags; checked so that a number outside the type is not taken.
    private static readonly long s_all = Enum.GetValues<T>().Aggregate(0L, static (all, v) => all | Convert.ToInt64(v, CultureInfo.InvariantCulture));
    private static readonly bool s_flags = typeof(T).IsDefined(typeof(FlagsAttribute), false);

    public override string Format(T value) => value.ToString();

    public override bool TryParse(string text, out T value)
    {
        value = default;
        return text.Length == 0 || (Enum.TryParse(text, ignoreCase: true, out value) && IsKnown(value));
    }

    public override void WriteJson(Utf8JsonWriter json, T value) => json.WriteStringValue(value.ToString());

    private static bool IsKnown(T value) =>
        s_flags ? (Convert.ToInt64(value, CultureInfo.InvariantCulture) & ~s_all) == 0 : Enum.IsDefined(value);
}
