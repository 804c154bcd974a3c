using KismetPS.Tracking.Engine;

namespace KismetPS.Tracking;

/// <summary>A session that knows devices: a capture, an import, a connection to a Kismet server. What it knows stays readable after it has ended.</summary>
public abstract class DeviceSession : KismetSession
{
    private readonly object _subscribing = new();
    private volatile ChangeReader[] _changeReaders = [];

    private protected DeviceSession(KismetSessionKind kind, string? name)
        : base(kind, name)
    {
    }

    /// <summary>What is read.</summary>
    private protected abstract IDeviceView View { get; }

    /// <summary>Snapshots of the devices that pass the filter.</summary>
    internal IReadOnlyList<KismetDevice> GetDevices(DeviceFilter? filter = null)
    {
        List<KismetDevice> list = [];

        // Those there are now: one that is pushed out and comes back during the walk would be met twice.
        View.Devices(filter ?? new DeviceFilter(), 0, View.Revision, (device, _) =>
        {
            list.Add(device);
            return true;
        });
        return list;
    }

    /// <summary>Snapshots of the networks that pass the filter.</summary>
    internal IReadOnlyList<KismetNetwork> GetNetworks(DeviceFilter? filter = null)
    {
        List<KismetNetwork> list = [];
        View.Networks(filter ?? new DeviceFilter(), 0, network =>
        {
            list.Add(network);
            return true;
        });
        return list;
    }

    /// <summary>Alerts with a sequence number above <paramref name="after"/>, oldest first.</summary>
    internal IReadOnlyList<KismetAlert> GetAlerts(long after = 0) => View.Alerts(after);

    /// <summary>A subscription to changes: the reader asks at its own pace and gets each device once per call, however often it changed. Dispose ends it.</summary>
    /// <param name="filter">Which devices; null: all.</param>
    /// <param name="kinds">Which changes.</param>
    /// <param name="existing">Whether devices known already are given first, as Added.</param>
    internal ChangeReader OpenChanges(DeviceFilter? filter, KismetChangeKind kinds, bool existing)
    {
        ChangeReader reader = new(View, filter, kinds, existing, Close);
        lock (_subscribing)
        {
            _changeReaders = [.. _changeReaders, reader];
        }

        return reader;
    }

    /// <summary>As <see cref="OpenChanges"/> for networks: each network that changed since the last call.</summary>
    internal NetworkChangeReader OpenNetworkChanges(DeviceFilter? filter, bool existing) => new(View, filter, existing);

    /// <summary>Whether anybody wants to know of devices that vanish.</summary>
    private protected bool HasChangeReaders => _changeReaders.Length > 0;

    /// <summary>Tells the subscribers of a device that is about to vanish.</summary>
    private protected void TellRemoval(KismetDevice device)
    {
        foreach (ChangeReader reader in _changeReaders)
        {
            reader.OnRemoving(device);
        }
    }

    private void Close(ChangeReader reader)
    {
        lock (_subscribing)
        {
            _changeReaders = [.. _changeReaders.Where(r => r != reader)];
        }
    }
}
