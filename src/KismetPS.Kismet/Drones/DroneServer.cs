using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;
using KismetPS.Tracking;
using KismetPS.Wireless.Radio;

namespace KismetPS.Kismet.Drones;

/// <summary>
/// Serves the frames of capture sessions to Kismet servers as a drone of one protocol does. Each frame is put into the protocol's form once;
/// each server has a bounded queue of its own, so that a slow one misses frames, which is counted, and slows nobody.
/// </summary>
internal sealed class DroneServer : IDisposable
{
    private const int PollUs = 100_000;

    private readonly DroneServerOptions _options;
    private readonly DroneEncoder _encoder;
    private readonly IReadOnlyList<CaptureSession> _sessions;
    private readonly ArrayBufferWriter<byte> _message = new(16 * 1024);
    private readonly List<(DroneServedSource Source, RadioInfo Radio)> _sources = [];
    private readonly object _gate = new();
    private readonly Socket _listener;
    private readonly Thread _control;
    private readonly List<DroneFeed> _feeds = [];
    private DroneClientLink[] _clients = [];
    private long _frames;
    private long _skipped;
    private long _refused;
    private long _lastFrame = Stopwatch.GetTimestamp();
    private volatile bool _stopping;
    private KismetException? _error;

    private DroneServer(IReadOnlyList<CaptureSession> sessions, DroneServerOptions options)
    {
        _options = options;
        _sessions = sessions;
        _encoder = new DroneEncoder(options.Protocol);
        _listener = ServerSockets.Bind(options.Address, options.Port);
        _control = new Thread(() => Guard(Control)) { IsBackground = true, Name = $"drone server {EndPoint}" };
    }

    /// <summary>Address and port bound.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>Frames taken from the sessions and put into the protocol's form.</summary>
    public long Frames => Volatile.Read(ref _frames);

    /// <summary>Packets that are no 802.11 frame, or longer than a server takes.</summary>
    public long Skipped => Volatile.Read(ref _skipped);

    /// <summary>Frames the sessions gave faster than they could be taken.</summary>
    public long Dropped => _feeds.Sum(static f => f.Dropped);

    /// <summary>Connections refused: not allowed, or too many.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>What ended a thread of the server early, null if nothing did.</summary>
    public KismetException? Error => Volatile.Read(ref _error);

    /// <summary>Binds on this thread (throws <see cref="KismetException"/>) and serves in the background.</summary>
    public static DroneServer Start(IReadOnlyList<CaptureSession> sessions, DroneServerOptions options)
    {
        DroneServer server = new(sessions, options);
        foreach (CaptureSession session in sessions)
        {
            server._feeds.Add(new DroneFeed(server, session));
        }

        server._feeds.ForEach(static f => f.Start());
        server._control.Start();
        return server;
    }

    /// <summary>The servers connected now.</summary>
    public IReadOnlyList<DroneClientInfo> GetClients()
    {
        lock (_gate)
        {
            return [.. _clients.Select(static c => c.ToInfo())];
        }
    }

    /// <summary>Ends all connections and frees the port.</summary>
    public void Dispose()
    {
        _stopping = true;
        if (_control.IsAlive)
        {
            _control.Join(TimeSpan.FromSeconds(2));
        }

        _listener.Dispose();
        _feeds.ForEach(static f => f.Dispose());
        DroneClientLink[] clients;
        lock (_gate)
        {
            clients = _clients;
            _clients = [];
        }

        foreach (DroneClientLink client in clients)
        {
            client.Dispose();
        }
    }

    /// <summary>Takes a number of frames at most; false when there are no more now.</summary>
    internal bool Deliver(DroneFeed feed, FrameReader reader, int most)
    {
        bool more = true;
        lock (_gate)
        {
            for (int i = 0; i < most && (more = reader.TryReadRaw(out ReadOnlySpan<byte> packet, out FrameInfo info)); i++)
            {
                Deliver(feed, packet, info);
            }

            foreach (DroneClientLink client in _clients)
            {
                client.Publish();
            }
        }

        return more;
    }

