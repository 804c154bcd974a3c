using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KismetPS.Capture.Drone;

/// <summary>
/// Takes frames from a Kismet drone of either protocol, which its first bytes tell. Connects on the caller's thread and waits for the drone's first
/// word there; comes back by itself when the connection is lost.
/// </summary>
internal sealed class DroneFrameSource : IFrameSource
{
    // How soon a stop is noticed while nothing arrives, and how often the sink gets its idle call then.
    private const int PollMs = 100;
    private const int BufferBytes = 64 * 1024;
    private const string Closed = "it closed the connection";

    // An answer of a Kismet server's client port, where a user took the wrong one.
    private static readonly byte[] s_textGreeting = "*KISMET"u8.ToArray();

    private readonly DroneConnectionOptions _options;
    private readonly OriginTable _origins = new();
    private readonly DroneIntake _intake;
    private readonly BackOff _backOff;
    private readonly object _gate = new();
    private byte[] _buffer = new byte[BufferBytes];
    private int _pending;
    private Socket? _socket;
    private string _endPoint;
    private long _bytes;
    private int _greetings;
    private bool _running;
    private volatile bool _connected;
    private volatile bool _disposed;

    /// <summary>Makes one; <see cref="Open"/> connects.</summary>
    public DroneFrameSource(DroneConnectionOptions options)
    {
        _options = options;
        Port = options.Ports[0];
        _endPoint = EndPointOf(Port);
        _intake = new DroneIntake(_origins, options.MaxSources);
        _backOff = new BackOff(options.FirstWait, options.LongestWait);
    }

    /// <summary>Called with a sentence for the user, once for each outage, on the source's thread.</summary>
    public Action<string>? Outage { get; set; }

    /// <summary>The port connected to.</summary>
    public int Port { get; private set; }

    /// <summary>Which protocol the drone speaks.</summary>
    public DroneProtocol Protocol { get; private set; }

    /// <summary>The drone's name, null in stable and where it has none.</summary>
    public string? Name => _intake.Name;

    /// <summary>The release of its program (newcore) or its protocol's version (stable).</summary>
    public string? Version => _intake.Version;

    /// <summary>Whether the connection is up.</summary>
    public bool IsConnected => _connected;

    /// <summary>Connections made after the first.</summary>
    public int Reconnects => Math.Max(0, Volatile.Read(ref _greetings) - 1);

    /// <inheritdoc/>
    public string EndPoint => _endPoint;

    /// <inheritdoc/>
    public IReadOnlyList<FrameOrigin> Origins => _origins.Snapshot;

