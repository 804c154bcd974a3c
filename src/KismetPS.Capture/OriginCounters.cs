namespace KismetPS.Capture;

/// <summary>Counters of one origin. Written by the source's thread, read by any: 64-bit reads are whole, and being one batch behind is fine.</summary>
internal struct OriginCounters
{
    /// <summary>Messages or packets received.</summary>
    public long Received;

    /// <summary>Bytes received.</summary>
    public long Bytes;

    /// <summary>Messages that could not be read.</summary>
    public long Malformed;

    /// <summary>Messages the packet count (TZSP tag 40) says were lost on the way.</summary>
    public long Lost;

    /// <summary>Messages that came after a later one.</summary>
    public long Reordered;

    /// <summary>Messages with the same count as the one before.</summary>
    public long Duplicates;

    /// <summary>Times the packet count began anew.</summary>
    public long Restarts;

    /// <summary>Time of the first message, Unix nanoseconds, 0 if none.</summary>
    public long FirstSeenNs;

    /// <summary>Time of the last message, Unix nanoseconds, 0 if none.</summary>
    public long LastSeenNs;
}
