using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using KismetPS.Capture;
using KismetPS.Export.Transports;
using KismetPS.Tracking;

namespace KismetPS.Export.Receive;

/// <summary>
/// Listens for exported streams and gives their devices. Over TCP and TLS a reader that is slow makes senders wait; datagrams that find the
/// queue full are counted as dropped. A message that was there before is counted and not given again.
/// </summary>
internal sealed class DeviceReceiver : IDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);

    private readonly ReceiverOptions _options;
    private readonly AllowList _allowed;
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Socket, bool> _clients = new();
    private long _refused;
    private long _accepted;
    private int _closed;

    private DeviceReceiver(ReceiverOptions options)
    {
        _options = options;
        Intake = new MessageIntake(options);
        _allowed = new AllowList(options.Allowed);
        _socket = ReceiverSocket.Open(options);
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        _ = options.Protocol == KismetExportProtocol.Udp
            ? Task.Run(new DatagramReader(_socket, _allowed, options, Intake, Refuse, _stop.Token).RunAsync)
            : Task.Run(AcceptAsync);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Port it listens on.</summary>
    public int Port => EndPoint.Port;

    /// <summary>What came.</summary>
    public MessageIntake Intake { get; }

    /// <summary>Devices in the order of their arrival.</summary>
    public ChannelReader<KismetDevice> Devices => Intake.Devices;

    /// <summary>Connections open now.</summary>
    public int Clients => _clients.Count;

    /// <summary>Connections taken.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Connections and datagrams from hosts that are not allowed, and connections over the limit.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Starts listening. Throws <see cref="KismetException"/>: ArgumentInvalid, AddressInUse, AddressNotAvailable, PermissionDenied, NetworkFailure.</summary>
    public static DeviceReceiver Start(ReceiverOptions options) => new(options);

    /// <summary>
    /// Closes the port and all connections. What is in the queue can still be read. Connections are closed in good order, which says to a sender
    /// that all was received, only where <paramref name="complete"/> and nothing is left in the queue; else they are reset.
    /// </summary>
    public void Close(bool complete)
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
        {
            return;
        }

        if (complete)
        {
            LetSendersEnd();
        }

        bool reset = !complete || !Intake.IsEmpty;
        foreach (Socket client in _clients.Keys)
        {
            if (reset)
            {
                StreamClient.Reset(client);
            }
        }

        _stop.Cancel();
        _socket.Dispose();
        foreach (Socket client in _clients.Keys)
        {
            client.Dispose();
        }

        Intake.Complete();
    }

    public void Dispose() => Close(complete: false);

    // Behind the last message come the end of the gzip stream, of TLS and of the connection. A socket that is closed before they are read is reset
    // (RFC 1122 4.2.2.13), and its sender takes for lost what has been received.
    private void LetSendersEnd()
    {
        long begin = Stopwatch.GetTimestamp();
        while (!_clients.IsEmpty && Devices.Count == 0 && Stopwatch.GetElapsedTime(begin) < _options.Farewell)
        {
            Thread.Sleep(s_look);
        }
    }

    private void Refuse() => Interlocked.Increment(ref _refused);

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _socket.AcceptAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (SocketException) when (!_stop.IsCancellationRequested)
            {
                // A client that was gone before it was taken, or no handles for now.
                await Task.Delay(50).ConfigureAwait(false);
                continue;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }

            if (client.RemoteEndPoint is not IPEndPoint from || !_allowed.Allows(from.Address) || _clients.Count >= _options.MaxClients)
            {
                Refuse();
                client.Dispose();
                continue;
            }

            // A sender whose machine has gone gives its place free.
            TcpState.KeepAlive(client);
            Interlocked.Increment(ref _accepted);
            _clients[client] = true;
            _ = Task.Run(() => ClientAsync(client));
        }
    }

    private async Task ClientAsync(Socket client)
    {
        await new StreamClient(client, _options, Intake, _stop.Token).RunAsync().ConfigureAwait(false);
        _clients.TryRemove(client, out _);
    }
}