    /// <summary>The top of a thread: whatever happens there must not take the process down.</summary>
    internal void Guard(Action body)
    {
        try
        {
            body();
        }
#pragma warning disable CA1031 // kept for the user
        catch (Exception e)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _error, e as KismetException ?? new KismetException(KismetErrorId.InternalFailure, e.Message, "This is a defect; please report it with the details.", e));
        }
    }

    private void Deliver(DroneFeed feed, ReadOnlySpan<byte> packet, in FrameInfo info)
    {
        DroneServedSource source = feed.Find(info.Origin, out bool isNew);
        if (isNew)
        {
            _sources.Add((source, info.Radio));
            _message.ResetWrittenCount();
            _encoder.WriteSource(_message, source, info.Radio);
            Broadcast();
        }

        _message.ResetWrittenCount();
        if (!_encoder.TryWriteFrame(_message, packet, info, source))
        {
            _skipped++;
            return;
        }

        _frames++;
        _lastFrame = Stopwatch.GetTimestamp();
        Broadcast();
    }

    /// <summary>Queues what was written for everybody; under the gate, wakes nobody.</summary>
    private void Broadcast()
    {
        if (_message.WrittenCount == 0)
        {
            return;
        }

        foreach (DroneClientLink client in _clients)
        {
            client.TryQueue(_message.WrittenSpan);
        }
    }

    private void Control()
    {
        long told = Stopwatch.GetTimestamp();
        while (!_stopping)
        {
            try
            {
                if (_listener.Poll(PollUs, SelectMode.SelectRead))
                {
                    Accept(_listener.Accept());
                }
            }
            catch (SocketException)
            {
                // The client was gone before it was taken, or there are no descriptors left: those who are connected stay.
                Thread.Sleep(PollUs / 1000);
            }

            foreach (DroneClientLink client in _clients)
            {
                client.Receive();
            }

            lock (_gate)
            {
                if (Array.Exists(_clients, static c => c.IsClosed))
                {
                    _clients = [.. _clients.Where(static c => !c.IsClosed)];
                }

                if (Stopwatch.GetElapsedTime(told) >= _options.KeepAlive)
                {
                    told = Stopwatch.GetTimestamp();
                    KeepAlive();
                }
            }
        }
    }

    private void KeepAlive()
    {
        _message.ResetWrittenCount();
        _encoder.WriteKeepAlive(_message);
        if (Stopwatch.GetElapsedTime(_lastFrame) >= _options.EmptyFrame)
        {
            _encoder.WriteEmpty(_message);
            _lastFrame = Stopwatch.GetTimestamp();
        }

        Broadcast();
        foreach (DroneClientLink client in _clients)
        {
            client.Publish();
        }
    }

    private void Accept(Socket socket)
    {
        DroneClientLink client;
        try
        {
            IPAddress address = ((IPEndPoint)socket.RemoteEndPoint!).Address;
            bool allowed = _options.Allowed.IsEmpty
                ? IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
                : _options.Allowed.Allows(address);
            if (!allowed || _clients.Length >= _options.MaxClients)
            {
                Refuse(socket, allowed ? "This drone serves as many servers as it may." : "This address is not among those allowed to use this drone.");
                return;
            }

            client = new DroneClientLink(socket, _options.Protocol, _options);
        }
        catch (SocketException)
        {
            // Gone already.
            socket.Dispose();
            return;
        }

        lock (_gate)
        {
            // Under the gate, so that nothing comes before the greeting and no source is told twice or never.
            Queue(client, () => _encoder.WriteHello(_message, _options.Name, _sources.Exists(static s => s.Source.Origin.Position is not null)));
            foreach ((DroneServedSource source, RadioInfo radio) in _sources)
            {
                Queue(client, () => _encoder.WriteSource(_message, source, radio));
            }

            _clients = [.. _clients, client];
            client.Publish();
        }

        client.Start();
    }

    private void Queue(DroneClientLink client, Action write)
    {
        _message.ResetWrittenCount();
        write();
        if (_message.WrittenCount > 0)
        {
            client.TryQueue(_message.WrittenSpan);
        }
    }

    private void Refuse(Socket socket, string why)
    {
        Interlocked.Increment(ref _refused);
        using (socket)
        {
            ArrayBufferWriter<byte> message = new(256);
            _encoder.WriteRefusal(message, why);
            if (message.WrittenCount > 0)
            {
                // Fits the empty buffer of a new connection: this does not wait.
                socket.Blocking = false;
                socket.Send(message.WrittenSpan, SocketFlags.None, out _);
            }
        }
    }
}
