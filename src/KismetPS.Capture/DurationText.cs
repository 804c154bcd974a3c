using System.Globalization;

namespace KismetPS.Capture;

/// <summary>Durations as users write them: seconds (<c>30</c>, <c>0.5</c>), a unit (<c>500ms 30s 5m 2h 1d</c>) or a time span (<c>00:00:30</c>). One parser for every host.</summary>
internal static class DurationText
{
    /// <summary>What a text must look like, for messages.</summary>
    public const string Expected = "give seconds (30), a unit (500ms, 30s, 5m, 2h, 1d) or a time span (00:00:30), not below zero";

    /// <summary>Reads a duration, never below zero. Numbers have a decimal point whatever the culture, so that a script means the same everywhere.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        ReadOnlySpan<char> number = trimmed.TrimEnd("msdh");
        if (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count))
        {
            duration = default;
            return Seconds(trimmed[number.Length..]) is double seconds && TryFromSeconds(count * seconds, out duration);
        }

        return TimeSpan.TryParse(trimmed, CultureInfo.InvariantCulture, out duration) && duration >= TimeSpan.Zero;
    }

    /// <summary>A number of seconds as a duration; false below zero, beyond <see cref="TimeSpan.MaxValue"/>, and for what is no number.</summary>
    public static bool TryFromSeconds(double seconds, out TimeSpan duration)
    {
        bool fits = seconds >= 0 && seconds < TimeSpan.MaxValue.TotalSeconds;
        duration = fits ? TimeSpan.FromSeconds(seconds) : default;
        return fits;
    }

    private static double? Seconds(ReadOnlySpan<char> unit) => unit switch
    {
        "" or "s" => 1,
        "ms" => 0.001,
        "m" => 60,
        "h" => 3600,
        "d" => 86400,
        _ => null,
    };
}
