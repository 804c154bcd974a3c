using KismetPS.Export.Messages;
using KismetPS.Tracking;

namespace KismetPS.Export;

/// <summary>What one session has to tell since the last time it was asked.</summary>
internal sealed class SourceFeed : IDisposable
{
    private readonly DeviceSession _session;
    private readonly ChangeReader _changes;
    private readonly bool _all;
    private readonly bool _alerts;
    private readonly List<KismetDeviceChange> _batch = [];
    private long _lastAlert;

    public SourceFeed(DeviceSession session, bool all, bool alerts)
    {
        _session = session;
        _all = all;
        _alerts = alerts;
        _changes = session.OpenChanges(null, all ? KismetChangeKind.Expired : KismetChangeKind.All, existing: true);
    }

    /// <summary>Expired devices that were pushed out of the subscription's backlog.</summary>
    public long Missed => _changes.Missed;

    public void Read(Action<ExportRecordKind, KismetDevice?, KismetAlert?> write)
    {
        bool whole;
        do
        {
            whole = _changes.Read(_batch, ChangeReader.Handful);
            foreach (KismetDeviceChange change in _batch)
            {
                write(change.Change == KismetChangeKind.Expired ? ExportRecordKind.Expired : ExportRecordKind.Device, change.Device, null);
            }

            _batch.Clear();
        }
        while (!whole);
        if (_all)
        {
            foreach (KismetDevice device in _session.GetDevices())
            {
                write(ExportRecordKind.Device, device, null);
            }
        }

        if (!_alerts)
        {
            return;
        }

        foreach (KismetAlert alert in _session.GetAlerts(_lastAlert))
        {
            _lastAlert = alert.Sequence;
            write(ExportRecordKind.Alert, null, alert);
        }
    }

    public void Dispose() => _changes.Dispose();
}
