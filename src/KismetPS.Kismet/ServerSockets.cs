using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;

namespace KismetPS.Kismet;

/// <summary>Binds the ports of servers.</summary>
internal static class ServerSockets
{
    private const int Backlog = 128;

    /// <summary>Listening sockets; without an address one for each loopback address there is. Throws <see cref="KismetException"/>.</summary>
    public static Socket[] Listen(IPAddress? address, int port)
    {
        if (address is not null)
        {
            return [Bind(address, port)];
        }

        Socket first = Bind(IPAddress.Loopback, port);
        if (!Socket.OSSupportsIPv6)
        {
            return [first];
        }

        try
        {
            return [first, Bind(IPAddress.IPv6Loopback, ((IPEndPoint)first.LocalEndPoint!).Port)];
        }
        catch (KismetException e) when (e.Id != KismetErrorId.AddressInUse || port == 0)
        {
            // No ::1 on this machine, or the port drawn is taken there.
            return [first];
        }
        catch (KismetException)
        {
            first.Dispose();
            throw;
        }
    }

    /// <summary>A listening socket. Throws <see cref="KismetException"/>.</summary>
    public static Socket Bind(IPAddress address, int port)
    {
        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            if (OperatingSystem.IsWindows())
            {
                // There another program could take the port over else.
                socket.ExclusiveAddressUse = true;
            }

            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw ListenFailure.Of(e, isUdp: false, address, port);
        }
    }
}
