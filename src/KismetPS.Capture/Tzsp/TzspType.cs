namespace KismetPS.Capture.Tzsp;

/// <summary>TZSP message types.</summary>
public enum TzspType
{
    /// <summary>A received frame, sensor to server.</summary>
    Received = 0,

    /// <summary>A frame to transmit; some senders use it for received ones, so it is read alike.</summary>
    Transmit = 1,

    /// <summary>Reserved; has tags and a frame where seen.</summary>
    Reserved = 2,

    /// <summary>Configuration.</summary>
    Configuration = 3,

    /// <summary>Keepalive.</summary>
    Keepalive = 4,

    /// <summary>Opens a port through NAT.</summary>
    PortOpener = 5,
}
