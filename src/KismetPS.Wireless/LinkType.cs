namespace KismetPS.Wireless;

/// <summary>Link-layer header types by their tcpdump.org LINKTYPE numbers: what a capture file or a TZSP encapsulation says the bytes are.</summary>
public enum LinkType
{
    /// <summary>Ethernet (LINKTYPE_ETHERNET).</summary>
    Ethernet = 1,

    /// <summary>Raw IPv4 or IPv6 (LINKTYPE_RAW).</summary>
    RawIP = 101,

    /// <summary>802.11 with no radio header (LINKTYPE_IEEE802_11).</summary>
    Ieee80211 = 105,

    /// <summary>Linux cooked capture v1 (LINKTYPE_LINUX_SLL).</summary>
    LinuxSll = 113,

    /// <summary>802.11 behind a Prism header (LINKTYPE_IEEE802_11_PRISM); may hold AVS instead.</summary>
    Prism = 119,

    /// <summary>802.11 behind a radiotap header (LINKTYPE_IEEE802_11_RADIOTAP).</summary>
    Radiotap = 127,

    /// <summary>Bare TZSP messages (LINKTYPE_TZSP).</summary>
    Tzsp = 128,

    /// <summary>802.11 behind an AVS header (LINKTYPE_IEEE802_11_AVS).</summary>
    Avs = 163,

    /// <summary>Per-Packet Information header (LINKTYPE_PPI).</summary>
    Ppi = 192,

    /// <summary>Raw IPv4 (LINKTYPE_IPV4).</summary>
    IPv4 = 228,

    /// <summary>Raw IPv6 (LINKTYPE_IPV6).</summary>
    IPv6 = 229,

    /// <summary>Linux cooked capture v2 (LINKTYPE_LINUX_SLL2).</summary>
    LinuxSll2 = 276,

    /// <summary>No link type is known for these bytes; they are counted and kept raw.</summary>
    Unknown = -1,
}
