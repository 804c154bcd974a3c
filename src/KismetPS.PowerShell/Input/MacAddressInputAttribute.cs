using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace KismetPS.PowerShell.Input;

/// <summary>
/// Takes MAC addresses that PowerShell reads as numbers: <c>001122334455</c> without quotes arrives as 1122334455. Nothing is an empty list:
/// an object of the pipeline may have no such address, as a client without an access point.
/// </summary>
internal sealed class MacAddressInputAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is IList list ? list.Cast<object?>().OfType<object>().Select(One).ToArray() : value is null ? Array.Empty<object>() : One(inputData);
    }

    private static object One(object item) =>
        (item is PSObject wrapped ? wrapped.BaseObject : item) is long or int ? string.Create(CultureInfo.InvariantCulture, $"{(item is PSObject inner ? inner.BaseObject : item):D12}") : item;
}
