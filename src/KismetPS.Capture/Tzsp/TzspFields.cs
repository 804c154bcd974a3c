namespace KismetPS.Capture.Tzsp;

/// <summary>Which members of <see cref="TzspFacts"/> hold a value.</summary>
[Flags]
internal enum TzspFields : byte
{
    None = 0,
    PacketCount = 1 << 0,
    OriginalLength = 1 << 1,
    SensorClock = 1 << 2,
    FcsError = 1 << 3,
    Decrypted = 1 << 4,
    CaptureId = 1 << 5,

    /// <summary>The rate is none that the protocol lists; half megabits were assumed.</summary>
    NonStandardRate = 1 << 6,
}
