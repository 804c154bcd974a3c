using System.Globalization;
using System.Management.Automation;

namespace KismetPS.PowerShell.Input;

/// <summary>Takes <c>Max</c> (0), <c>RealTime</c> (1), or a factor such as <c>x2</c>, <c>2x</c>, <c>0.5</c>.</summary>
internal sealed class ReplaySpeedAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is not string text)
        {
            return inputData;
        }

        if (text.Equals("Max", StringComparison.OrdinalIgnoreCase))
        {
            return 0.0;
        }

        if (text.Equals("RealTime", StringComparison.OrdinalIgnoreCase))
        {
            return 1.0;
        }

        return double.TryParse(text.Trim().Trim('x', 'X'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double factor)
            ? factor
            : throw new ArgumentTransformationMetadataException($"'{text}' is no speed: Max, RealTime or a factor such as x2 is expected.");
    }
}