    /// <inheritdoc/>
    public void Open()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_socket is not null)
        {
            throw new InvalidOperationException("The drone is connected.");
        }

        KismetException? first = null;
        foreach (int port in _options.Ports)
        {
            try
            {
                Connect(port);
                return;
            }
            catch (KismetException e) when (e.Id != KismetErrorId.HostNotFound)
            {
                // What is wrong with a port where somebody listens is worth more than that nobody listens on another.
                first = first is null || (first.Id == KismetErrorId.ConnectionRefused && e.Id != KismetErrorId.ConnectionRefused) ? e : first;
            }
        }

        throw first!.Id != KismetErrorId.ConnectionRefused || _options.Ports.Count == 1 ? first : new KismetException(
            KismetErrorId.ConnectionRefused,
            $"No drone can be reached at {_options.ComputerName}: TCP ports {string.Join(" and ", _options.Ports)} refused the connection.",
            "Check that the drone runs, which port it has, and that this machine is among its allowed hosts; give another port with -Port.",
            first);
    }

    /// <inheritdoc/>
    public void Run(IFrameSink sink, CancellationToken stop)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            if (_socket is null)
            {
                throw new InvalidOperationException("The drone is not connected.");
            }

            if (_running)
            {
                throw new InvalidOperationException("The source runs already.");
            }

            _running = true;
        }

        try
        {
            while (!IsStopped(stop))
            {
                string? why = Receive(_socket, sink, stop);
                _connected = false;
                if (IsStopped(stop) || !Continue(why, sink, stop))
                {
                    return;
                }
            }
        }
        finally
        {
            lock (_gate)
            {
                _running = false;
                _connected = false;
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
        Received = _intake.Packets,
        Bytes = Interlocked.Read(ref _bytes),
        Drops = _intake.ReadDrops(),
    };

    /// <summary>Closes the connection; while <see cref="Run"/> is under way, as its last act, within its poll time.</summary>
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

    private bool IsStopped(CancellationToken stop) => stop.IsCancellationRequested || _disposed;

    private void Connect(int port)
    {
        Socket socket = DroneConnector.ConnectAsync(_options.ComputerName, port, _options.ConnectTimeout, _options.Cancel).GetAwaiter().GetResult();
        try
        {
            Greet(socket, port);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        Port = port;
        _endPoint = EndPointOf(port);
        _intake.Address = socket.RemoteEndPoint is IPEndPoint remote ? Plain(remote) : _endPoint;
        _socket = socket;
        _connected = true;
    }

    /// <summary>Reads until the drone has said who it is; what came with it stays in the buffer for <see cref="Run"/>.</summary>
    private void Greet(Socket socket, int port)
    {
        _pending = 0;
        DroneFramer framer = new();
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            ReadOnlySpan<byte> read = _buffer.AsSpan(0, _pending);
            framer.Reset();
            switch (framer.Read(ref read, out DroneFrame frame))
            {
                case DroneFrameStatus.Ok:
                    CheckHello(frame, port);
                    Protocol = frame.Protocol;
                    return;
                case DroneFrameStatus.More when _pending < _buffer.Length:
                    break;
                default:
                    throw NoDrone(port);
            }

            if (_pending > 0 && s_textGreeting.AsSpan().StartsWith(_buffer.AsSpan(0, Math.Min(_pending, s_textGreeting.Length))) && _pending >= 4)
            {
                throw NoDrone(port);
            }

            if (!WaitForData(socket, began))
            {
                throw _pending > 0 ? NoDrone(port) : DroneConnector.TimedOut(_options.ComputerName, port, _options.ConnectTimeout);
            }

            int count = socket.Receive(_buffer.AsSpan(_pending), SocketFlags.None, out SocketError error);
            if (error != SocketError.Success || count == 0)
            {
                throw new KismetException(
                    KismetErrorId.ConnectionRefused,
                    $"{_options.ComputerName} port {port} took the connection and closed it at once.",
                    "Drones do that to addresses that are not among their allowed hosts, and when they have as many clients as they take.");
            }

            _pending += count;
        }
    }

    private bool WaitForData(Socket socket, long began)
    {
        while (Stopwatch.GetElapsedTime(began) < _options.ConnectTimeout)
        {
            _options.Cancel.ThrowIfCancellationRequested();
            if (socket.Poll(PollMs * 1000, SelectMode.SelectRead))
            {
                return true;
            }
        }

        return false;
    }

    private void CheckHello(in DroneFrame frame, int port)
    {
        int version = 0;
        bool read = frame.Type == DroneFrameType.Hello && (frame.Protocol == DroneProtocol.Stable
            ? StableDrone.TryReadHello(frame.Payload, out version, out _)
            : NewcoreDrone.TryReadHello(frame.Payload, out version, out _, out _));
        if (!read)
        {
            throw NoDrone(port);
        }

        int known = frame.Protocol == DroneProtocol.Stable ? StableDrone.Version : NewcoreDrone.Version;
        if (version != known)
        {
            throw new KismetException(
                KismetErrorId.ServerUnknown,
                $"The drone at {EndPointOf(port)} speaks version {version} of the {frame.Protocol} drone protocol; version {known} is known.",
                "Drones of Kismet 2005-08 to 2016-07 are understood.");
        }
    }

    private KismetException NoDrone(int port) => _buffer.AsSpan(0, _pending).StartsWith(s_textGreeting.AsSpan(0, 4))
        ? new KismetException(
            KismetErrorId.ServerUnknown,
            $"At {EndPointOf(port)} is the client port of a Kismet server, not a drone.",
            "Use Connect-KismetServer for it, or give the port of the drone.")
        : new KismetException(
            KismetErrorId.ServerUnknown,
            $"What listens at {EndPointOf(port)} is no Kismet drone.",
            "A drone of Kismet 2005-08 to 2016-07 is expected; check the port.");

    /// <summary>Reads until the connection ends; gives why it did.</summary>
    private string? Receive(Socket socket, IFrameSink sink, CancellationToken stop)
    {
        long heard = Stopwatch.GetTimestamp();
        if (_pending > 0)
        {
            int pending = _pending;
            _pending = 0;
            if (Take(pending, sink) is string bad)
            {
                return bad;
            }
        }

        while (!IsStopped(stop))
        {
            if (!socket.Poll(PollMs * 1000, SelectMode.SelectRead))
            {
                sink.OnIdle();
                TimeSpan silence = !_intake.HasHello ? _options.ConnectTimeout : Protocol == DroneProtocol.Newcore ? _options.SilenceTimeout : TimeSpan.MaxValue;
                if (Stopwatch.GetElapsedTime(heard) > silence)
                {
                    return string.Create(CultureInfo.InvariantCulture, $"it was silent for {silence.TotalSeconds:0.#} seconds");
                }

                continue;
            }

            int count = socket.Receive(_buffer, SocketFlags.None, out SocketError error);
            if (error != SocketError.Success)
            {
                return new SocketException((int)error).Message;
            }

            if (count == 0)
            {
                return Closed;
            }

            heard = Stopwatch.GetTimestamp();
            if (Take(count, sink) is string wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private string? Take(int count, IFrameSink sink)
    {
        Interlocked.Add(ref _bytes, count);
        long now = (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * 100;
        bool greeted = _intake.HasHello;
        DroneIntakeStatus status = _intake.Accept(_buffer.AsSpan(0, count), now, sink);
        if (!greeted && _intake.HasHello)
        {
            // Not before it spoke sense: a port that takes connections and closes them must not be tried each second for ever.
            Protocol = _intake.Protocol;
            _connected = true;
            _backOff.Reset();
            Interlocked.Increment(ref _greetings);
        }

        return status switch
        {
            DroneIntakeStatus.Ok => null,
            DroneIntakeStatus.BadVersion => "it speaks a version of the protocol that is not known",
            DroneIntakeStatus.TooLong => "it sent a frame longer than any drone does",
            _ => "what it sent is not the drone protocol",
        };
    }

    /// <summary>Gets a new connection, however long that takes; false where there is to be none.</summary>
    private bool Continue(string? why, IFrameSink sink, CancellationToken stop)
    {
        _socket!.Dispose();
        if (!_options.Reconnect)
        {
            if (why == Closed)
            {
                return false;
            }

            throw new KismetException(KismetErrorId.ConnectionLost, $"The connection to the drone at {_endPoint} is lost: {why}.", "Without -NoReconnect it would be made again.");
        }

        if (_intake.HasHello)
        {
            Outage?.Invoke($"The connection to the drone at {_endPoint} is lost: {why}. It is made again as soon as the drone can be reached.");
        }

        _intake.Restart();
        while (!IsStopped(stop))
        {
            if (!Idle(_backOff.Next(), sink, stop))
            {
                return false;
            }

            if (TryReconnect(sink, stop))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryReconnect(IFrameSink sink, CancellationToken stop)
    {
        Task<Socket> attempt = DroneConnector.ConnectAsync(_options.ComputerName, Port, _options.ConnectTimeout, stop);
        while (!Task.WaitAny([attempt], PollMs).Equals(0))
        {
            sink.OnIdle();
        }

        if (attempt.IsCompletedSuccessfully)
        {
            _socket = attempt.Result;
            return true;
        }

        // What went wrong is the same outage still, which was told; seen, so that nobody calls it unobserved.
        _ = attempt.Exception;
        return false;
    }

    /// <summary>Lets time pass; false when told to stop.</summary>
    private bool Idle(TimeSpan time, IFrameSink sink, CancellationToken stop)
    {
        long began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) is TimeSpan passed && passed < time)
        {
            TimeSpan rest = time - passed;
            if (stop.WaitHandle.WaitOne(rest < TimeSpan.FromMilliseconds(PollMs) ? rest : TimeSpan.FromMilliseconds(PollMs)) || _disposed)
            {
                return false;
            }

            sink.OnIdle();
        }

        return true;
    }

    private void Close()
    {
        _socket?.Dispose();
        _buffer = [];
    }

    private string EndPointOf(int port) => _options.ComputerName.Contains(':') ? $"[{_options.ComputerName}]:{port}" : $"{_options.ComputerName}:{port}";

    private static string Plain(IPEndPoint remote) =>
        (remote.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(remote.Address.MapToIPv4(), remote.Port) : remote).ToString();
}
