namespace KismetPS.Wireless.Elements;

/// <summary>Primary channel and width out of the operation elements.</summary>
internal static class OperationReader
{
    /// <summary>HT operation, IEEE Std 802.11-2020 9.4.2.56: primary channel; 40 MHz where a secondary channel is there and may be used.</summary>
    public static void Ht(ReadOnlySpan<byte> payload, ref PhyElements phy)
    {
        if (payload.Length < 2)
        {
            return;
        }

        phy.HtChannel = payload[0];
        phy.HtWidth = (ushort)((payload[1] & 3) is 1 or 3 && (payload[1] & 4) != 0 ? 40 : 20);
    }

    /// <summary>VHT operation, 9.4.2.158 and table 11-23: width code, channel centre segments 0 and 1. 0 stays: HT operation tells.</summary>
    public static ushort VhtWidth(int code, int centre0, int centre1)
    {
        switch (code)
        {
            case 1:
                // Eight channels (40 MHz) between the centres: one 160 MHz channel; farther apart: 80+80.
                int gap = Math.Abs(centre1 - centre0);
                return (ushort)(centre1 != 0 && (gap == 8 || gap > 16) ? 160 : 80);
            case 2 or 3:
                return 160; // deprecated codes for 160 and 80+80
            default:
                return 0;
        }
    }

    /// <summary>HE operation, IEEE Std 802.11ax-2021 9.4.2.249: parameters (3), BSS colour, MCS set (2), then what the parameters promise.</summary>
    public static void He(ReadOnlySpan<byte> payload, ref PhyElements phy)
    {
        const int Fixed = 6;
        const int VhtInformationPresent = 1 << 14;
        const int CoHosted = 1 << 15;
        const int SixGhzInformationPresent = 1 << 17;
        if (payload.Length < Fixed)
        {
            return;
        }

        int parameters = payload[0] | (payload[1] << 8) | (payload[2] << 16);
        int at = Fixed;
        if ((parameters & VhtInformationPresent) != 0)
        {
            if (payload.Length < at + 3)
            {
                return;
            }

            phy.HeWidth = VhtWidth(payload[at], payload[at + 1], payload[at + 2]);
            at += 3;
        }

        if ((parameters & CoHosted) != 0)
        {
            at++;
        }

        if ((parameters & SixGhzInformationPresent) != 0 && payload.Length >= at + 5)
        {
            phy.HeChannel = payload[at];
            phy.HeWidth = (ushort)(20 << (payload[at + 1] & 3));
        }
    }

    /// <summary>EHT operation, IEEE Std 802.11be-2024 9.4.2.321: parameters, basic MCS set (4), then control, centres.</summary>
    public static void Eht(ReadOnlySpan<byte> payload, ref PhyElements phy)
    {
        if (payload.Length >= 8 && (payload[0] & 1) != 0 && (payload[5] & 7) <= 4)
        {
            phy.EhtWidth = (ushort)(20 << (payload[5] & 7));
        }
    }
}
