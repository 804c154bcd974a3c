using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Channels;
using KismetPS.Capture;
using KismetPS.Tracking;

namespace KismetPS.Export.Receive;

/// <summary>
/// Listens for exported streams and gives their devices. Over TCP and TLS a reader that is slow makes senders wait; datagrams that find the
/// queue full are counted as dropped. A message that was there before is counted and not given again.
/// </summary>
internal sealed class DeviceReceiver : IDisposable
{
    /// <summary>Streams counted at once; beyond that the one idle longest is forgotten.</summary>
    public const int MostStreams = 256;

    // Datagrams overtake each other, and after a reconnect the end of the old connection may still be read: a gap is told when it stays.
    private const long SettleMilliseconds = 1000;

    private readonly ReceiverOptions _options;
    private readonly AllowList _allowed;
    private readonly Socket _socket;
    private readonly Channel<KismetDevice> _devices;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Socket, bool> _clients = new();
    private readonly Dictionary<string, StreamCount> _streams = new(StringComparer.Ordinal);
    private readonly long[] _kinds = new long[Enum.GetValues<ReceivedKind>().Length];
    private long _dropped;
    private long _refused;
    private long _repeats;
    private long _forgotten;
    private int _connections;

    private DeviceReceiver(ReceiverOptions options, Socket socket)
    {
        _options = options;
        _socket = socket;
        _allowed = new AllowList(options.Allowed);
        _devices = Channel.CreateBounded<KismetDevice>(new BoundedChannelOptions(options.Queue) { SingleReader = true });
        Port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        _ = options.Protocol == KismetExportProtocol.Udp ? Task.Run(DatagramsAsync) : Task.Run(AcceptAsync);
    }

    /// <summary>Port it listens on.</summary>
    public int Port { get; }

    /// <summary>Devices in the order of their arrival.</summary>
    public ChannelReader<KismetDevice> Devices => _devices.Reader;

    /// <summary>Connections open now.</summary>
    public int Clients => _clients.Count;

    /// <summary>Messages received, good and bad.</summary>
    public long Received
    {
        get
        {
            long sum = 0;
            for (int i = 0; i < _kinds.Length; i++)
            {
                sum += Interlocked.Read(ref _kinds[i]);
            }

            return sum;
        }
    }

    /// <summary>Datagram devices that found the queue full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Connections and datagrams from hosts that are not allowed, and connections over the limit.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Messages that were there before.</summary>
    public long Repeats => Interlocked.Read(ref _repeats);

    /// <summary>Numbers missing in all streams.</summary>
    public long Missing
    {
        get
        {
            lock (_streams)
            {
                // Whoever sends can claim gaps of any length: the sum stays at the largest number.
                long sum = _forgotten;
                foreach (StreamCount stream in _streams.Values)
                {
                    sum = AddUp(sum, stream.Checker.Missing);
                }

                return sum;
            }
        }
    }

    /// <summary>Messages of a kind.</summary>
    public long CountOf(ReceivedKind kind) => Interlocked.Read(ref _kinds[(int)kind]);

