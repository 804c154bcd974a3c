using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KismetPS.Capture;

/// <summary>Why a port cannot be listened on, in one wording for all that listen.</summary>
internal static class ListenFailure
{
    /// <summary>The failure as an error: AddressInUse, AddressNotAvailable, PermissionDenied or NetworkFailure.</summary>
    /// <param name="failure">What the system said.</param>
    /// <param name="isUdp">Whether the port is a UDP port; else TCP.</param>
    /// <param name="address">Local address.</param>
    /// <param name="port">Port.</param>
    public static KismetException Of(SocketException failure, bool isUdp, IPAddress address, int port)
    {
        string protocol = isUdp ? "UDP" : "TCP";
        return failure.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => new KismetException(
                KismetErrorId.AddressInUse,
                string.Create(CultureInfo.InvariantCulture, $"{protocol} port {port} is in use on {address}."),
                string.Create(CultureInfo.InvariantCulture, $"Stop the listener there ({Finder(isUdp, port)} names its process), or choose another port."),
                failure),
            SocketError.AddressNotAvailable => new KismetException(
                KismetErrorId.AddressNotAvailable, $"{address} is no address of this machine.", "Give an address of one of its interfaces.", failure),
            SocketError.AccessDenied => new KismetException(
                KismetErrorId.PermissionDenied,
                $"No permission to listen on {protocol} {new IPEndPoint(address, port)}.",
                "Ports below 1024 need administrator rights; choose a higher one.",
                failure),
            _ => new KismetException(KismetErrorId.NetworkFailure, $"Cannot listen on {protocol} {new IPEndPoint(address, port)}: {failure.Message}", null, failure),
        };
    }

    private static string Finder(bool isUdp, int port) => OperatingSystem.IsWindows()
        ? string.Create(CultureInfo.InvariantCulture, $"Get-Net{(isUdp ? "UDPEndpoint" : "TCPConnection")} -LocalPort {port}")
        : string.Create(CultureInfo.InvariantCulture, $"ss -{(isUdp ? 'u' : 't')}lpn sport = :{port}");
}
