namespace KismetPS.Capture.Drone;

/// <summary>A CHANNELSET frame of newcore.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="Command">What for.</param>
/// <param name="Current">The channel it is on, or is to go to.</param>
/// <param name="Hops">Whether it hops, or is to.</param>
/// <param name="Channels">The list, 256 entries at most.</param>
/// <param name="Rate">Channels a second.</param>
/// <param name="Dwell">Seconds on a channel.</param>
internal sealed record DroneChannelSet(Guid SourceId, DroneChannelCommand Command, int Current, bool Hops, IReadOnlyList<DroneChannel> Channels, int Rate, int Dwell);
