using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;
using KismetPS.Capture.Drone;
using KismetPS.Kismet.Drones;
using KismetPS.Kismet.Text;
using KismetPS.Kismet.Text.Server;
using KismetPS.Tracking;

namespace KismetPS.Kismet;

/// <summary>Serves the devices of sessions to Kismet's clients of all years of the text protocol. The same address in two sessions is one device.</summary>
public sealed class KismetServer : KismetSession
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_goodBye = TimeSpan.FromSeconds(2);

    private readonly KismetServerOptions _options;
    private readonly IReadOnlyList<DeviceSession> _sessions;
    private readonly object _gate = new();
    private readonly ClientNumbers _numbers = new();
    private readonly HashSet<ClientLink> _links = [];
    private Socket[] _listeners = [];
    private TextHub? _hub;
    private DroneServer? _drone;
    private IPEndPoint? _endPoint;
    private bool _droneTold;
    private long _notAllowed;
    private long _tooMany;

    private KismetServer(IReadOnlyList<DeviceSession> sessions, KismetServerOptions options, string? name)
        : base(KismetSessionKind.Server, name)
    {
        _sessions = sessions;
        _options = options;
    }

    /// <inheritdoc/>
    public override string EndPoint => _endPoint?.ToString() ?? string.Empty;

    /// <summary>TCP port bound.</summary>
    public int Port => _endPoint?.Port ?? 0;

    /// <summary>TCP port on which frames are served as a drone; null if they are not.</summary>
    public int? DronePort => _drone?.EndPoint.Port;

    /// <summary>What ended the serving of frames early; null if nothing did. Devices are served on.</summary>
    public KismetException? DroneError => _drone?.Error;

    /// <summary>What serves frames; null if nothing does.</summary>
    internal DroneServer? Drone => _drone;

    /// <summary>Names of the sessions served.</summary>
    public DetailList<string> Served => new([.. _sessions.Select(static s => s.Name)]);

    /// <summary>Who is connected now, those that take frames behind the others.</summary>
    public DetailList<KismetServerClient> Clients => new(
    [
        .. Links().Where(static l => l.Conversation is not null).Select(Describe),
        .. (_drone?.GetClients() ?? []).Select(Describe),
    ]);

    /// <summary>Connections refused: not allowed here, or one too many.</summary>
    public long Refused => Interlocked.Read(ref _notAllowed) + Interlocked.Read(ref _tooMany) + (_drone?.Refused ?? 0);

    /// <summary>
    /// Counters: Received are commands, Malformed those answered with an error, QueueDropped lines and frames that slow clients did not get, Devices
    /// and Networks what is told of.
    /// </summary>
    public override KismetStatistic Statistics
    {
        get
        {
            DetailList<KismetServerClient> clients = Clients;
            (int networks, int others, _) = _hub?.Counts ?? default;
            List<KismetCounter> reasons = [];
            Add(reasons, "NotAllowed", Interlocked.Read(ref _notAllowed));
            Add(reasons, "TooManyClients", Interlocked.Read(ref _tooMany));
            Add(reasons, "DroneRefused", _drone?.Refused ?? 0);
            Add(reasons, "DroneSkipped", _drone?.Skipped ?? 0);
            Add(reasons, "DroneMissed", _drone?.Dropped ?? 0);
            return new KismetStatistic
            {
                SessionId = Id,
                Name = Name,
                Received = clients.Sum(static c => c.Commands),
                Malformed = clients.Sum(static c => c.Errors),
                QueueDropped = clients.Sum(static c => c.Dropped),
                QueueHighWater = clients.Count == 0 ? 0 : clients.Max(static c => c.Queued),
                Networks = networks,
                Devices = networks + others,
                DropReasons = new DetailList<KismetCounter>(reasons),
            };
        }
    }

    /// <summary>Binds on this thread (throws <see cref="KismetException"/>) and serves in the background.</summary>
    internal static KismetServer Start(IReadOnlyList<DeviceSession> sessions, KismetServerOptions options, string? name = null)
    {
        options.Check();
        KismetServer server = new(sessions, options, name);
        server.Start(server.Open, server.Run);
        return server;
    }

    private static void Add(List<KismetCounter> reasons, string name, long count)
    {
        if (count > 0)
        {
            reasons.Add(new KismetCounter { Name = name, Count = count });
        }
    }

    private void Open()
    {
        _listeners = ServerSockets.Listen(_options.Address, _options.Port);
        if (_options.IsClosedToOthers)
        {
            Warn("Without an allow-list only clients on this machine are let in.");
        }

        _endPoint = (IPEndPoint)_listeners[0].LocalEndPoint!;
        try
        {
            if (_options.Drone is { } drone)
            {
                _drone = StartDrone(drone);
            }
        }
        catch
        {
            CloseListeners();
            throw;
        }

        _hub = new TextHub(_sessions, new TextHubOptions
        {
            ServerName = _options.ServerName ?? Environment.MachineName,
            StartTime = StartTime,
            Era = _options.Era,
            AllowControl = _options.AllowControl,
            QueueBytes = _options.QueueBytes,
            Numbers = _numbers,
            Shutdown = () => StopAsync(KismetStopReason.Requested),
        });
        _hub.Tick(DateTimeOffset.UtcNow);
        foreach (Socket listener in _listeners)
        {
            _ = AcceptAsync(listener);
        }
    }

    private DroneServer StartDrone(DroneServerOptions options)
    {
        List<CaptureSession> hearing = [];
        foreach (DeviceSession session in _sessions)
        {
            if (session is not CaptureSession capture)
            {
                Warn($"'{session.Name}' is a {session.Kind}, which has devices but no frames: nothing of it goes to the drone port.");
            }
            else if (capture.Completion.IsCompleted)
            {
                Warn($"'{session.Name}' has ended: no frames of it go to the drone port.");
            }
            else
            {
                hearing.Add(capture);
            }
        }

        if (hearing.Count == 0)
        {
            throw new KismetException(
                KismetErrorId.SessionNotFound, "None of the sessions has frames that a drone could send.", "Serve a TZSP listener, a live capture or a drone while it runs, or leave the drone port out.");
        }

        if (_options.Certificate is not null)
        {
            Warn("Drones know no TLS: the frames go to the drone port unencrypted.");
        }

        return DroneServer.Start(hearing, options with { Numbers = _numbers });
    }

    private void Run()
    {
        try
        {
            long next = Environment.TickCount64 + (long)s_tick.TotalMilliseconds;
            while (!StopToken.WaitHandle.WaitOne(s_poll))
            {
                TellDroneError();
                if (Environment.TickCount64 < next)
                {
                    _hub!.PollAlerts();
                    continue;
                }

                // Ticks that could not be kept are left out, not made up for.
                next = Math.Max(next + (long)s_tick.TotalMilliseconds, Environment.TickCount64 + (long)s_poll.TotalMilliseconds);
                _hub!.Tick(DateTimeOffset.UtcNow);
            }
        }
        finally
        {
            End();
        }
    }

    private void TellDroneError()
    {
        if (!_droneTold && _drone?.Error is { } error)
        {
            _droneTold = true;
            Warn($"Frames are served no more: {error.Message} Devices are served on.");
        }
    }

    private void End()
    {
        CloseListeners();
        _drone?.Dispose();
        _hub!.Terminate();
        foreach (ClientLink link in Links())
        {
            link.Close();
        }

        long until = Environment.TickCount64 + (long)s_goodBye.TotalMilliseconds;
        while (Links().Length > 0 && Environment.TickCount64 < until)
        {
            Thread.Sleep(10);
        }

        foreach (ClientLink link in Links())
        {
            link.Abort();
        }

        _hub.Dispose();
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!StopToken.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptAsync(StopToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A connection that was gone before it was taken, or no descriptor left: neither ends the server.
                await Task.Delay(100).ConfigureAwait(false);
                continue;
            }

            Take(socket);
        }
    }

    private void Take(Socket socket)
    {
        if (socket.RemoteEndPoint is not IPEndPoint remote || !Allows(remote.Address))
        {
            Interlocked.Increment(ref _notAllowed);
            Refuse(socket, "Connections from your address are not allowed");
            return;
        }

        ClientLink link = new(socket, _hub!, _options.Certificate, _options.SendTimeout);
        lock (_gate)
        {
            if (_links.Count >= _options.MaxClients)
            {
                _tooMany++;
                link = null!;
            }
            else
            {
                _links.Add(link);
            }
        }

        if (link is null)
        {
            Refuse(socket, "Too many clients are connected");
            return;
        }

        _ = TalkAsync(link);
    }

    private bool Allows(IPAddress address) => _options.Allowed.IsEmpty
        ? IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        : _options.Allowed.Allows(address);

    private void Refuse(Socket socket, string reason)
    {
        // Within TLS a plain line would be noise.
        if (_options.Certificate is not null)
        {
            socket.Dispose();
            return;
        }

        _ = ClientLink.RefuseAsync(socket, TextHub.Refusal(reason));
    }

    private async Task TalkAsync(ClientLink link)
    {
        try
        {
            await link.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _links.Remove(link);
            }
        }
    }

    private ClientLink[] Links()
    {
        lock (_gate)
        {
            return [.. _links];
        }
    }

    private void CloseListeners()
    {
        foreach (Socket listener in _listeners)
        {
            listener.Dispose();
        }
    }

    private KismetServerClient Describe(DroneClientInfo client) => new()
    {
        Id = client.Id,
        EndPoint = client.EndPoint,
        Protocol = KismetServerClientProtocol.Drone,
        Era = client.Protocol == DroneProtocol.Stable ? TextEra.Stable : TextEra.Newcore,
        ConnectedAt = client.ConnectedAt,
        LinesSent = client.Sent,
        BytesSent = client.SentBytes,
        Queued = client.QueuedBytes,
        Dropped = client.Dropped,
        Commands = client.CommandsRefused + client.Flushes,
        Errors = client.CommandsRefused,
        SessionId = Id,
    };

    private KismetServerClient Describe(ClientLink link)
    {
        ClientConversation conversation = link.Conversation!;
        return new KismetServerClient
        {
            Id = conversation.Id,
            EndPoint = link.EndPoint,
            Era = conversation.Era,
            ConnectedAt = link.ConnectedAt,
            Enabled = new DetailList<KismetCounter>([.. conversation.Enabled().Select(static e => new KismetCounter { Name = e.Name, Count = e.Fields })]),
            LinesSent = conversation.LinesSent,
            BytesSent = conversation.BytesSent,
            Queued = conversation.Queued,
            Dropped = conversation.Dropped,
            Commands = conversation.Commands,
            Errors = conversation.Errors,
            IsEncrypted = _options.Certificate is not null,
            SessionId = Id,
        };
    }
}
