namespace KismetPS.Capture.Tzsp;

/// <summary>Tag 12: units of 500 kbit/s, and the older 100 kbit/s of Prism sensors, which collide with no legal value of the former.</summary>
internal static class TzspRate
{
    /// <summary>kbit/s; 0 where the sensor said 0, unknown.</summary>
    /// <param name="value">The tag's number.</param>
    /// <param name="standard">Whether the protocol lists it.</param>
    public static int ToKbps(uint value, out bool standard)
    {
        standard = true;
        switch (value)
        {
            case 2 or 4 or 11 or 12 or 18 or 22 or 24 or 36 or 44 or 48 or 66 or 72 or 96 or 108:
                return (int)value * 500;
            case 10 or 20 or 55 or 110:
                return (int)value * 100;
            default:
                standard = false;
                return value <= ushort.MaxValue ? (int)value * 500 : 0;
        }
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
}
