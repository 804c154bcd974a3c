using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;

namespace KismetPS.Export.Receive;

/// <summary>The socket that a receiver listens on.</summary>
internal static class ReceiverSocket
{
    private const int DatagramBuffer = 4 << 20;

    /// <summary>Opens it. Throws <see cref="KismetException"/>: ArgumentInvalid, AddressInUse, AddressNotAvailable, PermissionDenied, NetworkFailure.</summary>
    public static Socket Open(ReceiverOptions options)
    {
        Check(options);
        bool udp = options.Protocol == KismetExportProtocol.Udp;
        var socket = new Socket(options.Address.AddressFamily, udp ? SocketType.Dgram : SocketType.Stream, udp ? ProtocolType.Udp : ProtocolType.Tcp);
        try
        {
            if (options.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            if (udp)
            {
                socket.ReceiveBufferSize = DatagramBuffer;
            }

            socket.Bind(new IPEndPoint(options.Address, options.Port));
            if (!udp)
            {
                socket.Listen(options.MaxClients);
            }

            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw ListenFailure.Of(e, udp, options.Address, options.Port);
        }
    }

    private static void Check(ReceiverOptions options)
    {
        bool tls = options.Protocol == KismetExportProtocol.Tls;
        if (tls && options.Certificate is not { HasPrivateKey: true })
        {
            throw Invalid("TLS needs a certificate with its private key.", "Give one, from a .pfx file for instance.");
        }

        if (!tls && (options.Certificate is not null || options.ClientCertificates is not null))
        {
            throw Invalid("Certificates are of TLS only.", "Use the protocol Tls.");
        }

        if (options.Token is not null && options.Protocol == KismetExportProtocol.Udp)
        {
            throw Invalid("A datagram has no token.", "Use the protocol Tls, or Tcp.");
        }

        // An empty list would be open to all.
        if (options.Allowed.Count == 0 && !IPAddress.IsLoopback(options.Address))
        {
            throw Invalid(
                $"Listening on {options.Address} takes a list of the hosts that may send.", "Name them, such as 10.0.0.0/24; 0.0.0.0/0 and ::/0 are everybody.");
        }
    }

    private static KismetException Invalid(string message, string advice) => new(KismetErrorId.ArgumentInvalid, message, advice);
}
