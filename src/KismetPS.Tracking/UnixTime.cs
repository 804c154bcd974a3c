namespace KismetPS.Tracking;

/// <summary>Packet times: nanoseconds since 1970-01-01 UTC in the engine, <see cref="DateTimeOffset"/> (100 ns) outside.</summary>
internal static class UnixTime
{
    /// <summary>Now.</summary>
    public static long NowNs => (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;

    /// <summary>To the outside.</summary>
    public static DateTimeOffset ToDateTime(long ns) => new(DateTime.UnixEpoch.Ticks + (ns / TimeSpan.NanosecondsPerTick), TimeSpan.Zero);

    /// <summary>To the inside.</summary>
    public static long FromDateTime(DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;

    /// <summary>Time between two moments, whichever is first; packet times are whatever a file says, so the difference may not fit.</summary>
    public static long Distance(long oneNs, long otherNs)
    {
        ulong difference = oneNs >= otherNs ? (ulong)oneNs - (ulong)otherNs : (ulong)otherNs - (ulong)oneNs;
        return difference > long.MaxValue ? long.MaxValue : (long)difference;
    }
}
