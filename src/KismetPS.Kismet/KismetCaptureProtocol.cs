namespace KismetPS.Kismet;

/// <summary>How frames go to a Kismet server.</summary>
public enum KismetCaptureProtocol
{
    /// <summary>A TCP connection to its port for remote captures (3501), which asks nobody who he is.</summary>
    Tcp,

    /// <summary>A WebSocket at its HTTP port (2501), with an API key or a login.</summary>
    WebSocket,
}
