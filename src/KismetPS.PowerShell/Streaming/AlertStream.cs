using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Alerts of a session as they are raised. They are rare: asked for often, so that none is old news.</summary>
/// <param name="session">Session.</param>
/// <param name="existing">Begins with those raised already.</param>
internal sealed class AlertStream(DeviceSession session, bool existing = true) : PolledStream(session.Completion, TimeSpan.FromMilliseconds(100))
{
    private long _last = existing ? 0 : session.GetAlerts().LastOrDefault()?.Sequence ?? 0;
    private long _missed;

    public override long Dropped => _missed;

    public override void Dispose()
    {
    }

    protected override bool Poll(List<object> into)
    {
        foreach (KismetAlert alert in session.GetAlerts(_last))
        {
            _missed += alert.Sequence - _last - 1;
            _last = alert.Sequence;
            into.Add(alert);
        }

        return true;
    }
}
