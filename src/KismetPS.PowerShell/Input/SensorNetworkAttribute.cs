using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;

namespace KismetPS.PowerShell.Input;

/// <summary>Takes addresses (10.0.0.5) and networks (10.0.0.0/24, 10.0.0.5/24, fd00::/8) as an allow-list.</summary>
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
        IPAddress address => Make(address, Bits(address)),
        string text => Parse(text),
        _ => throw Invalid(value?.ToString() ?? "null"),
    };

    private static IPNetwork Parse(string text)
    {
        string[] parts = text.Trim().Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out IPAddress? address))
        {
            throw Invalid(text);
        }

        if (parts.Length == 1)
        {
            return Make(address, Bits(address));
        }

        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int bits) && bits <= Bits(address)
            ? Make(address, bits)
            : throw Invalid(text);
    }

    private static int Bits(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

    // IPNetwork refuses host bits; somebody who writes 10.0.0.5/24 means the network that address is in.
    private static IPNetwork Make(IPAddress address, int bits)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int i = 0; i < bytes.Length; i++)
        {
            int kept = Math.Clamp(bits - (8 * i), 0, 8);
            bytes[i] &= (byte)(0xFF00 >> kept);
        }

        return new IPNetwork(new IPAddress(bytes), bits);
    }

    private static ArgumentTransformationMetadataException Invalid(string text) =>
        new($"'{text}' is neither an IP address nor a network such as 10.0.0.0/24.");
}
