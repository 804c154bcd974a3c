namespace KismetPS.Capture.Drone;

/// <summary>Radio facts of a frame from a drone. Levels of 0 are not known.</summary>
/// <param name="Channel">Stable: the channel; newcore: 0.</param>
/// <param name="FrequencyMHz">Newcore: the frequency; stable: 0.</param>
/// <param name="SignalDbm">Newcore: dBm. Stable: what the driver gave, dBm or not.</param>
/// <param name="NoiseDbm">As <paramref name="SignalDbm"/>.</param>
/// <param name="SignalRssi">Newcore: in the driver's own measure.</param>
/// <param name="NoiseRssi">As <paramref name="SignalRssi"/>.</param>
/// <param name="Carrier">The protocol's number of the carrier.</param>
/// <param name="Encoding">The protocol's number of the modulation.</param>
/// <param name="Rate">In units of 100 kbit/s.</param>
/// <param name="Accuracy">Newcore: what the levels are worth; 0 unknown.</param>
/// <param name="Quality">Stable: never filled by real drones.</param>
internal readonly record struct DroneRadio(
    int Channel, int FrequencyMHz, short SignalDbm, short NoiseDbm, short SignalRssi, short NoiseRssi, uint Carrier, uint Encoding, uint Rate, ushort Accuracy, ushort Quality);
