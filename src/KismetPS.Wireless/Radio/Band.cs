namespace KismetPS.Wireless.Radio;

/// <summary>Frequency bands of IEEE 802.11, each with its own channel numbering (IEEE Std 802.11-2020 Annex E).</summary>
internal enum Band : byte
{
    Unknown = 0,
    Ghz2,
    Ghz4,
    Ghz5,
    Ghz6,
    Ghz60,
    SubGhz,
}
