namespace KismetPS.Capture.Drone;

/// <summary>What came of a piece of a drone's stream. All but the first end the connection.</summary>
internal enum DroneIntakeStatus
{
    /// <summary>It was taken.</summary>
    Ok = 0,

    /// <summary>No frame where one must begin.</summary>
    BadSentinel,

    /// <summary>A frame longer than any the programs send.</summary>
    TooLong,

    /// <summary>A version nobody published.</summary>
    BadVersion,
}
