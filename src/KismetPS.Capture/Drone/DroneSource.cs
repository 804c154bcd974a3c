namespace KismetPS.Capture.Drone;

/// <summary>A capture source as a newcore drone tells it; its strings have 15 characters at most.</summary>
/// <param name="Id">Its UUID.</param>
/// <param name="IsRemoved">Whether it went away.</param>
/// <param name="Name">Its name.</param>
/// <param name="Interface">Its interface.</param>
/// <param name="Type">Its type, such as <c>mac80211</c>.</param>
/// <param name="Hops">Whether it hops.</param>
/// <param name="Dwell">Seconds on a channel when it dwells.</param>
/// <param name="Rate">Channels a second when it hops.</param>
internal sealed record DroneSource(Guid Id, bool IsRemoved, string Name, string Interface, string Type, bool Hops, int Dwell, int Rate);
