using KismetPS.Capture.Drone;

namespace KismetPS.Tracking;

/// <summary>Takes frames from a Kismet drone and tracks what it hears. Comes back by itself when the connection is lost.</summary>
public sealed class KismetDrone : CaptureSession
{
    private readonly DroneFrameSource _source;

    private KismetDrone(DroneFrameSource source, string computerName, string? name, TrackerOptions? tracker)
        : base(KismetSessionKind.Connection, name, source, tracker)
    {
        _source = source;
        _source.Outage = Warn;
        ComputerName = computerName;
    }

    /// <summary>Host the connection was asked for.</summary>
    public string ComputerName { get; }

    /// <summary>TCP port.</summary>
    public int Port => _source.Port;

    /// <summary>Protocol the drone speaks: Stable (to 2008) or Newcore (2009 to 2016).</summary>
    public DroneProtocol Protocol => _source.Protocol;

    /// <summary>Name the drone gives itself; null in the stable protocol, which has none.</summary>
    public string? DroneName => _source.Name;

    /// <summary>Release of the drone's program (2016-07-R1), or the version of the stable protocol (9).</summary>
    public string? DroneVersion => _source.Version;

    /// <summary>Whether it is connected now.</summary>
    public bool IsConnected => _source.IsConnected;

    /// <summary>Connections made after the first.</summary>
    public int Reconnects => _source.Reconnects;

    /// <summary>Connects on this thread (throws <see cref="KismetPS.Capture.KismetException"/>) and goes on in the background.</summary>
    /// <param name="drone">Where to and how.</param>
    /// <param name="tracker">Limits.</param>
    /// <param name="name">Name of the session, null: made.</param>
    /// <param name="capturePath">pcapng file to write all frames to, null: none.</param>
    /// <param name="attach">Called before the first frame can be read, to open subscriptions that miss nothing.</param>
    internal static KismetDrone Start(
        DroneConnectionOptions drone,
        TrackerOptions? tracker = null,
        string? name = null,
        string? capturePath = null,
        Action<KismetDrone>? attach = null)
    {
        KismetDrone session = new(new DroneFrameSource(drone), drone.ComputerName, name, tracker);
        session.StartCapture(capturePath, () => attach?.Invoke(session));
        return session;
    }
}
