namespace KismetPS.Samples;

/// <summary>One frame on the air.</summary>
/// <param name="TimeUs">Microseconds since the scene began.</param>
/// <param name="Sender">Whose signal is measured.</param>
/// <param name="FrequencyMHz">Where it was sent.</param>
/// <param name="Rate">Legacy rate, units of 500 kbit/s.</param>
/// <param name="Bytes">The 802.11 frame without FCS.</param>
public sealed record AirFrame(long TimeUs, Station Sender, int FrequencyMHz, int Rate, byte[] Bytes);
