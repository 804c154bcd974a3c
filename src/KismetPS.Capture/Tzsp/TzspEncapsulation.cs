using KismetPS.Wireless;

namespace KismetPS.Capture.Tzsp;

/// <summary>Encapsulation numbers of the header and what the frame is by them. Not all are DLT numbers: 126 is radiotap, whose DLT is 127.</summary>
internal static class TzspEncapsulation
{
    public const ushort None = 0;
    public const ushort Ethernet = 1;
    public const ushort RawIP = 7;
    public const ushort Ieee80211 = 18;
    public const ushort Prism = 119;
    public const ushort Radiotap = 126;
    public const ushort Avs = 127;

    /// <summary>What the frame is; Unknown for numbers that carry nothing we read. Prism, AVS and radiotap get mixed up by senders: the radio header reader looks.</summary>
    public static LinkType ToLinkType(ushort encapsulation) => encapsulation switch
    {
        Ieee80211 => LinkType.Ieee80211,
        Ethernet => LinkType.Ethernet,
        Radiotap => LinkType.Radiotap,
        Prism => LinkType.Prism,
        Avs => LinkType.Avs,
        RawIP => LinkType.RawIP,
        _ => LinkType.Unknown,
    };

    /// <summary>The number for a link type; false where TZSP has none.</summary>
    public static bool TryFromLinkType(LinkType link, out ushort encapsulation)
    {
        encapsulation = link switch
        {
            LinkType.Ieee80211 => Ieee80211,
            LinkType.Ethernet => Ethernet,
            LinkType.Radiotap => Radiotap,
            LinkType.Prism => Prism,
            LinkType.Avs => Avs,
            LinkType.RawIP or LinkType.IPv4 or LinkType.IPv6 => RawIP,
            _ => None,
        };
        return encapsulation != None;
    }
}
