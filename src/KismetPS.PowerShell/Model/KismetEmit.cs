namespace KismetPS.PowerShell.Model;

/// <summary>What a session writes to the pipeline. One of them: the numbers are bits, so that PowerShell refuses a list instead of taking its sum for another.</summary>
public enum KismetEmit
{
    /// <summary>A snapshot of a device each time it changes.</summary>
    Device = 1,

    /// <summary>A snapshot of a network each time it changes.</summary>
    Network = 2,

    /// <summary>Each decoded 802.11 frame.</summary>
    Frame = 4,

    /// <summary>Each TZSP message with its tags.</summary>
    Packet = 8,

    /// <summary>Each alert.</summary>
    Alert = 16,

    /// <summary>Each sentence of a server of the text protocol.</summary>
    Sentence = 32,
}
