namespace KismetPS.Kismet.RemoteCapture;

/// <summary>Commands of version 3 of Kismet's external protocol (kis_external_packet.h of 2025-09) that capture sources use.</summary>
internal enum ExternalCommand : ushort
{
    /// <summary>Asks whether the other side is there; no content.</summary>
    Ping = 2,

    /// <summary>The answer, with the number of the ping; no content.</summary>
    Pong = 3,

    /// <summary>The sender ends the connection: reason.</summary>
    Shutdown = 4,

    /// <summary>Words for the log: kind, text.</summary>
    Message = 5,

    /// <summary>A request failed: text.</summary>
    Error = 6,

    /// <summary>Server: do you handle this definition?</summary>
    ProbeRequest = 10,

    /// <summary>The answer.</summary>
    ProbeReport = 11,

    /// <summary>Server: begin to capture.</summary>
    OpenRequest = 12,

    /// <summary>The answer; packets follow it.</summary>
    OpenReport = 13,

    /// <summary>Server: which interfaces are there?</summary>
    ListRequest = 14,

    /// <summary>The answer.</summary>
    ListReport = 15,

    /// <summary>A packet.</summary>
    Packet = 16,

    /// <summary>Server: set a channel, or hop.</summary>
    ConfigureRequest = 17,

    /// <summary>The answer.</summary>
    ConfigureReport = 18,

    /// <summary>Source: what I am. The first frame of a connection, within five seconds.</summary>
    NewSource = 19,
}
