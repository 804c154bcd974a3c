namespace KismetPS.Capture.Drone;

/// <summary>One entry of a list of channels: a channel and how long to stay, or a range of frequencies.</summary>
/// <param name="First">The channel, or the start of the range.</param>
/// <param name="Dwell">Time units on it; a real drone repeats the channel here. 0 for a range.</param>
/// <param name="Last">End of the range; 0 for a channel.</param>
/// <param name="Width">Width of a channel in the range.</param>
/// <param name="Step">Step through the range.</param>
internal readonly record struct DroneChannel(int First, int Dwell, int Last, int Width, int Step)
{
    /// <summary>Whether this is a range.</summary>
    public bool IsRange => Last != 0;
}
