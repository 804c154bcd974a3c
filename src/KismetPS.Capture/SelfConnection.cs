using System.Net.Sockets;

namespace KismetPS.Capture;

/// <summary>
/// A TCP connection of a socket to itself: where nobody listens on a port from which the system takes those of clients, it may give a client that very one, and two
/// ends that open at once are a connection (RFC 9293 3.5). Who tries again and again to reach a program that is away comes to that: it would hear its own
/// words, and keep the port from the program.
/// </summary>
internal static class SelfConnection
{
    /// <summary>Whether a connected socket is such a one.</summary>
    public static bool Is(Socket socket) => Equals(socket.LocalEndPoint, socket.RemoteEndPoint);

    /// <summary>Throws what a port gives that nobody listens on, <see cref="SocketError.ConnectionRefused"/>, where it is one.</summary>
    public static void Refuse(Socket socket)
    {
        if (Is(socket))
        {
            throw new SocketException((int)SocketError.ConnectionRefused);
        }
    }
}
