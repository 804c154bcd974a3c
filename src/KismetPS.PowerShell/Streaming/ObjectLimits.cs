using System.Diagnostics;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Bounds on objects that come through the pipeline: they can be looked at only as one comes.</summary>
internal sealed class ObjectLimits(StreamLimits limits)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _heard;

    /// <summary>Whether the object that has come now is too late to be taken.</summary>
    public bool IsOver()
    {
        TimeSpan now = _clock.Elapsed;
        bool over = (limits.Duration > TimeSpan.Zero && now >= limits.Duration) || (limits.IdleTimeout > TimeSpan.Zero && now - _heard >= limits.IdleTimeout);
        _heard = now;
        return over;
    }

    /// <summary>Whether so many objects are enough.</summary>
    public bool IsFull(long taken) => limits.Count > 0 && taken >= limits.Count;
}
