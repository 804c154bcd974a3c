namespace KismetPS.Tracking;

/// <summary>Kinds of sessions.</summary>
public enum KismetSessionKind
{
    /// <summary>Receives TZSP.</summary>
    TzspListener = 1,

    /// <summary>Captures from an interface.</summary>
    Capture,

    /// <summary>Reads a capture file.</summary>
    Import,

    /// <summary>Connected to a Kismet server or drone.</summary>
    Connection,

    /// <summary>Serves Kismet clients.</summary>
    Server,

    /// <summary>Sends devices on.</summary>
    Export,

    /// <summary>Receives what an export sends.</summary>
    Receiver,
}
