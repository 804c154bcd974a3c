using System.Net;
using System.Net.Sockets;

namespace KismetPS.TestKit;

/// <summary>Whether this machine has ::1: a system may know IPv6 and have no address of it.</summary>
public static class IPv6Loopback
{
    /// <summary>Whether it has.</summary>
    public static bool IsThere { get; } = Socket.OSSupportsIPv6 && CanBind();

    /// <summary>Why tests that need it are skipped; null where they can run.</summary>
    public static string? SkipReason => IsThere ? null : "No IPv6 loopback address.";

    private static bool CanBind()
    {
        try
        {
            using Socket socket = new(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
