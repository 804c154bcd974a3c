using System.Globalization;
using System.Management.Automation;
using KismetPS.Capture;

namespace KismetPS.PowerShell.Input;

/// <summary>
/// Takes a number as seconds, as -Timeout of Wait-Job and Start-Sleep do; PowerShell by itself would make ticks of it.
/// Text is read by <see cref="DurationText"/>.
/// </summary>
internal sealed class DurationAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            TimeSpan span => span >= TimeSpan.Zero ? span : throw Invalid(span.ToString()),
            string text => DurationText.TryParse(text, out TimeSpan parsed) ? parsed : throw Invalid(text),
            IConvertible number when IsNumber(number) => FromSeconds(number),
            // 1,5 is a list of two numbers to PowerShell.
            object[] list => throw Invalid(string.Join(",", list)),
            _ => inputData,
        };
    }

    private static bool IsNumber(IConvertible value) => value.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.Decimal;

    private static TimeSpan FromSeconds(IConvertible number) =>
        DurationText.TryFromSeconds(number.ToDouble(CultureInfo.InvariantCulture), out TimeSpan span) ? span : throw Invalid(number.ToString(CultureInfo.InvariantCulture));

    private static ArgumentTransformationMetadataException Invalid(string text) => new($"'{text}' is no duration: {DurationText.Expected}.");
}
