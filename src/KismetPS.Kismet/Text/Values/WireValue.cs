namespace KismetPS.Kismet.Text.Values;

/// <summary>Numbers on the wire that the eras give different meanings.</summary>
internal static class WireValue
{
    private const int StableRemove = 5;
    private const int StableSendTo = 5;
    private const int Carriers = 9;
    private const int Encodings = 6;

    // Newcore has one number for UDP and TCP; it is read as UDP.
    private static ReadOnlySpan<byte> NewcoreAddressTypes => [(byte)AddressType.None, (byte)AddressType.Factory, (byte)AddressType.Udp, (byte)AddressType.Arp, (byte)AddressType.Dhcp, (byte)AddressType.Group];

    /// <summary>The type of a network; false for a number the era does not have.</summary>
    public static bool TryGetNetworkType(long number, TextEra era, out NetworkType type)
    {
        type = era == TextEra.Stable && number == StableRemove ? NetworkType.Remove : (NetworkType)Math.Clamp(number, -1, 257);
        return type is >= NetworkType.AccessPoint and <= NetworkType.Data or NetworkType.Remove || (type == NetworkType.Mixed && era != TextEra.Stable);
    }

    /// <summary>The number of a type of network.</summary>
    public static int Of(NetworkType type, TextEra era) => type == NetworkType.Remove && era == TextEra.Stable ? StableRemove : (int)type;

    /// <summary>The type of a client; false for a number the era does not have.</summary>
    public static bool TryGetClientType(long number, TextEra era, out ClientType type)
    {
        type = era == TextEra.Stable && number == StableSendTo ? ClientType.SendTo : (ClientType)Math.Clamp(number, -1, 8);
        return type is >= ClientType.Unknown and <= ClientType.Established || (era == TextEra.Stable && type == ClientType.SendTo && number == StableSendTo) || (era != TextEra.Stable && type is ClientType.AdHoc or ClientType.Remove);
    }

    /// <summary>The number of a type of client; what stable does not have is 0 there.</summary>
    public static int Of(ClientType type, TextEra era) => era == TextEra.Stable && type > ClientType.Established ? 0 : (int)type;

    /// <summary>Where an address range was learned; false for a number the era does not have.</summary>
    public static bool TryGetAddressType(long number, TextEra era, out AddressType type)
    {
        if (era == TextEra.Stable)
        {
            type = number is >= 0 and <= (long)AddressType.Group ? (AddressType)number : AddressType.None;
            return number is >= 0 and <= (long)AddressType.Group;
        }

        bool known = number >= 0 && number < NewcoreAddressTypes.Length;
        type = known ? (AddressType)NewcoreAddressTypes[(int)number] : AddressType.None;
        return known;
    }

    /// <summary>The number of a way an address range was learned.</summary>
    public static int Of(AddressType type, TextEra era) =>
        era == TextEra.Stable ? (int)type : Math.Max(0, NewcoreAddressTypes.IndexOf((byte)(type == AddressType.Tcp ? AddressType.Udp : type)));

    /// <summary>
    /// Carriers of carrierset. Stable sets a bit for each. Newcore ORs the numbers themselves (5 is FHSS, or 11b and 11g), so what comes back is all
    /// that may be in it; <paramref name="exact"/> tells when nothing else can be.
    /// </summary>
    public static CarrierSet Carrier(long value, TextEra era, out bool exact) => (CarrierSet)Read(value, era, Carriers, out exact);

    /// <summary>The number of a set of carriers.</summary>
    public static int Of(CarrierSet set, TextEra era) => Write((int)set, era, Carriers);

    /// <summary>Modulations of encodingset, with the reserve of <see cref="Carrier"/>.</summary>
    public static EncodingSet Encoding(long value, TextEra era, out bool exact) => (EncodingSet)Read(value, era, Encodings, out exact);

    /// <summary>The number of a set of modulations.</summary>
    public static int Of(EncodingSet set, TextEra era) => Write((int)set, era, Encodings);

    private static int Read(long value, TextEra era, int count, out bool exact)
    {
        if (era == TextEra.Stable)
        {
            int mask = (1 << count) - 1;
            exact = (value & ~mask) == 0;
            return (int)value & mask;
        }

        // 0 stands for "unknown" and for nothing seen yet alike.
        int set = 0;
        for (int number = 1; number < count; number++)
        {
            if ((number & ~value) == 0)
            {
                set |= 1 << number;
            }
        }

        exact = value > 0 && (set & (set - 1)) == 0 && set == 1 << (int)Math.Min(value, 30);
        return set;
    }

    private static int Write(int set, TextEra era, int count)
    {
        set &= (1 << count) - 1;
        if (era == TextEra.Stable)
        {
            return set;
        }

        int value = 0;
        for (int number = 1; number < count; number++)
        {
            value |= (set >> number & 1) * number;
        }

        return value;
    }
}
