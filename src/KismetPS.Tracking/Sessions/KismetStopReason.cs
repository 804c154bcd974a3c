namespace KismetPS.Tracking;

/// <summary>Why a session ended.</summary>
public enum KismetStopReason
{
    /// <summary>It has not ended.</summary>
    None = 0,

    /// <summary>Somebody stopped it.</summary>
    Requested,

    /// <summary>The input came to its end.</summary>
    EndOfInput,

    /// <summary>A bound was reached: count, duration or idle time.</summary>
    LimitReached,

    /// <summary>Its runspace closed or the module was removed.</summary>
    HostClosed,

    /// <summary>It failed.</summary>
    Failed,
}
