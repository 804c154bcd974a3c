namespace KismetPS.Tracking;

/// <summary>What happened to a device.</summary>
[Flags]
public enum KismetChangeKind
{
    /// <summary>Heard for the first time.</summary>
    Added = 1,

    /// <summary>Anything about it changed.</summary>
    Updated = 2,

    /// <summary>Not heard for the session's timeout, or pushed out of a full table.</summary>
    Expired = 4,

    /// <summary>All of them.</summary>
    All = Added | Updated | Expired,
}
