namespace KismetPS.Wireless.Radio;

/// <summary>Which members of <see cref="RadioInfo"/> hold a value.</summary>
[Flags]
internal enum RadioFields
{
    None = 0,
    Signal = 1 << 0,
    Noise = 1 << 1,
    Rate = 1 << 2,
    Frequency = 1 << 3,
    Channel = 1 << 4,
    Timestamp = 1 << 5,
    Antenna = 1 << 6,
    Mcs = 1 << 7,
    Width = 1 << 8,
    Snr = 1 << 9,
    RawSignal = 1 << 10,
}
