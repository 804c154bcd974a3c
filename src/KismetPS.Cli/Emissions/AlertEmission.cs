using KismetPS.Cli.Output;
using KismetPS.Tracking;

namespace KismetPS.Cli.Emissions;

/// <summary>Alerts as they are raised.</summary>
internal sealed class AlertEmission(DeviceSession session, CliContext context, bool json, long limit) : Emission(context, json, limit)
{
    private long _last;
    private long _missed;

    public override long Dropped => _missed;

    protected override void Take()
    {
        foreach (KismetAlert alert in session.GetAlerts(_last))
        {
            _missed += alert.Sequence - _last - 1;
            _last = alert.Sequence;
            Write(alert, Lines.Of);
        }
    }
}
