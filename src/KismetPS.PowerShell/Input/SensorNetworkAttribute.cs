using System.Collections;
using System.Management.Automation;
using System.Net;
using KismetPS.Capture;

namespace KismetPS.PowerShell.Input;

/// <summary>Takes addresses and networks, as objects or as text that <see cref="NetworkRange"/> reads, as an allow-list.</summary>
internal sealed class SensorNetworkAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is IEnumerable list and not string
            ? list.Cast<object>().Select(static item => One(item is PSObject inner ? inner.BaseObject : item)).ToArray()
            : new[] { One(value) };
    }

    private static IPNetwork One(object value) => value switch
    {
        IPNetwork network => network,
        IPAddress address => NetworkRange.Of(address),
        string text when NetworkRange.TryParse(text, out IPNetwork parsed) => parsed,
        _ => throw new ArgumentTransformationMetadataException($"'{value}' is not {NetworkRange.Expected}."),
    };
}
