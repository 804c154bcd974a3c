using System.Management.Automation;

namespace KismetPS.PowerShell.Streaming;

/// <summary>A progress bar for a stream that ends by itself; an endless one has nothing to show a bar for.</summary>
internal sealed class LimitProgress(Cmdlet cmdlet, string activity, StreamLimits limits, string what)
{
    private readonly ProgressMeter _meter = new(cmdlet, activity);

    /// <summary>Shows the nearer of the two bounds.</summary>
    public void Update(long done, TimeSpan elapsed)
    {
        if (_meter.IsDue && (limits.Duration > TimeSpan.Zero || limits.Count > 0))
        {
            _meter.Update(
                Math.Max(
                    limits.Duration > TimeSpan.Zero ? elapsed / limits.Duration : 0,
                    limits.Count > 0 ? (double)done / limits.Count : 0),
                done,
                what);
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void Complete() => _meter.Complete();
}
