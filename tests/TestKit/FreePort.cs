using System.Net;
using System.Net.Sockets;

namespace KismetPS.TestKit;

/// <summary>
/// Ports that stay free until the test takes them, or for as long as nobody is to listen there. One that the system has drawn and that is closed again
/// may be drawn for another test the moment after; these lie below those that systems draw from (Linux from 32768, others from 49152).
/// </summary>
public static class FreePort
{
    private const int First = 12_000;
    private const int Count = 20_000;

    private static int s_next = Environment.ProcessId * 7919;

    /// <summary>A port that no other call in this process gives, on which nobody listens over TCP or UDP.</summary>
    public static int Next()
    {
        for (int tries = 0; tries < Count; tries++)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref s_next) % Count);
            if (IsFree(SocketType.Stream, ProtocolType.Tcp, port) && IsFree(SocketType.Dgram, ProtocolType.Udp, port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"None of {Count} ports from {First} on is free.");
    }

    private static bool IsFree(SocketType type, ProtocolType protocol, int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, type, protocol);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
