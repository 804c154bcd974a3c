namespace KismetPS.Capture.Drone;

/// <summary>The two drone protocols. They share nothing; the first four bytes tell them apart.</summary>
public enum DroneProtocol
{
    /// <summary>Not known yet.</summary>
    Unknown = 0,

    /// <summary>Version 9, 2005-08 to 2008-05: the drone talks, the server only reads.</summary>
    Stable,

    /// <summary>Version 1, 2009-05 to 2016-07: both talk; Wireshark calls it kdsp.</summary>
    Newcore,
}
