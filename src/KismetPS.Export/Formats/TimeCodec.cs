using System.Globalization;
using System.Text.Json;

namespace KismetPS.Export.Formats;

/// <summary>
/// A time as ISO 8601 in UTC with milliseconds, or all seven digits where there are finer ones: <c>2024-01-21T12:34:56.789Z</c>. The time that
/// no device has (year 1) is empty.
/// </summary>
internal sealed class TimeCodec : FieldCodec<DateTimeOffset>
{
    public static TimeCodec Instance { get; } = new();

    public override string Format(DateTimeOffset value)
    {
        if (value == default)
        {
            return string.Empty;
        }

        bool whole = value.Ticks % TimeSpan.TicksPerMillisecond == 0;
        return value.UtcDateTime.ToString(whole ? "yyyy-MM-dd'T'HH:mm:ss.fff'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
    }

    public override bool TryParse(string text, out DateTimeOffset value)
    {
        value = default;
        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return text.Length == 0 || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Style, out value);
    }

    public override void WriteJson(Utf8JsonWriter json, DateTimeOffset value)
    {
        if (value == default)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteStringValue(Format(value));
        }
    }
}
