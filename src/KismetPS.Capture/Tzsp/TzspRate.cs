using System.Runtime.CompilerServices;

namespace KismetPS.Capture.Tzsp;

/// <summary>Tag 12: units of 500 kbit/s, and the older 100 kbit/s of Prism sensors, which collide with no legal value of the former.</summary>
internal static class TzspRate
{
    private const ushort Standard = 0x8000;

    // Of each byte, in units of 100 kbit/s. Looked up rather than compared, as rates come in any order.
    private static readonly ushort[] s_rates = Rates();

    /// <summary>kbit/s; 0 where the sensor said 0, unknown.</summary>
    /// <param name="value">The tag's number.</param>
    /// <param name="standard">Whether the protocol lists it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToKbps(uint value, out bool standard)
    {
        if (value < (uint)s_rates.Length)
        {
            int rate = s_rates[value];
            standard = (rate & Standard) != 0;
            return (rate & ~Standard) * 100;
        }

        standard = false;
        return value <= ushort.MaxValue ? (int)value * 500 : 0;
    }

    /// <summary>The tag's byte for a rate; false where it does not fit: HT and later rates, and those whose number an old Prism rate has.</summary>
    public static bool TryFromKbps(int kbps, out byte value)
    {
        value = 0;
        if (kbps <= 0 || kbps % 500 != 0 || kbps / 500 > byte.MaxValue || kbps / 500 is 10 or 20 or 55 or 110)
        {
            return false;
        }

        value = (byte)(kbps / 500);
        return true;
    }

    private static ushort[] Rates()
    {
        ushort[] rates = new ushort[byte.MaxValue + 1];
        for (int value = 0; value < rates.Length; value++)
        {
            rates[value] = (ushort)(value * 5);
        }

        foreach (byte value in (ReadOnlySpan<byte>)[2, 4, 11, 12, 18, 22, 24, 36, 44, 48, 66, 72, 96, 108])
        {
            rates[value] |= Standard;
        }

        foreach (byte value in (ReadOnlySpan<byte>)[10, 20, 55, 110])
        {
            rates[value] = (ushort)(value | Standard);
        }

        return rates;
    }
}
