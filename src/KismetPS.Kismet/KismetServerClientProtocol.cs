namespace KismetPS.Kismet;

/// <summary>What a client of a server takes.</summary>
public enum KismetServerClientProtocol
{
    /// <summary>Devices, as lines of text.</summary>
    Text,

    /// <summary>Frames, as of a drone: the client is a Kismet server.</summary>
    Drone,
}
