namespace KismetPS.Capture.Drone;

/// <summary>What a CHANNELSET frame is for. A drone takes 1 to 4.</summary>
internal enum DroneChannelCommand
{
    /// <summary>The drone tells its channels.</summary>
    Report = 0,
    SetHop = 1,
    SetList = 2,
    SetCurrent = 3,
    SetHopDwell = 4,
}
