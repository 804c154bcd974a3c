using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;

namespace KismetPS.Export.Transports;

/// <summary>Connects to the first address of a host that takes the connection.</summary>
internal static class TcpConnector
{
    // What the system keeps for us: enough for a fast network, little enough that a slow reader is noticed.
    private const int SendBuffer = 256 * 1024;

    /// <summary>A connected socket that never waits. Throws <see cref="KismetException"/> with the reason that tells most.</summary>
    public static Socket Connect(string host, int port, string target, TimeSpan each, CancellationToken stop)
    {
        KismetException? failure = null;
        foreach (IPAddress address in AddressList.Resolve(host, target, stop))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.NoDelay = true;
                socket.SendBufferSize = SendBuffer;
                TcpState.KeepAlive(socket);
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
                limit.CancelAfter(each);
                socket.ConnectAsync(new IPEndPoint(address, port), limit.Token).AsTask().GetAwaiter().GetResult();
                SelfConnection.Refuse(socket);
                socket.Blocking = false;
                return socket;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                socket.Dispose();
                stop.ThrowIfCancellationRequested();
                KismetException now = e is SocketException { SocketErrorCode: not SocketError.TimedOut } refused ? ConnectionFailure.From(target, refused.SocketErrorCode, refused) : ConnectionFailure.NoAnswer(target, e);
                failure = failure is null || Rank(now) >= Rank(failure) ? now : failure;
            }
        }

        throw failure!;
    }

    // That somebody is there and refuses says more than an address that leads nowhere.
    private static int Rank(KismetException e) => e.Id switch
    {
        KismetErrorId.ConnectionRefused => 2,
        KismetErrorId.ConnectionTimeout => 1,
        _ => 0,
    };
}
