namespace KismetPS.Capture.Drone;

/// <summary>Kinds of frames of both protocols; the numbers on the wire are those of <see cref="DroneFrame"/>.</summary>
internal enum DroneFrameType
{
    /// <summary>Newcore 0: keep-alive, every second.</summary>
    Null,

    /// <summary>Stable 1, newcore HELO 1: the version, first on every connection.</summary>
    Hello,

    /// <summary>Newcore 2: a message of the drone.</summary>
    Text,

    /// <summary>Stable 2, newcore CAPPACKET 3: a captured frame.</summary>
    Packet,

    /// <summary>Newcore 4: channels of a source, told or, towards the drone, set.</summary>
    ChannelSet,

    /// <summary>Newcore 5: a source.</summary>
    Source,

    /// <summary>Newcore 6, which no drone sends, and all numbers nobody defined.</summary>
    Other,
}