    /// <summary>Starts listening. Throws <see cref="KismetException"/>: ArgumentInvalid, AddressInUse, AddressNotAvailable, PermissionDenied, NetworkFailure.</summary>
    public static DeviceReceiver Start(ReceiverOptions options)
    {
        if (options.Protocol == KismetExportProtocol.Tls && options.Certificate is not { HasPrivateKey: true })
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "TLS needs a certificate with its private key.", "Give one, from a .pfx file for instance.");
        }

        if (options.Protocol != KismetExportProtocol.Tls && options.Certificate is not null)
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "Certificates are of TLS only.", "Use the protocol Tls.");
        }

        // An empty list would be open to all.
        if (new AllowList(options.Allowed).IsEmpty && !IPAddress.IsLoopback(options.Address))
        {
            throw new KismetException(
                KismetErrorId.ArgumentInvalid,
                $"Listening on {options.Address} takes a list of the hosts that may send.",
                "Name them, such as 10.0.0.0/24; 0.0.0.0/0 and ::/0 are everybody.");
        }

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
                socket.ReceiveBufferSize = 4 << 20;
            }

            socket.Bind(new IPEndPoint(options.Address, options.Port));
            if (!udp)
            {
                socket.Listen(options.MaxClients);
            }

            return new DeviceReceiver(options, socket);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw BindFailure(options, e);
        }
    }

    /// <summary>Adds what there is to warn about since the last call: gaps that stay, repeats. At the end, gaps of any age.</summary>
    public void TakeWarnings(List<string> into, bool end = false)
    {
        long before = end ? long.MaxValue : Now() - SettleMilliseconds;
        lock (_streams)
        {
            foreach ((string name, StreamCount stream) in _streams)
            {
                long missing = stream.Checker.Settled(before, out long first, out long last);
                if (missing > stream.ToldMissing)
                {
                    into.Add($"Stream {name}: {missing} messages are missing, between {first} and {last}.");
                }

                stream.ToldMissing = missing;
                if (stream.Repeats > stream.ToldRepeats)
                {
                    into.Add($"Stream {name}: {stream.Repeats - stream.ToldRepeats} messages came again and were left out.");
                    stream.ToldRepeats = stream.Repeats;
                }
            }
        }
    }

    /// <summary>Closes the port and all connections. What is in the queue can still be read.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _socket.Dispose();
        foreach (Socket client in _clients.Keys)
        {
            client.Dispose();
        }

        _devices.Writer.TryComplete();
    }

    private static long AddUp(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;

    private static long Now() => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    private static KismetException BindFailure(ReceiverOptions options, SocketException e)
    {
        string place = $"{(options.Protocol == KismetExportProtocol.Udp ? "UDP" : "TCP")} port {options.Port} on {options.Address}";
        return e.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => new KismetException(KismetErrorId.AddressInUse, $"{place} is in use.", "Stop the program that has it, or choose another port.", e),
            SocketError.AddressNotAvailable => new KismetException(KismetErrorId.AddressNotAvailable, $"{options.Address} is no address of this machine.", "Use one of its own.", e),
            SocketError.AccessDenied => new KismetException(KismetErrorId.PermissionDenied, $"{place} may not be opened.", "Choose a port above 1023.", e),
            _ => new KismetException(KismetErrorId.NetworkFailure, $"{place} cannot be opened: {e.Message}", "Check address and port.", e),
        };
    }

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

            if (client.RemoteEndPoint is not IPEndPoint from || !_allowed.Allows(from.Address) || Volatile.Read(ref _connections) >= _options.MaxClients)
            {
                Interlocked.Increment(ref _refused);
                client.Dispose();
                continue;
            }

            Interlocked.Increment(ref _connections);
            _clients[client] = true;
            _ = Task.Run(() => ClientAsync(client));
        }
    }

    private async Task ClientAsync(Socket client)
    {
        try
        {
            await using var network = new NetworkStream(client, ownsSocket: true);
            if (_options.Protocol != KismetExportProtocol.Tls)
            {
                await ReadAsync(network).ConfigureAwait(false);
                return;
            }

            await using var tls = new SslStream(network);
            using (var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
            {
                limit.CancelAfter(_options.HandshakeTimeout);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _options.Certificate }, limit.Token).ConfigureAwait(false);
            }

            await ReadAsync(tls).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or AuthenticationException)
        {
            // The client went away, or is none of ours: its numbers tell what is missing.
        }
        finally
        {
            _clients.TryRemove(client, out _);
            Interlocked.Decrement(ref _connections);
        }
    }

    private async Task ReadAsync(Stream stream)
    {
        var framer = new MessageDeframer(_options.MaxBytes);
        byte[] buffer = new byte[16 * 1024];
        while (true)
        {
            int read = await stream.ReadAsync(buffer, _stop.Token).ConfigureAwait(false);
            if (read == 0)
            {
                // A message without its end was cut, and comes again on the next connection.
                if (framer.TryFinish(out _))
                {
                    Count(ReceivedKind.BadFraming);
                }

                return;
            }

            framer.Append(buffer.AsSpan(0, read));
            while (Next(framer, out KismetDevice? device, out bool end))
            {
                if (device is not null)
                {
                    await _devices.Writer.WriteAsync(device, _stop.Token).ConfigureAwait(false);
                }

                if (end)
                {
                    return;
                }
            }
        }
    }

    private async Task DatagramsAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        var anybody = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        var framer = new MessageDeframer(_options.MaxBytes);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                SocketReceiveFromResult result = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, anybody, _stop.Token).ConfigureAwait(false);
                if (!_allowed.Allows(((IPEndPoint)result.RemoteEndPoint).Address))
                {
                    Interlocked.Increment(ref _refused);
                    continue;
                }

                Datagram(framer, buffer.AsSpan(0, result.ReceivedBytes));
            }
            catch (SocketException) when (!_stop.IsCancellationRequested)
            {
                // Windows reports what became of datagrams sent from this port; none are.
                await Task.Delay(10).ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Datagram(MessageDeframer framer, ReadOnlySpan<byte> datagram)
    {
        framer.Append(datagram);
        while (Next(framer, out KismetDevice? device, out _))
        {
            Offer(device);
        }

        if (framer.TryFinish(out ReadOnlySpan<byte> rest))
        {
            Offer(Check(MessageReader.Read(rest)));
        }
    }

    private void Offer(KismetDevice? device)
    {
        if (device is not null && !_devices.Writer.TryWrite(device))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    // False: more bytes are needed. End: nothing behind this can be read.
    private bool Next(MessageDeframer framer, out KismetDevice? device, out bool end)
    {
        device = null;
        end = false;
        if (!framer.TryRead(out ReadOnlySpan<byte> bytes, out ReceivedKind? problem))
        {
            return false;
        }

        ReceivedMessage message = problem is ReceivedKind bad ? new(bad) : MessageReader.Read(bytes);
        end = message.Kind == ReceivedKind.Compressed;
        device = Check(message);
        return true;
    }

    private void Count(ReceivedKind kind) => Interlocked.Increment(ref _kinds[(int)kind]);

    // The device to give; null: none.
    private KismetDevice? Check(in ReceivedMessage message)
    {
        Count(message.Kind);
        if (message.Sequence > 0 && message.Stream is not null && !IsNew(message.Stream, message.Sequence))
        {
            return null;
        }

        return message.Kind == ReceivedKind.Expired && !_options.Expired ? null : message.Device;
    }

    private bool IsNew(string name, long sequence)
    {
        long now = Now();
        lock (_streams)
        {
            if (!_streams.TryGetValue(name, out StreamCount? stream))
            {
                if (_streams.Count >= MostStreams)
                {
                    string oldest = _streams.MinBy(static s => s.Value.Heard).Key;
                    _forgotten = AddUp(_forgotten, _streams[oldest].Checker.Missing);
                    _streams.Remove(oldest);
                }

                _streams.Add(name, stream = new StreamCount());
            }

            stream.Heard = now;
            if (stream.Checker.Take(sequence, now) != SequenceAnswer.Repeat)
            {
                return true;
            }

            stream.Repeats++;
            Interlocked.Increment(ref _repeats);
            return false;
        }
    }

    private sealed class StreamCount
    {
        public SequenceChecker Checker { get; } = new();

        public long Heard { get; set; }

        public long Repeats { get; set; }

        public long ToldMissing { get; set; }

        public long ToldRepeats { get; set; }
    }
}
