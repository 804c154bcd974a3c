namespace KismetPS.Kismet.Text.Values;

/// <summary>Ways of carrying a frame as a set: bit n is number n of the protocol. See <see cref="WireValue"/> for what the eras make of it.</summary>
[Flags]
internal enum CarrierSet
{
    None = 0,
    Unknown = 1 << 0,
    Dot11B = 1 << 1,
    Dot11BPlus = 1 << 2,
    Dot11A = 1 << 3,
    Dot11G = 1 << 4,
    Fhss = 1 << 5,
    Dsss = 1 << 6,

    /// <summary>802.11n, 20 MHz. Newcore only.</summary>
    Dot11N20 = 1 << 7,

    /// <summary>802.11n, 40 MHz. Newcore only.</summary>
    Dot11N40 = 1 << 8,
}
