using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KismetPS.Capture;

/// <summary>Addresses and networks as users write them in an allow-list: <c>10.0.0.5</c>, <c>10.0.0.0/24</c>, <c>fd00::/8</c>. One parser for every host.</summary>
internal static class NetworkRange
{
    /// <summary>What a text must look like, for messages.</summary>
    public const string Expected = "an IP address (10.0.0.5) or a network such as 10.0.0.0/24 or fd00::/8";

    /// <summary>
    /// Reads an address or a network in prefix notation (RFC 4632 3.1, RFC 4291 2.3). Bits of the host are cleared: 10.0.0.5/24 means the
    /// network that address is in. IPv4 needs all four decimal numbers: 10.20/16 would else quietly be 10.0.0.20/16.
    /// </summary>
    public static bool TryParse(string? text, out IPNetwork network)
    {
        network = default;
        string[] parts = (text ?? string.Empty).Trim().Split('/');
        if (parts.Length > 2 || parts[0].StartsWith('[') || !IPAddress.TryParse(parts[0], out IPAddress? address)
            || (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != parts[0]))
        {
            return false;
        }

        int bits = Bits(address);
        if (parts.Length == 2 && !(int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out bits) && bits <= Bits(address)))
        {
            return false;
        }

        network = Make(address, bits);
        return true;
    }

    /// <summary>One address alone.</summary>
    public static IPNetwork Of(IPAddress address) => Make(address, Bits(address));

    private static int Bits(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

    // IPNetwork refuses bits of the host; an interface (fe80::1%3) is no part of a range.
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
}
