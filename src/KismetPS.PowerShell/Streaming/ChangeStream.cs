using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Changes of devices of any number of sessions, as changes or as the devices themselves.</summary>
internal sealed class ChangeStream : PolledStream
{
    private readonly List<ChangeReader> _readers = [];
    private readonly List<KismetDeviceChange> _changes = [];
    private readonly bool _devices;
    private int _turn;

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

    protected override bool Poll(List<object> into)
    {
        // A handful at a time of one session after the other: objects that are written before the next are made are gone before the collector looks.
        _changes.Clear();
        bool whole = _readers[_turn].Read(_changes, ChangeReader.Handful);
        _turn = (_turn + (whole ? 1 : 0)) % _readers.Count;
        foreach (KismetDeviceChange change in _changes)
        {
            into.Add(_devices ? change.Device : change);
        }

        return whole && _turn == 0;
    }
}
