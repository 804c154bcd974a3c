using KismetPS.Capture;

namespace KismetPS.Tracking;

/// <summary>A session that takes frames from one source and tracks the devices in them. The tables stay readable after it has ended.</summary>
public abstract class CaptureSession : KismetSession
{
    private protected CaptureSession(KismetSessionKind kind, string? name)
        : base(kind, name)
    {
    }

    /// <inheritdoc/>
    public override string EndPoint => string.Empty;

    /// <inheritdoc/>
    public override KismetStatistic Statistics => throw new NotImplementedException();

    /// <summary>Snapshots of the devices that pass the filter.</summary>
    internal IReadOnlyList<KismetDevice> GetDevices(DeviceFilter? filter = null) => throw new NotImplementedException();

    /// <summary>Snapshots of the networks that pass the filter.</summary>
    internal IReadOnlyList<KismetNetwork> GetNetworks(DeviceFilter? filter = null) => throw new NotImplementedException();

    /// <summary>Alerts with a sequence number above <paramref name="after"/>, oldest first.</summary>
    internal IReadOnlyList<KismetAlert> GetAlerts(long after = 0) => throw new NotImplementedException();

    /// <summary>A subscription to changes: the reader asks at its own pace and gets each device once per call, however often it changed. Dispose ends it.</summary>
    /// <param name="filter">Which devices; null: all.</param>
    /// <param name="kinds">Which changes.</param>
    /// <param name="existing">Whether devices known already are given first, as Added.</param>
    internal ChangeReader OpenChanges(DeviceFilter? filter, KismetChangeKind kinds, bool existing) => throw new NotImplementedException();

    /// <summary>As <see cref="OpenChanges"/> for networks: each network that changed since the last call.</summary>
    internal NetworkChangeReader OpenNetworkChanges(DeviceFilter? filter, bool existing) => throw new NotImplementedException();

    /// <summary>A subscription to single frames, bounded; what a slow reader misses is counted. Dispose ends it.</summary>
    internal FrameReader OpenFrames(int capacityBytes = 16 * 1024 * 1024) => throw new NotImplementedException();

    /// <summary>Source bytes read and their total, for progress; total 0 if endless.</summary>
    internal (long Position, long Length) Progress => throw new NotImplementedException();
}
