namespace KismetPS.Capture.Drone;

/// <summary>What <see cref="DroneFramer.Read"/> found.</summary>
internal enum DroneFrameStatus
{
    Ok = 0,

    /// <summary>All input was taken, the frame is not whole yet.</summary>
    More,

    /// <summary>Neither protocol's sentinel, or the other one's in the middle. Nothing can be read behind it: the connection is to be closed.</summary>
    BadSentinel,

    /// <summary>A frame longer than any the programs send. Nothing can be read behind it.</summary>
    TooLong,
}
