using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KismetPS.Capture.Drone;

/// <summary>Opens TCP connections to a drone; what goes wrong is a <see cref="KismetException"/> that says what to do.</summary>
internal static class DroneConnector
{
    private const int ProbeAfterSeconds = 10;
    private const int ProbeEverySeconds = 5;
    private const int Probes = 3;

    /// <summary>Resolves and connects, to each address of the name in turn, IPv4 first since the old programs listen on nothing else.</summary>
    public static async Task<Socket> ConnectAsync(string host, int port, TimeSpan timeout, CancellationToken stop)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(timeout);
        try
        {
            IPAddress[] addresses = await ResolveAsync(host, limit.Token).ConfigureAwait(false);
            SocketException? last = null;
            foreach (IPAddress address in addresses)
            {
                Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    await socket.ConnectAsync(new IPEndPoint(address, port), limit.Token).ConfigureAwait(false);
                    SelfConnection.Refuse(socket);
                    Prepare(socket);
                    return socket;
                }
                catch (SocketException e)
                {
                    socket.Dispose();
                    last = e;
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            }

            throw Failure(host, port, last!);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw TimedOut(host, port, timeout);
        }
    }

    /// <summary>No answer in time.</summary>
    public static KismetException TimedOut(string host, int port, TimeSpan timeout) => new(
        KismetErrorId.ConnectionTimeout,
        string.Create(CultureInfo.InvariantCulture, $"{host} port {port} gave no answer within {timeout.TotalSeconds:0.#} seconds."),
        "Check name, port and firewall, or give more time with -Timeout.");

    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken stop)
    {
        try
        {
            IPAddress[] addresses = IPAddress.TryParse(host, out IPAddress? address) ? [address] : await Dns.GetHostAddressesAsync(host, stop).ConfigureAwait(false);
            if (addresses.Length > 0)
            {
                return [.. addresses.OrderBy(static a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)];
            }
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            throw Unknown(host, e);
        }

        throw Unknown(host, null);
    }

    private static KismetException Unknown(string host, Exception? inner) =>
        new(KismetErrorId.HostNotFound, $"The host name '{host}' cannot be resolved.", "Check the name, or give an address.", inner);

    private static KismetException Failure(string host, int port, SocketException e) => e.SocketErrorCode == SocketError.ConnectionRefused
        ? new KismetException(
            KismetErrorId.ConnectionRefused,
            $"{host} refused the connection to TCP port {port}: nobody listens there.",
            "Check that the drone runs and which port it has ('dronelisten' of newcore, 'tcpport' of stable drones).",
            e)
        : new KismetException(KismetErrorId.NetworkFailure, $"Cannot connect to {host} port {port}: {e.Message}", "Check address, route and firewall.", e);

    /// <summary>A stable drone that hears nothing sends nothing: the system has to find out that it is gone.</summary>
    private static void Prepare(Socket socket)
    {
        socket.NoDelay = true;
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, ProbeAfterSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, ProbeEverySeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
        }
        catch (SocketException)
        {
            // Some systems set these for all connections only; theirs then hold.
        }
    }
}
