using KismetPS.Wireless.Radio;
using KismetPS.Wireless.Security;

namespace KismetPS.Wireless.Elements;

/// <summary>
/// What the elements of one management frame say. Names are kept as places in the frame (<see cref="ByteRange"/>, counted from the first
/// byte of the 802.11 frame), so nothing is copied. A plain value that the reader overwrites.
/// </summary>
internal struct ElementFacts
{
    public ElementParts Parts;
    public ByteRange Ssid;
    public ByteRange MeshId;

    /// <summary>Primary channel: HE/EHT 6 GHz information, then HT operation, then the DS element.</summary>
    public ushort Channel;

    /// <summary>Band of <see cref="Channel"/> where the elements tell, else unknown.</summary>
    public Band Band;

    /// <summary>Operating width, MHz: 20, 40, 80, 160 or 320 (80+80 is given as 160).</summary>
    public ushort WidthMHz;

    /// <summary>Two ASCII letters of the country element in upper case, high byte first; 0 where they are no letters.</summary>
    public ushort Country;

    /// <summary>QBSS load: associated stations.</summary>
    public ushort QbssStations;

    /// <summary>QBSS load: channel utilisation, 0 to 255.</summary>
    public byte QbssUtilization;

    /// <summary>Channel switch announcement: the new channel.</summary>
    public byte SwitchChannel;

    /// <summary>Channel switch announcement: beacons until the switch.</summary>
    public byte SwitchCount;

    /// <summary>Highest rate offered, kbit/s, over legacy, HT, VHT, HE and EHT capabilities within <see cref="WidthMHz"/> (<see cref="CapabilityRates"/>); 0 untold.</summary>
    public int MaxRateKbps;

    /// <summary>WPS state: 1 not configured, 2 configured, 0 not told.</summary>
    public byte WpsState;

    /// <summary>WPS "AP setup locked".</summary>
    public bool WpsLocked;
    public ByteRange WpsDeviceName;
    public ByteRange WpsManufacturer;
    public ByteRange WpsModelName;
    public ByteRange WpsModelNumber;
    public ByteRange WpsSerial;

    /// <summary>Cisco CCX name of the access point.</summary>
    public ByteRange ApName;

    /// <summary>Partner BSSID of an OWE transition pair.</summary>
    public MacAddress OweBssid;
    public ByteRange OweSsid;

    /// <summary>MLD MAC address of the basic multi-link element.</summary>
    public MacAddress MldAddress;

    /// <summary>Where the payload of the basic multi-link element starts in the frame, for <see cref="MultiLinkReader"/>.</summary>
    public ushort MultiLinkOffset;

    /// <summary>Multiple BSSID: up to 2^n BSSIDs.</summary>
    public byte MaxBssidIndicator;

    /// <summary>Neighbours listed in reduced neighbour reports, 255 for more.</summary>
    public byte NeighborCount;

    /// <summary>Payload of the first reduced neighbour report, for <see cref="RnrReader"/>.</summary>
    public ByteRange ReducedNeighborReport;

    public SecurityFacts Security;

    /// <summary>Whether a part holds a value.</summary>
    public readonly bool Has(ElementParts part) => (Parts & part) != 0;
}
