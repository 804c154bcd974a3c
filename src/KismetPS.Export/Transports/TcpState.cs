using System.Buffers.Binary;
using System.Net.Sockets;

namespace KismetPS.Export.Transports;

/// <summary>What the kernel knows about a connection (Linux struct tcp_info, from linux/tcp.h; its beginning does not change).</summary>
internal readonly record struct TcpState
{
    private const int Tcp = 6;
    private const int TcpInfo = 11;
    private const int Closed = 7;

    /// <summary>Bytes that the other end's kernel has, counted from before the handshake.</summary>
    public ulong BytesAcknowledged { get; private init; }

    /// <summary>Time since its kernel last answered.</summary>
    public TimeSpan SinceAnswer { get; private init; }

    /// <summary>Whether several segments in a row were sent without any answer.</summary>
    public bool IsUnanswered { get; private init; }

    /// <summary>Whether the connection is gone, by a reset or by silence.</summary>
    public bool IsGone { get; private init; }

    /// <summary>Reads it; false where the system does not tell.</summary>
    public static bool TryRead(Socket socket, out TcpState state)
    {
        state = default;
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        Span<byte> info = stackalloc byte[256];
        try
        {
            int length = socket.GetRawSocketOption(Tcp, TcpInfo, info);
            if (length < 128)
            {
                return false;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }

        state = new TcpState
        {
            BytesAcknowledged = BinaryPrimitives.ReadUInt64LittleEndian(info[120..]),
            SinceAnswer = TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt32LittleEndian(info[56..])),
            IsUnanswered = Math.Max(info[2], info[3]) >= 2,
            IsGone = info[0] == Closed,
        };
        return true;
    }

    /// <summary>Lets the kernel look after an idle connection: a machine that has gone is noticed within half a minute.</summary>
    public static void KeepAlive(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        TrySet(socket, SocketOptionName.TcpKeepAliveTime, 15);
        TrySet(socket, SocketOptionName.TcpKeepAliveInterval, 5);
        TrySet(socket, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }

    private static void TrySet(Socket socket, SocketOptionName name, int value)
    {
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, name, value);
        }
        catch (SocketException)
        {
            // An older system: its own, longer times hold.
        }
    }
}
