namespace KismetPS.Tracking.Engine;

/// <summary>Events per second over the last five whole seconds of wall time. Written by one thread, read by any.</summary>
internal sealed class RateMeter
{
    private const int Seconds = 5;

    private readonly long[] _counts = new long[Seconds + 1];
    private readonly long[] _second = new long[Seconds + 1];

    /// <summary>Adds events that happened now.</summary>
    public void Add(long count)
    {
        long now = Environment.TickCount64 / 1000;
        int slot = (int)(now % _counts.Length);
        if (_second[slot] != now)
        {
            _counts[slot] = 0;
            Volatile.Write(ref _second[slot], now);
        }

        _counts[slot] += count;
    }

    /// <summary>Events per second.</summary>
    public double PerSecond
    {
        get
        {
            long now = Environment.TickCount64 / 1000;
            long sum = 0;
            for (int i = 0; i < _counts.Length; i++)
            {
                long age = now - Volatile.Read(ref _second[i]);
                sum += age is >= 1 and <= Seconds ? _counts[i] : 0;
            }

            return (double)sum / Seconds;
        }
    }
}
