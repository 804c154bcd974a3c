using KismetPS.Wireless.Security;

namespace KismetPS.Wireless.Frames;

/// <summary>
/// What the MAC header and fixed fields of one 802.11 frame say. Offsets count from the first byte of the 802.11 frame
/// (<see cref="FrameOffset"/> into the packet). A plain value that the decoder overwrites frame after frame: no allocation.
/// </summary>
internal struct FrameFacts
{
    /// <summary>Which of the following hold a value.</summary>
    public FrameParts Parts;

    /// <summary>Type and subtype.</summary>
    public FrameSubtype Subtype;

    /// <summary>ToDS, FromDS, retry, protected and so on.</summary>
    public FrameControlFlags Flags;

    /// <summary>Start of the 802.11 frame in the packet (behind the radio header).</summary>
    public int FrameOffset;

    /// <summary>Bytes of the 802.11 frame without FCS.</summary>
    public int FrameLength;

    /// <summary>Bytes of the 802.11 frame, FCS not counted, that were on the air and not captured.</summary>
    public int CutLength;

    /// <summary>Bytes of the MAC header with QoS, HT control and data padding: where the body starts.</summary>
    public int HeaderLength;

    /// <summary>Duration/ID field, microseconds or AID.</summary>
    public ushort Duration;

    public MacAddress Receiver;
    public MacAddress Transmitter;
    public MacAddress Source;
    public MacAddress Destination;
    public MacAddress Bssid;
    public MacAddress MeshSource;
    public MacAddress MeshDestination;

    /// <summary>Sequence number, 0 to 4095.</summary>
    public ushort Sequence;

    /// <summary>Fragment number, 0 to 15.</summary>
    public byte Fragment;

    /// <summary>QoS traffic identifier, 0 to 15.</summary>
    public byte Tid;

    /// <summary>Capability field: 0x01 ESS, 0x02 IBSS, 0x10 privacy.</summary>
    public ushort Capability;

    /// <summary>Beacon interval in time units of 1024 microseconds.</summary>
    public ushort BeaconIntervalTu;

    /// <summary>TSF timer of beacons and probe responses, microseconds.</summary>
    public ulong TsfUs;

    /// <summary>Reason or status code.</summary>
    public ushort Code;

    /// <summary>Authentication algorithm: 0 open, 1 shared key, 2 FT, 3 SAE, 4-6 FILS.</summary>
    public ushort AuthAlgorithm;

    /// <summary>Authentication transaction sequence number.</summary>
    public ushort AuthSequence;

    /// <summary>Action category (IEEE Std 802.11-2020 table 9-51).</summary>
    public byte ActionCategory;

    /// <summary>Action code within the category.</summary>
    public byte ActionCode;

    /// <summary>EAPOL-Key message: 1-4 of the four-way, 5-6 of the group handshake.</summary>
    public byte EapolMessage;

    /// <summary>Cipher family seen in the IV of a protected data frame.</summary>
    public DataCipher DataCipher;

    /// <summary>Where elements start, from the start of the 802.11 frame.</summary>
    public int ElementsOffset;

    /// <summary>How many bytes of elements there are.</summary>
    public int ElementsLength;

    /// <summary>Whether a part holds a value.</summary>
    public readonly bool Has(FrameParts part) => (Parts & part) != 0;

    /// <summary>Management, control, data or extension.</summary>
    public readonly FrameType Type => (FrameType)((int)Subtype >> 4);
}
