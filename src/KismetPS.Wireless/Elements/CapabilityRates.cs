using System.Buffers.Binary;
using System.Numerics;
using KismetPS.Wireless.Radio;

namespace KismetPS.Wireless.Elements;

/// <summary>
/// Highest rate a station offers: its best MCS with its most streams at the shortest guard interval, over the width it can use, not more than the
/// BSS operates with where the frame tells that.
/// </summary>
internal static class CapabilityRates
{
    private const int ShortGuardNs = 800;

    /// <summary>kbit/s over all generations; 0 where nothing tells.</summary>
    public static int Highest(ReadOnlySpan<byte> frame, in PhyElements phy, int operatingWidth, bool fromAccessPoint)
    {
        int highest = phy.LegacyRate * 500;
        if (!phy.HtCapabilities.IsEmpty)
        {
            highest = Math.Max(highest, Ht(phy.HtCapabilities.Of(frame), operatingWidth));
        }

        if (!phy.VhtCapabilities.IsEmpty)
        {
            highest = Math.Max(highest, Vht(phy.VhtCapabilities.Of(frame), operatingWidth));
        }

        if (!phy.HeCapabilities.IsEmpty)
        {
            ReadOnlySpan<byte> he = phy.HeCapabilities.Of(frame);
            highest = Math.Max(highest, He(he, operatingWidth));
            if (!phy.EhtCapabilities.IsEmpty)
            {
                highest = Math.Max(highest, Eht(phy.EhtCapabilities.Of(frame), he, operatingWidth, fromAccessPoint));
            }
        }

        return highest;
    }

    /// <summary>HT capabilities, IEEE Std 802.11-2020 9.4.2.55: information (2), A-MPDU (1), MCS set (16). Equal modulations only.</summary>
    private static int Ht(ReadOnlySpan<byte> payload, int operatingWidth)
    {
        if (payload.Length < 7)
        {
            return 0;
        }

        int information = BinaryPrimitives.ReadUInt16LittleEndian(payload);
        uint set = BinaryPrimitives.ReadUInt32LittleEndian(payload[3..]);
        if (set == 0)
        {
            return 0;
        }

        bool wide = (information & 0x0002) != 0 && operatingWidth is 0 or >= 40;
        bool shortGi = (information & (wide ? 0x0040 : 0x0020)) != 0;
        return ModulationRates.Ht(BitOperations.Log2(set), wide ? 40 : 20, shortGi);
    }

    /// <summary>VHT capabilities, 9.4.2.157: information (4), Rx map (2), Rx highest rate (2), Tx map (2), ... The Rx map counts.</summary>
    private static int Vht(ReadOnlySpan<byte> payload, int operatingWidth)
    {
        if (payload.Length < 6)
        {
            return 0;
        }

        int information = BinaryPrimitives.ReadInt32LittleEndian(payload);
        int width = Math.Min(((information >> 2) & 3) == 0 ? 80 : 160, operatingWidth == 0 ? 160 : operatingWidth);
        bool shortGi = width switch
        {
            160 => (information & 0x40) != 0,
            80 => (information & 0x20) != 0,
            _ => true, // told by HT capabilities; a VHT station without it is not known
        };
        int streams = Streams(BinaryPrimitives.ReadUInt16LittleEndian(payload[4..]), out int code);
        return streams == 0 ? 0 : ModulationRates.Vht(7 + code, streams, width, shortGi);
    }

    /// <summary>HE capabilities, IEEE Std 802.11ax-2021 9.4.2.248: MAC (6), PHY (11), then Rx and Tx maps for 80 MHz and below, 160, 80+80.</summary>
    private static int He(ReadOnlySpan<byte> payload, int operatingWidth)
    {
        const int Maps = 17;
        if (payload.Length < Maps + 4)
        {
            return 0;
        }

        int width = HeWidth(payload, operatingWidth);
        int at = width >= 160 && payload.Length >= Maps + 8 ? Maps + 4 : Maps;
        int streams = Streams(BinaryPrimitives.ReadUInt16LittleEndian(payload[at..]), out int code);
        return streams == 0 ? 0 : ModulationRates.He(7 + (2 * code), streams, width, ShortGuardNs);
    }

    /// <summary>
    /// EHT capabilities, IEEE Std 802.11be-2024 9.4.2.323: MAC (2), PHY (9), then per width three bytes of Rx (low) and Tx (high) streams for
    /// MCS 0-9, 10-11, 12-13; of a client that knows 20 MHz only, four bytes for MCS 0-7, 8-9, 10-11, 12-13.
    /// </summary>
    private static int Eht(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> he, int operatingWidth, bool fromAccessPoint)
    {
        const int Maps = 11;
        const int Support320 = 0x02;
        if (payload.Length < Maps + 3 || he.Length < 7)
        {
            return 0;
        }

        int widths = he[6] & 0x0E;
        if (widths == 0 && !fromAccessPoint)
        {
            return Best(payload[Maps..], 4, 20);
        }

        bool has320 = (payload[2] & Support320) != 0 && operatingWidth is 0 or >= 320;
        int width = has320 ? 320 : HeWidth(he, operatingWidth);
        int at = Maps;
        if (width >= 160)
        {
            at += 3;
        }

        if (width >= 320 && (widths & 0x08) != 0)
        {
            at += 3;
        }

        return payload.Length >= at + 3 ? Best(payload[at..], 3, width) : 0;

        static int Best(ReadOnlySpan<byte> streams, int count, int width)
        {
            if (streams.Length < count)
            {
                return 0;
            }

            int best = 0;
            for (int i = 0; i < count; i++)
            {
                int highestMcs = 13 - (2 * (count - 1 - i));
                int n = streams[i] & 0xF;
                if (n != 0)
                {
                    best = Math.Max(best, ModulationRates.Eht(highestMcs, n, width, ShortGuardNs));
                }
            }

            return best;
        }
    }

    /// <summary>Channel width set of the HE PHY capabilities: 0x02 40 MHz in 2.4 GHz, 0x04 40 and 80 in 5 and 6 GHz, 0x08 160, 0x10 80+80.</summary>
    private static int HeWidth(ReadOnlySpan<byte> he, int operatingWidth)
    {
        int set = he[6];
        int width = (set & 0x18) != 0 ? 160 : (set & 0x04) != 0 ? 80 : (set & 0x02) != 0 ? 40 : 20;
        return operatingWidth == 0 ? width : Math.Min(width, operatingWidth);
    }

    /// <summary>Two bits per stream, 3 = not supported: how many streams, and the code of the last of them.</summary>
    private static int Streams(int map, out int code)
    {
        for (int i = 7; i >= 0; i--)
        {
            code = (map >> (2 * i)) & 3;
            if (code != 3)
            {
                return i + 1;
            }
        }

        code = 0;
        return 0;
    }
}
