using System.Management.Automation;
using KismetPS.Kismet.Rest;

namespace KismetPS.PowerShell.Input;

/// <summary>Takes a secret as plain text too: keys come from vaults, environment variables and files, which give text.</summary>
internal sealed class SecretInputAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is int or long or double or decimal)
        {
            // What its digits were before they were read as a number is not known any more.
            throw new ArgumentTransformationMetadataException("A key of digits only has to stand in quotes.");
        }

        if (value is not string text)
        {
            return inputData;
        }

        if (text.Length == 0)
        {
            throw new ArgumentTransformationMetadataException("The key is empty.");
        }

        return RestCredential.Secret(text);
    }
}
