using System.Net;
using System.Net.Sockets;

namespace KismetPS.Capture.Tzsp;

/// <summary>Opens the listening socket: family, buffer, errors with advice.</summary>
internal static class TzspSocket
{
    /// <summary>Windows: an ICMP "port unreachable" for a keepalive must not make the next receive fail.</summary>
    private const int SioUdpConnReset = unchecked((int)0x9800000C);

    /// <summary>The address that is bound: where none is asked for any, of both families where this system has them.</summary>
    public static IPAddress AddressOf(IPAddress? asked) => asked ?? (Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any);

    /// <summary>Makes and binds the socket. Throws <see cref="KismetException"/> and holds nothing then.</summary>
    /// <param name="options">Address and port.</param>
    /// <param name="bufferBytes">The receive buffer in force: bytes as asked for, which the system counts its own overhead against.</param>
    public static Socket Bind(TzspListenerOptions options, out int bufferBytes)
    {
        IPAddress address = AddressOf(options.Address);
        try
        {
            return Bind(address, dual: options.Address is null, options, out bufferBytes);
        }
        catch (SocketException e) when (options.Address is null && address.AddressFamily == AddressFamily.InterNetworkV6
            && e.SocketErrorCode is SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable or SocketError.ProtocolNotSupported)
        {
            // IPv6 is compiled in and switched off.
            return BindOrThrow(IPAddress.Any, options, out bufferBytes);
        }
        catch (SocketException e)
        {
            throw ListenFailure.Of(e, isUdp: true, address, options.Port);
        }
    }

    private static Socket BindOrThrow(IPAddress address, TzspListenerOptions options, out int bufferBytes)
    {
        try
        {
            return Bind(address, dual: false, options, out bufferBytes);
        }
        catch (SocketException e)
        {
            throw ListenFailure.Of(e, isUdp: true, address, options.Port);
        }
    }

    private static Socket Bind(IPAddress address, bool dual, TzspListenerOptions options, out int bufferBytes)
    {
        Socket socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = dual;
            }

            if (OperatingSystem.IsWindows())
            {
                // Elsewhere a UDP port is exclusive unless asked otherwise.
                socket.ExclusiveAddressUse = true;
                socket.IOControl(SioUdpConnReset, [0, 0, 0, 0], null);
            }

            bufferBytes = SetReceiveBuffer(socket, options.ReceiveBuffer);
            socket.Bind(new IPEndPoint(address, options.Port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static int SetReceiveBuffer(Socket socket, int wanted)
    {
        if (wanted <= 0)
        {
            return ReadReceiveBuffer(socket);
        }

        socket.ReceiveBufferSize = wanted;
        int got = ReadReceiveBuffer(socket);
        if (got < wanted && OperatingSystem.IsLinux())
        {
            // net.core.rmem_max caps it; with CAP_NET_ADMIN the cap does not hold.
            try
            {
                socket.SetRawSocketOption(LinuxSocket.SolSocket, LinuxSocket.SoRcvBufForce, BitConverter.GetBytes(wanted));
                got = ReadReceiveBuffer(socket);
            }
            catch (SocketException)
            {
                // Not permitted: what was got is reported, the user sees it.
            }
        }

        return got;
    }

    private static int ReadReceiveBuffer(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return socket.ReceiveBufferSize;
        }

        // Linux doubles what is set to have room for its own structures, and tells the double.
        Span<byte> value = stackalloc byte[4];
        socket.GetRawSocketOption(LinuxSocket.SolSocket, LinuxSocket.SoRcvBuf, value);
        return BitConverter.ToInt32(value) / 2;
    }
}
