using System.Management.Automation;

namespace KismetPS.PowerShell.Input;

/// <summary>Takes bytes, or hexadecimal text with any of the usual separators (blank, colon, hyphen, comma, 0x, line ends).</summary>
internal sealed class HexBytesAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is not string text
            ? inputData
            : TryParse(text, out byte[] bytes)
                ? bytes
                : throw new ArgumentTransformationMetadataException("The text is not hexadecimal: an even number of the digits 0-9 and a-f is expected, such as '01 00 00 12 01'.");
    }

    /// <summary>Reads hexadecimal text.</summary>
    public static bool TryParse(string text, out byte[] bytes)
    {
        string digits = text.Replace("0x", string.Empty, StringComparison.OrdinalIgnoreCase);
        digits = string.Concat(digits.Where(static c => !char.IsWhiteSpace(c) && c is not (':' or '-' or ',')));
        try
        {
            bytes = Convert.FromHexString(digits);
            return true;
        }
        catch (FormatException)
        {
            bytes = [];
            return false;
        }
    }
}
