using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace KismetPS.PowerShell.Streaming;

/// <summary>A progress bar for work that takes longer than a second: at most five updates a second, and always completed.</summary>
internal sealed class ProgressMeter(Cmdlet cmdlet, string activity)
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = TimeSpan.FromSeconds(1);
    private bool _shown;

    /// <summary>Whether an update would be shown now.</summary>
    public bool IsDue => _clock.Elapsed >= _next;

    /// <summary>Shows how far the work is, 0 to 1, with the time left and the number of things done per second.</summary>
    public void Update(double part, long done, string what)
    {
        TimeSpan now = _clock.Elapsed;
        if (now < _next)
        {
            return;
        }

        _next = now + s_pace;
        _shown = true;
        part = Math.Clamp(part, 0, 1);
        cmdlet.WriteProgress(new ProgressRecord(Id, activity, string.Create(CultureInfo.CurrentCulture, $"{done:N0} {what}, {done / now.TotalSeconds:N0} per second"))
        {
            PercentComplete = (int)(part * 100),
            SecondsRemaining = part > 0 ? (int)Math.Min(now.TotalSeconds * (1 - part) / part, int.MaxValue) : -1,
        });
    }

    /// <summary>Takes the bar away.</summary>
    public void Complete()
    {
        if (_shown)
        {
            cmdlet.WriteProgress(new ProgressRecord(Id, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    // Any number that other modules are unlikely to use for their outermost bar.
    private const int Id = 37008;
}
