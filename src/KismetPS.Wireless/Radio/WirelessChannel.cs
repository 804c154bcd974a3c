namespace KismetPS.Wireless.Radio;

/// <summary>
/// Channel numbers and centre frequencies of 20 MHz channels, each band with its own numbering: IEEE Std 802.11-2020 15.4.4.3, 17.3.8.4.2, 20.5.5
/// and Annex E; 6 GHz: IEEE Std 802.11ax-2021 27.3.23.2 and table E-4.
/// </summary>
internal static class WirelessChannel
{
    /// <summary>Centre of a channel in MHz, 0 where the band has no such channel. 60 GHz centres above channel 4 do not fit 16 bits.</summary>
    public static int FrequencyMHz(Band band, int channel) => band switch
    {
        Band.Ghz2 when channel is >= 1 and <= 13 => 2407 + (5 * channel),
        Band.Ghz2 when channel == 14 => 2484,

        // Channel starting frequency 4 GHz (Japan, United States public safety): 4910 to 4980 MHz.
        Band.Ghz4 when channel is >= 182 and <= 196 => 4000 + (5 * channel),

        // Starting frequency 5 GHz, to the last channel of the 5.9 GHz band. The low numbers are the Japanese 5035 to 5080 MHz.
        Band.Ghz5 when channel is >= 7 and <= 184 => 5000 + (5 * channel),

        // Operating class 136 has channel 2 alone, starting at 5925 MHz; all others count from 5950 MHz in odd numbers.
        Band.Ghz6 when channel == 2 => 5935,
        Band.Ghz6 when channel is >= 1 and <= 233 && (channel & 1) == 1 => 5950 + (5 * channel),

        Band.Ghz60 when channel is >= 1 and <= 6 => 56160 + (2160 * channel),
        _ => 0,
    };

    /// <summary>Whether the band has a channel of this number.</summary>
    public static bool IsValid(Band band, int channel) => FrequencyMHz(band, channel) != 0;

    /// <summary>Channel centred on a frequency, 0 where there is none; <paramref name="band"/> is told even then (<see cref="BandOf"/>).</summary>
    public static int FromFrequency(int mhz, out Band band)
    {
        band = BandOf(mhz);
        int channel = band switch
        {
            Band.Ghz2 => mhz == 2484 ? 14 : (mhz - 2407) / 5,
            Band.Ghz4 => (mhz - 4000) / 5,
            Band.Ghz5 => (mhz - 5000) / 5,
            Band.Ghz6 => mhz == 5935 ? 2 : (mhz - 5950) / 5,
            Band.Ghz60 => (mhz - 56160) / 2160,
            _ => 0,
        };

        return channel != 0 && FrequencyMHz(band, channel) == mhz ? channel : 0;
    }

    /// <summary>Band a frequency in MHz lies in, whether or not a channel is centred on it.</summary>
    public static Band BandOf(int mhz) => mhz switch
    {
        >= 2400 and <= 2500 => Band.Ghz2,
        >= 4900 and <= 5000 => Band.Ghz4,
        > 5000 and < 5930 => Band.Ghz5,
        >= 5930 and <= 7125 => Band.Ghz6,
        >= 57000 and <= 71000 => Band.Ghz60,
        >= 750 and <= 930 => Band.SubGhz,
        _ => Band.Unknown,
    };

    /// <summary>
    /// Band of a channel number told without one by equipment that knows no 6 GHz: 1 to 14 are 2.4 GHz, 32 to 181 are 5 GHz,
    /// 182 to 196 are 4.9 GHz; unknown for all other numbers.
    /// </summary>
    public static Band GuessBand(int channel) => channel switch
    {
        >= 1 and <= 14 => Band.Ghz2,
        >= 32 and <= 181 => Band.Ghz5,
        >= 182 and <= 196 => Band.Ghz4,
        _ => Band.Unknown,
    };
}
