namespace KismetPS.Kismet.Text.Values;

/// <summary>Modulations as a set: bit n is number n of the protocol. See <see cref="WireValue"/> for what the eras make of it.</summary>
[Flags]
internal enum EncodingSet
{
    None = 0,
    Unknown = 1 << 0,
    Cck = 1 << 1,
    Pbcc = 1 << 2,
    Ofdm = 1 << 3,

    /// <summary>Dynamic CCK. Newcore only.</summary>
    DynamicCck = 1 << 4,

    /// <summary>Newcore only.</summary>
    Gfsk = 1 << 5,
}
