using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace KismetPS.Capture.Tzsp;

/// <summary>
/// Receives TZSP over UDP on the thread that runs it, in batches where the system can. The messages of a batch have one arrival time: that of the
/// batch, up to about a millisecond late where more than some thousand a second come.
/// </summary>
internal sealed class TzspSource : IFrameSource
{
    // How soon a stop is noticed while nothing arrives, and how often the sink gets its idle call then.
    private const int PollMs = 100;

    // What the kernel had taken in when the stop came is still delivered, for so long at most.
    private const int DrainMs = 50;

    private readonly TzspListenerOptions _options;
    private readonly OriginTable _origins = new();
    private readonly object _gate = new();
    private TzspIntake? _intake;
    private Socket? _socket;
    private KernelDrops? _kernelDrops;
    private string _endPoint;
    private IDatagramTap? _tap;
    private long _received;
    private long _bytes;
    private int _bufferBytes;
    private bool _running;
    private volatile bool _disposed;

    /// <summary>Makes one; <see cref="Open"/> binds.</summary>
    public TzspSource(TzspListenerOptions options)
    {
        _options = options;
        Port = options.Port;
        _endPoint = new IPEndPoint(options.Address ?? IPAddress.IPv6Any, options.Port).ToString();
    }

    /// <summary>Looks at every readable message before it is delivered (for -Emit Packet), on the receive thread; null: nobody looks.</summary>
    public IDatagramTap? Tap
    {
        get => _tap;
        set
        {
            _tap = value;
            if (_intake is { } intake)
            {
                intake.Tap = value;
            }
        }
    }

    /// <summary>The port really bound.</summary>
    public int Port { get; private set; }

    /// <inheritdoc/>
    public string EndPoint => _endPoint;

    /// <inheritdoc/>
    public IReadOnlyList<FrameOrigin> Origins => _origins.Snapshot;

    /// <summary>Whether one system call a datagram is used even where batches could be.</summary>
    internal bool Portable { get; init; } = !OperatingSystem.IsLinux();

    /// <inheritdoc/>
    public void Open()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_socket is not null)
        {
            throw new InvalidOperationException("The listener is open.");
        }

        TzspWarmUp.Run();
        Socket socket = TzspSocket.Bind(_options, out _bufferBytes);
        IPEndPoint local = (IPEndPoint)socket.LocalEndPoint!;
        Port = local.Port;
        _endPoint = local.ToString();
        _intake = new TzspIntake(_origins, _options.MaxSensors, new AllowList(_options.Sensors), new FeedbackFilter(Port, LocalAddresses(local.Address)))
        {
            Tap = _tap,
        };
        _kernelDrops = new KernelDrops(socket);
        _socket = socket;
    }

    /// <inheritdoc/>
    public void Run(IFrameSink sink, CancellationToken stop)
    {
        Socket socket;
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            socket = _socket ?? throw new InvalidOperationException("The listener is not open.");
            if (_running)
            {
                throw new InvalidOperationException("The listener runs already.");
            }

            _running = true;
        }

        try
        {
            using DatagramReceiver receiver = Portable ? new PortableReceiver(socket) : new LinuxReceiver(socket, _bufferBytes);
            KeepAlive? keepAlive = _options.KeepAlive > TimeSpan.Zero ? new KeepAlive(socket, _options, _intake!) : null;
            Receive(receiver, _intake!, keepAlive, sink, stop);
        }
        finally
        {
            lock (_gate)
            {
                _running = false;
                if (_disposed)
                {
                    Close();
                }
            }
        }
    }

    /// <inheritdoc/>
    public SourceCounters ReadCounters() => new()
    {
        Received = Interlocked.Read(ref _received),
        Bytes = Interlocked.Read(ref _bytes),
        KernelDropped = _kernelDrops?.Read() ?? 0,
        ReceiveBufferBytes = _bufferBytes,
        Drops = _intake?.ReadDrops(),
    };

    /// <summary>Closes the socket; while <see cref="Run"/> is under way, as its last act, within its poll time.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            if (!_running)
            {
                Close();
            }
        }
    }

    private void Receive(DatagramReceiver receiver, TzspIntake intake, KeepAlive? keepAlive, IFrameSink sink, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && !_disposed)
        {
            if (ReceiveBatch(receiver, intake, PollMs, sink) == 0)
            {
                sink.OnIdle();
            }

            keepAlive?.SendIfDue();
        }

        long until = Environment.TickCount64 + DrainMs;
        while (Environment.TickCount64 < until && ReceiveBatch(receiver, intake, 0, sink) > 0)
        {
        }
    }

    private int ReceiveBatch(DatagramReceiver receiver, TzspIntake intake, int timeoutMs, IFrameSink sink)
    {
        int count = receiver.Receive(timeoutMs);
        if (count == 0)
        {
            return 0;
        }

        long now = (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * 100;
        long bytes = 0;
        sink.BeginBatch();
        try
        {
            bytes = intake.AcceptBatch(receiver, count, now, sink);
        }
        finally
        {
            Interlocked.Add(ref _received, count);
            Interlocked.Add(ref _bytes, bytes);
            sink.EndBatch();
        }

        return count;
    }

    private static List<SensorAddress> LocalAddresses(IPAddress bound)
    {
        List<SensorAddress> addresses = [];
        if (!bound.Equals(IPAddress.Any) && !bound.Equals(IPAddress.IPv6Any))
        {
            addresses.Add(SensorAddress.From(bound, 0));
            return addresses;
        }

        try
        {
            foreach (NetworkInterface face in NetworkInterface.GetAllNetworkInterfaces())
            {
                foreach (UnicastIPAddressInformation address in face.GetIPProperties().UnicastAddresses)
                {
                    // Without scope: the address inside a captured packet has none.
                    SensorAddress local = SensorAddress.From(address.Address, 0);
                    addresses.Add(new SensorAddress(local.High, local.Low, 0, 0));
                }
            }
        }
        catch (NetworkInformationException)
        {
            // Feedback is then told by the sensor's own address only.
        }

        return addresses;
    }

    private void Close()
    {
        _kernelDrops?.Close();
        _socket?.Dispose();
        _socket = null;
    }
}
