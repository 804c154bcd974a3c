using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Alerts of a session as they are raised. They are rare: asked for often, so that none is old news.</summary>
internal sealed class AlertStream(DeviceSession session) : PolledStream(session.Completion, TimeSpan.FromMilliseconds(100))
{
    private long _last;
    private long _missed;

    public override long Dropped => _missed;

    public override void Dispose()
    {
    }

    protected override void Poll(List<object> into)
    {
        foreach (KismetAlert alert in session.GetAlerts(_last))
        {
            _missed += alert.Sequence - _last - 1;
            _last = alert.Sequence;
            into.Add(alert);
        }
    }
}
