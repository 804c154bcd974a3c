using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;

namespace KismetPS.Export.Transports;

/// <summary>The addresses of a host.</summary>
internal static class AddressList
{
    /// <summary>All addresses, in the order of the resolver (RFC 6724). Throws HostNotFound.</summary>
    public static IPAddress[] Resolve(string host, string target, CancellationToken stop)
    {
        if (IPAddress.TryParse(host, out IPAddress? literal))
        {
            return [literal];
        }

        try
        {
            IPAddress[] addresses = Dns.GetHostAddressesAsync(host, stop).GetAwaiter().GetResult();
            return addresses.Length > 0 ? addresses : throw ConnectionFailure.HostNotFound(target, null);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            throw ConnectionFailure.HostNotFound(target, e);
        }
    }
}
