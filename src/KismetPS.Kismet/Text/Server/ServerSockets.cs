using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;

namespace KismetPS.Kismet.Text.Server;

/// <summary>Binds the server's port.</summary>
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

    private static Socket Bind(IPAddress address, int port)
    {
        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            string endPoint = new IPEndPoint(address, port).ToString();
            throw e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => new KismetException(
                    KismetErrorId.AddressInUse, $"TCP port {port} is in use on {address}.", "Stop the server there, or choose another port.", e),
                SocketError.AddressNotAvailable => new KismetException(
                    KismetErrorId.AddressNotAvailable, $"{address} is no address of this machine.", "Give an address of one of its interfaces.", e),
                SocketError.AccessDenied => new KismetException(
                    KismetErrorId.PermissionDenied, $"No permission to listen on TCP {endPoint}.", "Ports below 1024 need administrator rights; choose a higher one.", e),
                _ => new KismetException(KismetErrorId.NetworkFailure, $"Cannot listen on TCP {endPoint}: {e.Message}", null, e),
            };
        }
    }
}
