using KismetPS.Tracking;

namespace KismetPS.Export.Reports;

/// <summary>
/// What a report shows. Objects come in any order and any number of times: the last one of a device or network counts, and the signals of all of
/// a device's make its course over time. Every list is capped; what did not fit is counted and told in the report.
/// </summary>
internal sealed class ReportContent
{
    private readonly Dictionary<(int Session, string Address), KismetDevice> _devices = [];
    private readonly Dictionary<(int Session, string Bssid, string? Ssid), KismetNetwork> _networks = [];
    private readonly Dictionary<(int Session, string Address), SignalSeries> _signals = [];
    private readonly Dictionary<int, KismetStatistic> _statistics = [];
    private readonly Dictionary<(int Session, long Sequence), KismetAlert> _alerts = [];

    /// <summary>Most devices, and most networks.</summary>
    public int MaxDevices { get; init; } = 100_000;

    /// <summary>Most devices whose signal is followed.</summary>
    public int MaxSignals { get; init; } = 4_096;

    /// <summary>Most alerts: the first are kept, and how many there were besides.</summary>
    public int MaxAlerts { get; init; } = 10_000;

    /// <summary>Devices.</summary>
    public IReadOnlyCollection<KismetDevice> Devices => _devices.Values;

    /// <summary>Networks: those given, else those that the devices say they advertise.</summary>
    public IReadOnlyCollection<KismetNetwork> Networks => AreNetworksDerived ? DerivedNetworks() : _networks.Values;

    /// <summary>Whether the networks are only what the devices tell of them.</summary>
    public bool AreNetworksDerived => _networks.Count == 0;

    /// <summary>Alerts, oldest first.</summary>
    public IEnumerable<KismetAlert> Alerts => _alerts.Values.OrderBy(static a => a.Time);

    /// <summary>Counters of the sessions.</summary>
    public IEnumerable<KismetStatistic> Statistics => _statistics.Values.OrderBy(static s => s.SessionId);

    /// <summary>What the readings of the signal are.</summary>
    public SignalReading Reading { get; private set; }

    /// <summary>Devices, networks and alerts that did not fit.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Devices whose signal was not followed, there being too many.</summary>
    public int SignalsLeftOut => _devices.Values.Count(d => d.SignalDbm is not null && !_signals.ContainsKey((d.SessionId, d.MacAddress)));

    /// <summary>Whether there is nothing to report on.</summary>
    public bool IsEmpty => _devices.Count == 0 && _networks.Count == 0 && _alerts.Count == 0 && _statistics.Count == 0;

    /// <summary>The signal of a device over time; null where it was not followed.</summary>
    public SignalSeries? Signal(KismetDevice device) => _signals.GetValueOrDefault((device.SessionId, device.MacAddress));

    /// <summary>Adds a device, or what has become of it.</summary>
    public void Add(KismetDevice device)
    {
        (int SessionId, string MacAddress) key = (device.SessionId, device.MacAddress);
        if (!_devices.TryGetValue(key, out KismetDevice? known) && _devices.Count >= MaxDevices)
        {
            LeftOut++;
            return;
        }

        // An older snapshot adds a reading and replaces nothing.
        if (known is null || device.LastSeen >= known.LastSeen)
        {
            _devices[key] = device;
        }

        if (device.SignalDbm is int dbm && Series(key) is SignalSeries series)
        {
            series.Add(device.LastSeen, dbm);
            if (series.Steps.Count > 1)
            {
                Reading = SignalReading.Snapshot;
            }
        }
    }

    /// <summary>Adds a network, or what has become of it.</summary>
    public void Add(KismetNetwork network)
    {
        (int SessionId, string Bssid, string? Ssid) key = (network.SessionId, network.Bssid, network.Ssid);
        if (_networks.ContainsKey(key) || _networks.Count < MaxDevices)
        {
            _networks[key] = network;
        }
        else
        {
            LeftOut++;
        }
    }

    /// <summary>Adds an alert.</summary>
    public void Add(KismetAlert alert)
    {
        (int SessionId, long Sequence) key = (alert.SessionId, alert.Sequence);
        if (_alerts.ContainsKey(key) || _alerts.Count < MaxAlerts)
        {
            _alerts[key] = alert;
        }
        else
        {
            LeftOut++;
        }
    }

    /// <summary>Adds the counters of a session; the last ones count.</summary>
    public void Add(KismetStatistic statistic) => _statistics[statistic.SessionId] = statistic;

    /// <summary>Adds all that a session knows now.</summary>
    public void Add(DeviceSession session)
    {
        foreach (KismetDevice device in session.GetDevices())
        {
            Add(device);
        }

        foreach (KismetNetwork network in session.GetNetworks())
        {
            Add(network);
        }

        foreach (KismetAlert alert in session.GetAlerts())
        {
            Add(alert);
        }

        Add(session.Statistics);
    }

    private SignalSeries? Series((int Session, string Address) key)
    {
        if (_signals.TryGetValue(key, out SignalSeries? series))
        {
            return series;
        }

        return _signals.Count < MaxSignals ? _signals[key] = new SignalSeries() : null;
    }

    private List<KismetNetwork> DerivedNetworks()
    {
        List<KismetNetwork> networks = [];
        foreach (KismetDevice device in _devices.Values)
        {
            foreach (KismetSsid ssid in device.Ssids)
            {
                networks.Add(new KismetNetwork
                {
                    Bssid = device.MacAddress,
                    Ssid = ssid.Ssid,
                    Hidden = ssid.Hidden,
                    Channel = ssid.Channel ?? device.Channel,
                    FrequencyMHz = ssid.Channel is null || ssid.Channel == device.Channel ? device.FrequencyMHz : null,
                    Encryption = ssid.Encryption,
                    Standard = device.Standard,
                    SignalDbm = device.SignalDbm,
                    ClientCount = device.ClientCount,
                    Packets = ssid.Packets,
                    Manufacturer = device.Vendor,
                    FirstSeen = ssid.FirstSeen,
                    LastSeen = ssid.LastSeen,
                    SessionId = device.SessionId,
                    IsStale = device.IsStale,
                });
            }
        }

        return networks;
    }
}
