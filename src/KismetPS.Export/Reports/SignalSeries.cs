namespace KismetPS.Export.Reports;

/// <summary>
/// The signal of one device over time in a bounded number of steps: where they would become too many, neighbours are merged and the steps become
/// twice as long. Minimum, maximum, mean and count of each step are exact, whatever was merged.
/// </summary>
internal sealed class SignalSeries
{
    /// <summary>Most steps kept.</summary>
    public const int Capacity = 120;

    private readonly List<SignalStep> _steps = new(8);
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    /// <summary>Length of a step, milliseconds: 1000 times a power of two.</summary>
    public long StepMs { get; private set; } = 1000;

    /// <summary>The steps in which something was heard, oldest first.</summary>
    public IReadOnlyList<SignalStep> Steps => _steps;

    /// <summary>Takes a reading. One of the very time of the last is the same reading told again and is left out.</summary>
    public void Add(DateTimeOffset time, int dbm)
    {
        if (time == _last)
        {
            return;
        }

        _last = time;
        dbm = Math.Clamp(dbm, short.MinValue, short.MaxValue);
        Put(new SignalStep(Slot(time.ToUnixTimeMilliseconds(), StepMs), (short)dbm, (short)dbm, dbm, 1));
        while (_steps.Count > Capacity)
        {
            Coarsen();
        }
    }

    /// <summary>Begin of a step, milliseconds since 1970.</summary>
    public long BeginMs(SignalStep step) => step.Slot * StepMs;

    private static long Slot(long ms, long width) => (long)Math.Floor((double)ms / width);

    private void Put(SignalStep step)
    {
        // Nearly always the newest: time runs on. What comes late is found.
        int at = _steps.Count - 1;
        while (at >= 0 && _steps[at].Slot > step.Slot)
        {
            at--;
        }

        if (at >= 0 && _steps[at].Slot == step.Slot)
        {
            _steps[at] = _steps[at].With(step);
        }
        else
        {
            _steps.Insert(at + 1, step);
        }
    }

    private void Coarsen()
    {
        StepMs *= 2;
        int kept = 0;
        for (int i = 0; i < _steps.Count; i++)
        {
            SignalStep step = _steps[i] with { Slot = _steps[i].Slot >> 1 };
            if (kept > 0 && _steps[kept - 1].Slot == step.Slot)
            {
                _steps[kept - 1] = _steps[kept - 1].With(step);
            }
            else
            {
                _steps[kept++] = step;
            }
        }

        _steps.RemoveRange(kept, _steps.Count - kept);
    }
}
