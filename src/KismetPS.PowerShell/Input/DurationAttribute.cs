using System.Globalization;
using System.Management.Automation;

namespace KismetPS.PowerShell.Input;

/// <summary>
/// Takes a number as seconds, as -Timeout of Wait-Job and Start-Sleep do; PowerShell by itself would make ticks of it.
/// Text is read as a number of seconds, with a unit (<c>500ms 30s 5m 2h 1d</c>) or as a time span (<c>00:00:30</c>).
/// </summary>
internal sealed class DurationAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            TimeSpan span => Checked(span),
            string text => Parse(text),
            IConvertible number when IsNumber(number) => FromSeconds(number.ToDouble(CultureInfo.InvariantCulture)),
            _ => inputData,
        };
    }

    private static bool IsNumber(IConvertible value) => value.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.Decimal;

    private static TimeSpan Parse(string text)
    {
        string trimmed = text.Trim();
        int digits = trimmed.TrimEnd('m', 's', 'h', 'd').Length;
        if (double.TryParse(trimmed.AsSpan(0, digits), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out double number))
        {
            return trimmed[digits..] switch
            {
                "" or "s" => FromSeconds(number),
                "ms" => FromSeconds(number / 1000),
                "m" => FromSeconds(number * 60),
                "h" => FromSeconds(number * 3600),
                "d" => FromSeconds(number * 86400),
                _ => throw Invalid(text),
            };
        }

        return TimeSpan.TryParse(trimmed, CultureInfo.InvariantCulture, out TimeSpan span) ? Checked(span) : throw Invalid(text);
    }

    private static TimeSpan FromSeconds(double seconds) =>
        seconds is >= 0 and <= 922_337_203_685 ? TimeSpan.FromSeconds(seconds) : throw Invalid(seconds.ToString(CultureInfo.InvariantCulture));

    private static TimeSpan Checked(TimeSpan span) => span >= TimeSpan.Zero ? span : throw Invalid(span.ToString());

    private static ArgumentTransformationMetadataException Invalid(string text) =>
        new($"'{text}' is no duration: give seconds (30), a unit (500ms, 30s, 5m, 2h, 1d) or a time span (00:00:30), not below zero.");
}
