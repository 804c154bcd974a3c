namespace KismetPS.PowerShell.Model;

/// <summary>What a session can tell of.</summary>
public enum KismetEventKind
{
    /// <summary>A device appeared, changed or went.</summary>
    Device = 1,

    /// <summary>A network appeared or changed.</summary>
    Network = 2,

    /// <summary>An alert was raised.</summary>
    Alert = 4,

    /// <summary>The session ended.</summary>
    Session = 8,
}
