namespace KismetPS.Wireless.Radio;

/// <summary>
/// Data rates of HT, VHT, HE and EHT frames in kbit/s, from data subcarriers x coded bits x coding rate / symbol time.
/// Every method gives 0 for a combination that does not exist.
/// </summary>
/// <remarks>
/// IEEE Std 802.11-2020 19.3.5 and 19.5 (HT), 21.5 (VHT); IEEE Std 802.11ax-2021 27.3.12 and 27.5 (HE); IEEE Std 802.11be-2024 36.5 (EHT).
/// </remarks>
internal static class ModulationRates
{
    // Orthogonal symbols without guard interval, in units of 100 ns.
    private const int LegacySymbol = 32;
    private const int HeSymbol = 128;

    /// <summary>Coded bits per subcarrier and stream, by MCS 0-13 (BPSK, QPSK, QPSK, 16-QAM, ... 4096-QAM).</summary>
    private static ReadOnlySpan<byte> Bits => [1, 2, 2, 4, 4, 6, 6, 6, 8, 8, 10, 10, 12, 12];

    /// <summary>Coding rate in twelfths, by MCS 0-13 (1/2, 1/2, 3/4, 1/2, 3/4, 2/3, 3/4, 5/6, ...).</summary>
    private static ReadOnlySpan<byte> Twelfths => [6, 6, 9, 6, 9, 8, 9, 10, 9, 10, 9, 10, 9, 10];

    /// <summary>Coded bits per subcarrier over all streams of the unequal modulations, HT MCS 33-76 (tables 19-38 to 19-41).</summary>
    private static ReadOnlySpan<byte> UnequalBits =>
    [
        6, 8, 10, 6, 8, 10,
        8, 10, 10, 12, 14, 14, 16, 8, 10, 10, 12, 14, 14, 16,
        10, 12, 14, 12, 14, 16, 18, 16, 18, 20, 20, 22, 10, 12, 14, 12, 14, 16, 18, 16, 18, 20, 20, 22,
    ];

    /// <summary>DSSS or OFDM by a rate of the time before HT (IEEE Std 802.11-2020 clauses 15 to 18), else unknown.</summary>
    public static PhyType LegacyPhy(int kbps) => kbps switch
    {
        // 22 and 33 Mbit/s are PBCC, the optional coding of the same spread-spectrum radios.
        1000 or 2000 or 5500 or 11000 or 22000 or 33000 => PhyType.Dsss,
        6000 or 9000 or 12000 or 18000 or 24000 or 36000 or 48000 or 54000 => PhyType.Ofdm,
        _ => PhyType.Unknown,
    };

    /// <summary>HT rate of MCS 0-76 (streams are part of the index) at 20 or 40 MHz.</summary>
    public static int Ht(int mcs, int widthMHz, bool shortGi)
    {
        int carriers = widthMHz switch { 20 => 52, 40 => 108, _ => 0 };
        int guard = shortGi ? 4 : 8;
        if ((uint)mcs < 32)
        {
            return Rate(carriers * Bits[mcs & 7] * ((mcs >> 3) + 1), Twelfths[mcs & 7], LegacySymbol + guard);
        }

        if (mcs == 32)
        {
            // BPSK 1/2 sent twice, once in each half of 40 MHz: 48 subcarriers carry data.
            return widthMHz == 40 ? Rate(48, 6, LegacySymbol + guard) : 0;
        }

        if ((uint)(mcs - 33) >= (uint)UnequalBits.Length)
        {
            return 0;
        }

        // Per stream count the first half of the list is coded 1/2, the second 3/4.
        bool threeQuarters = mcs is (>= 36 and <= 38) or (>= 46 and <= 52) or >= 65;
        return Rate(carriers * UnequalBits[mcs - 33], threeQuarters ? 9 : 6, LegacySymbol + guard);
    }

    /// <summary>Spatial streams of an HT MCS, 0 where the index does not exist.</summary>
    public static int HtStreams(int mcs) => mcs switch
    {
        < 0 => 0,
        < 32 => (mcs >> 3) + 1,
        32 => 1,
        <= 38 => 2,
        <= 52 => 3,
        <= 76 => 4,
        _ => 0,
    };

