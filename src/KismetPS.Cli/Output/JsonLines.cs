using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using KismetPS.Export.Formats;

namespace KismetPS.Cli.Output;

/// <summary>
/// One JSON object a line, with the objects' own property names. Devices go through the table of their fields, as in files; the other
/// objects are written property by property in the same forms.
/// </summary>
internal static class JsonLines
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(), new TimeConverter() },
    };

    public static void Write<T>(TextWriter writer, T value) => writer.WriteLine(JsonSerializer.Serialize(value, s_options));

    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            TimeCodec.Instance.TryReadJson(ref reader, out DateTimeOffset value) ? value : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => TimeCodec.Instance.WriteJson(writer, value);
    }
}
