namespace KismetPS.Tracking;

/// <summary>The life of a session. It goes forward only.</summary>
public enum KismetSessionState
{
    /// <summary>Made, not started.</summary>
    Created = 0,

    /// <summary>Opening what it needs.</summary>
    Starting,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Asked to stop.</summary>
    Stopping,

    /// <summary>Ended as wanted; see the reason.</summary>
    Stopped,

    /// <summary>Ended by a failure; see the error.</summary>
    Faulted,
}
