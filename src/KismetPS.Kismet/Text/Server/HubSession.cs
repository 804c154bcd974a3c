using KismetPS.Tracking;

namespace KismetPS.Kismet.Text.Server;

/// <summary>A session that is served, and what was read of it for this tick.</summary>
internal sealed class HubSession(DeviceSession session, int index) : IDisposable
{
    private readonly ChangeReader _devices = session.OpenChanges(null, KismetChangeKind.All, existing: true);
    private readonly NetworkChangeReader _networks = session.OpenNetworkChanges(null, existing: true);
    private readonly Dictionary<string, Guid> _uuids = [];
    private readonly RemoteSources? _remote = session is KismetConnection connection ? new RemoteSources(connection) : null;
    private long _alert;

    /// <summary>The session.</summary>
    public DeviceSession Session => session;

    /// <summary>Its place among the sessions.</summary>
    public int Index => index;

    /// <summary>Devices that changed.</summary>
    public List<KismetDeviceChange> Devices { get; } = [];

    /// <summary>Networks that changed.</summary>
    public List<KismetNetwork> Networks { get; } = [];

    /// <summary>Counters.</summary>
    public KismetStatistic? Statistic { get; private set; }

    /// <summary>Sources of the server the session is connected to, as last read; null: not known yet.</summary>
    public IReadOnlyList<KismetSource>? Remote { get; private set; } = [];

    /// <summary>Whether a client removed its sources.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>Reads all that changed: networks first, so that each has its device by the time the devices are read.</summary>
    public void Read()
    {
        Devices.Clear();
        Networks.Clear();
        _networks.Read(Networks);
        _devices.Read(Devices);
        Statistic = session.Statistics;
        Remote = _remote is null ? [] : _remote.Read();
    }

    /// <summary>Alerts since the last call.</summary>
    public IReadOnlyList<KismetAlert> ReadAlerts()
    {
        IReadOnlyList<KismetAlert> alerts = session.GetAlerts(_alert);
        if (alerts.Count > 0)
        {
            _alert = alerts[^1].Sequence;
        }

        return alerts;
    }

    /// <summary>The number of a sensor.</summary>
    public Guid UuidOf(string sensor)
    {
        if (!_uuids.TryGetValue(sensor, out Guid uuid))
        {
            _uuids.Add(sensor, uuid = WireSource.UuidOf(session, sensor));
        }

        return uuid;
    }

    /// <inheritdoc/>
    public void Dispose() => _devices.Dispose();
}
