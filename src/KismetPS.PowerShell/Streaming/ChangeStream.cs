using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Changes of devices of any number of sessions, as changes or as the devices themselves.</summary>
internal sealed class ChangeStream : PolledStream
{
    private readonly List<ChangeReader> _readers = [];
    private readonly List<KismetDeviceChange> _changes = [];
    private readonly bool _devices;

    public ChangeStream(IReadOnlyCollection<DeviceSession> sessions, DeviceFilter? filter, KismetChangeKind kinds, bool existing, bool devices, TimeSpan interval)
        : base(Task.WhenAll(sessions.Select(static s => s.Completion)), interval)
    {
        _devices = devices;
        foreach (DeviceSession session in sessions)
        {
            _readers.Add(session.OpenChanges(filter, kinds, existing));
        }
    }

    public override long Dropped => _readers.Sum(static r => r.Missed);

    public override void Dispose() => _readers.ForEach(static r => r.Dispose());

    protected override void Poll(List<object> into)
    {
        _changes.Clear();
        foreach (ChangeReader reader in _readers)
        {
            reader.Read(_changes);
        }

        foreach (KismetDeviceChange change in _changes)
        {
            into.Add(_devices ? change.Device : change);
        }
    }
}