    /// <summary>
    /// VHT rate of MCS 0-9 (10 and 11 are the 1024-QAM extension of some makers), 1-8 streams, at 20, 40, 80 or 160 MHz.
    /// The few combinations that 21.5 excludes (MCS 9 at 20 MHz with most stream counts) are computed too: receivers report them.
    /// </summary>
    public static int Vht(int mcs, int streams, int widthMHz, bool shortGi)
    {
        int carriers = widthMHz switch { 20 => 52, 40 => 108, 80 => 234, 160 => 468, _ => 0 };
        return (uint)mcs > 11 || (uint)(streams - 1) >= 8 ? 0 : Rate(carriers * Bits[mcs] * streams, Twelfths[mcs], LegacySymbol + (shortGi ? 4 : 8));
    }

    /// <summary>HE rate of MCS 0-11, 1-8 streams, over a whole channel of 20, 40, 80 or 160 MHz; guard interval 800, 1600 or 3200 ns.</summary>
    public static int He(int mcs, int streams, int widthMHz, int giNs) =>
        widthMHz > 160 ? 0 : HeUnit(mcs, streams, ChannelCarriers(widthMHz), giNs, dcm: false);

    /// <summary>As <see cref="He"/> for one resource unit by its data subcarriers (see <see cref="UnitCarriers"/>), with dual carrier modulation or not.</summary>
    public static int HeUnit(int mcs, int streams, int dataCarriers, int giNs, bool dcm) =>
        (uint)mcs > 11 ? 0 : Ofdma(mcs, streams, dataCarriers, giNs, dcm);

    /// <summary>EHT rate of MCS 0-13, 14 (DUP, one stream, from 80 MHz) and 15 (BPSK with DCM, one stream), 1-8 streams, 20 to 320 MHz; guard interval 800, 1600 or 3200 ns.</summary>
    public static int Eht(int mcs, int streams, int widthMHz, int giNs) => mcs switch
    {
        // DUP: BPSK 1/2 with DCM over half the width, sent twice (IEEE Std 802.11be-2024 36.3.13.10).
        14 => streams == 1 && widthMHz >= 80 ? Ofdma(0, 1, ChannelCarriers(widthMHz / 2), giNs, dcm: true) : 0,
        _ => EhtUnit(mcs, streams, ChannelCarriers(widthMHz), giNs),
    };

    /// <summary>As <see cref="Eht"/> for one resource unit by its data subcarriers; MCS 14 has no such form.</summary>
    public static int EhtUnit(int mcs, int streams, int dataCarriers, int giNs) => mcs switch
    {
        15 => streams == 1 ? Ofdma(0, 1, dataCarriers, giNs, dcm: true) : 0,
        14 => 0,
        _ => Ofdma(mcs, streams, dataCarriers, giNs, dcm: false),
    };

    /// <summary>Data subcarriers of a resource unit by its tones (26, 52, 106, 242, 484, 996, 1992, 3984), 0 for another number.</summary>
    public static int UnitCarriers(int tones) => tones switch
    {
        26 => 24,
        52 => 48,
        106 => 102,
        242 => 234,
        484 => 468,
        996 => 980,
        1992 => 1960,
        3984 => 3920,
        _ => 0,
    };

    private static int ChannelCarriers(int widthMHz) => widthMHz switch
    {
        20 => 234,
        40 => 468,
        80 => 980,
        160 => 1960,
        320 => 3920,
        _ => 0,
    };

    private static int Ofdma(int mcs, int streams, int dataCarriers, int giNs, bool dcm)
    {
        if ((uint)mcs >= (uint)Bits.Length || (uint)(streams - 1) >= 8 || giNs is not (800 or 1600 or 3200) || (uint)dataCarriers > 3920)
        {
            return 0;
        }

        // Dual carrier modulation sends every bit on two subcarriers. Data bits per symbol are not rounded down to a whole number:
        // that keeps rates in proportion to streams (1201, 2402 Mbit/s) and is off by less than 1 % at the lowest DCM rate only.
        int codedBits = dataCarriers * Bits[mcs] * streams;
        int symbol = HeSymbol + (giNs / 100);
        return Rate(codedBits, Twelfths[mcs], dcm ? symbol * 2 : symbol);
    }

    /// <summary>Coded bits per symbol, coding rate and symbol time (100 ns) to kbit/s, rounded.</summary>
    private static int Rate(int codedBits, int twelfths, int symbol) =>
        (int)((((long)codedBits * twelfths * 10_000 / 12) + (symbol / 2)) / symbol);
}
