namespace KismetPS.Wireless.Radio;

/// <summary>The modulation family a frame was sent with, as told by the radio header.</summary>
internal enum PhyType : byte
{
    Unknown = 0,
    Fhss,
    Dsss,
    Ofdm,
    Ht,
    Vht,
    He,
    Eht,
    S1G,
    Dmg,
}
