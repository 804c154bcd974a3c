namespace KismetPS.Kismet.Connections;

/// <summary>
/// Times between attempts to connect again: 1, 2, 4 and so on up to 30 seconds, each made longer or shorter by up to a fifth, so that many clients of one server that
/// went away do not come back all at once.
/// </summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Random random)
{
    private const double Jitter = 0.2;

    private int _attempt;

    /// <summary>From one second to thirty.</summary>
    public Backoff()
        : this(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), Random.Shared)
    {
    }

    /// <summary>Time to wait before the next attempt.</summary>
    public TimeSpan Next()
    {
        double time = Math.Min(longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(_attempt, 30)));
        _attempt++;
        return TimeSpan.FromSeconds(Math.Clamp(time * (1 + (Jitter * ((2 * random.NextDouble()) - 1))), first.TotalSeconds * (1 - Jitter), longest.TotalSeconds));
    }

    /// <summary>An attempt succeeded.</summary>
    public void Reset() => _attempt = 0;
}
