namespace KismetPS.PowerShell.Model;

/// <summary>What a capture writes to the pipeline.</summary>
public enum KismetEmit
{
    /// <summary>A snapshot of a device each time it changes.</summary>
    Device = 1,

    /// <summary>A snapshot of a network each time it changes.</summary>
    Network,

    /// <summary>Each decoded 802.11 frame.</summary>
    Frame,

    /// <summary>Each TZSP message with its tags.</summary>
    Packet,

    /// <summary>Each alert.</summary>
    Alert,
}
