namespace KismetPS.Export.Delivery;

/// <summary>How long to wait before the next try: twice as long each time, with jitter so that many senders do not come back in step.</summary>
internal sealed class BackOff(TimeSpan first, TimeSpan most)
{
    private int _failures;

    /// <summary>The wait before the next try: between half and all of its step.</summary>
    public TimeSpan Next()
    {
        TimeSpan step = first * Math.Pow(2, Math.Min(_failures++, 20));
        step = step < most ? step : most;
        return step * (0.5 + (Random.Shared.NextDouble() / 2));
    }

    /// <summary>A try went well.</summary>
    public void Reset() => _failures = 0;
}
