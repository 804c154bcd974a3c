namespace KismetPS.Wireless.Radio;

/// <summary>Channel flags of radiotap and PPI: how the channel is used, which tells the modulation where the rate does not.</summary>
internal static class ChannelFlags
{
    private const uint Cck = 0x0020;
    private const uint Ofdm = 0x0040;
    private const uint Gfsk = 0x0800;

    /// <summary>Sets the modulation where it is not known yet and the flags leave one choice (a dynamic CCK-OFDM channel does not).</summary>
    public static void Apply(uint flags, ref RadioInfo radio)
    {
        if (radio.Phy != PhyType.Unknown)
        {
            return;
        }

        radio.Phy = (flags & (Cck | Ofdm | Gfsk)) switch
        {
            Cck => PhyType.Dsss,
            Ofdm => PhyType.Ofdm,
            Gfsk => PhyType.Fhss,
            _ => PhyType.Unknown,
        };
    }
}
