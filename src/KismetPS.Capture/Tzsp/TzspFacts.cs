using KismetPS.Wireless;

namespace KismetPS.Capture.Tzsp;

/// <summary>What one TZSP message says besides its radio facts. A plain value; places are offsets into the message.</summary>
internal struct TzspFacts
{
    /// <summary>Message type (low nibble of the second byte).</summary>
    public TzspType Type;

    /// <summary>High nibble of the second byte: flags of the original protocol note, seen from no sender yet; 0 normally.</summary>
    public byte Flags;

    /// <summary>Encapsulation number as sent.</summary>
    public ushort Encapsulation;

    /// <summary>What the frame is by that number.</summary>
    public LinkType LinkType;

    /// <summary>Whether the tag list was read to its END.</summary>
    public bool HasTags;

    /// <summary>Which of the following hold a value.</summary>
    public TzspFields Fields;

    /// <summary>Tag 40: rises by one a message, wraps at 2^32.</summary>
    public uint PacketCount;

    /// <summary>Tag 41: bytes on the air.</summary>
    public int OriginalLength;

    /// <summary>Tag 82: the sensor's wall clock, Unix nanoseconds.</summary>
    public long SensorClockNs;

    /// <summary>Tag 17: the FCS was wrong; values other than 0 and 1 are reserved and say nothing.</summary>
    public bool FcsError;

    /// <summary>Tag 16 read as Wireshark, Kismet and scapy do: 0 decrypted, 1 could not be decrypted.</summary>
    public bool Decrypted;

    /// <summary>Tag 84.</summary>
    public uint CaptureId;

    /// <summary>Tag 60, empty if untold.</summary>
    public ByteRange Serial;

    /// <summary>Tag 80, empty if untold.</summary>
    public ByteRange DeviceName;

    /// <summary>Tag 81, empty if untold.</summary>
    public ByteRange Location;

    /// <summary>Where the frame begins; it reaches to the end of the message.</summary>
    public int FrameOffset;

    /// <summary>Whether a member holds a value.</summary>
    public readonly bool Has(TzspFields field) => (Fields & field) != 0;
}
