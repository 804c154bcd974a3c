namespace KismetPS.Capture;

/// <summary>
/// Waiting times between attempts to reach a peer that went away: doubled from attempt to attempt up to a limit, each shortened by up to a half at
/// random, so that many clients of one server that came back do not all come back at once.
/// </summary>
internal sealed class BackOff
{
    private readonly TimeSpan _first;
    private readonly TimeSpan _longest;
    private readonly Random _random;
    private TimeSpan _next;

    /// <summary>1 s to 30 s.</summary>
    public BackOff()
        : this(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30))
    {
    }

    /// <summary>Makes one.</summary>
    public BackOff(TimeSpan first, TimeSpan longest, Random? random = null)
    {
        _first = first;
        _longest = longest;
        _random = random ?? Random.Shared;
        _next = first;
    }

    /// <summary>The time to wait before the next attempt: between half of what is due and all of it.</summary>
    public TimeSpan Next()
    {
        TimeSpan due = _next;
        _next = due * 2 < _longest ? due * 2 : _longest;
        return due * (0.5 + (_random.NextDouble() / 2));
    }

    /// <summary>The peer is back: the next outage begins with the shortest wait.</summary>
    public void Reset() => _next = _first;
}
