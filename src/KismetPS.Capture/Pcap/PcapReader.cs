using System.Buffers.Binary;
using KismetPS.Wireless;

namespace KismetPS.Capture.Pcap;

/// <summary>
/// Reads classic pcap (draft-ietf-opsawg-pcap): both byte orders, micro- and nanoseconds, Kuznetzov's variant with its longer record header,
/// and the swapped lengths of versions before 2.4.
/// </summary>
internal sealed class PcapReader : CaptureReader
{
    private const uint MagicMicro = 0xA1B2C3D4;
    private const uint MagicNano = 0xA1B23C4D;
    private const uint MagicKuznetzov = 0xA1B2CD34;
    private const int FileHeader = 24;

    private CaptureInterface? _interface;
    private bool _bigEndian;
    private int _recordHeader = 16;
    private long _fractionNs = 1000;
    private int _minor;

    public override bool MayEnd => _interface != null;

    public override string Current => _interface == null ? "its file header" : "a packet record";

    public static bool IsMagic(ReadOnlySpan<byte> start) => start.Length >= 4
        && (IsKnown(BinaryPrimitives.ReadUInt32LittleEndian(start)) || IsKnown(BinaryPrimitives.ReadUInt32BigEndian(start)));

    protected override CaptureReadStatus ReadCore(ReadOnlySpan<byte> buffer, out int consumed, out CaptureRecord record)
    {
        consumed = 0;
        record = default;
        RecordOffset = Offset;
        if (_interface == null)
        {
            return ReadFileHeader(buffer, out consumed);
        }

        if (buffer.Length < _recordHeader)
        {
            return More(_recordHeader);
        }

        uint seconds = U32(buffer);
        uint fraction = U32(buffer[4..]);
        uint kept = U32(buffer[8..]);
        uint original = U32(buffer[12..]);
        // Before 2.3 the two lengths stood the other way round, and 2.3 was written both ways (libpcap, sf-pcap.c).
        if (_minor < 3 || (_minor == 3 && kept > original))
        {
            (kept, original) = (original, kept);
        }

        if (kept > MaxPacketBytes)
        {
            return Damage($"a packet record claims {kept} bytes (the limit is {MaxPacketBytes})");
        }

        int total = _recordHeader + (int)kept;
        if (buffer.Length < total)
        {
            return More(total);
        }

        consumed = total;
        record.Offset = _recordHeader;
        record.Length = (int)kept;
        record.OriginalLength = ClampOriginal(original, (int)kept);
        record.TimestampNs = (seconds * 1_000_000_000L) + (fraction * _fractionNs);
        record.HasTimestamp = true;
        record.Interface = _interface;
        return CaptureReadStatus.Packet;
    }

    private static bool IsKnown(uint magic) => magic is MagicMicro or MagicNano or MagicKuznetzov;

    private CaptureReadStatus ReadFileHeader(ReadOnlySpan<byte> buffer, out int consumed)
    {
        consumed = 0;
        if (buffer.Length < FileHeader)
        {
            return More(FileHeader);
        }

        if (!IsMagic(buffer))
        {
            return Damage("there is no pcap file header");
        }

        _bigEndian = IsKnown(BinaryPrimitives.ReadUInt32BigEndian(buffer));
        uint magic = U32(buffer);
        int major = _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(buffer[4..]) : BinaryPrimitives.ReadUInt16LittleEndian(buffer[4..]);
        if (major != 2)
        {
            return Damage($"the file header names version {major}, only 2 is known");
        }

        _minor = _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(buffer[6..]) : BinaryPrimitives.ReadUInt16LittleEndian(buffer[6..]);
        _fractionNs = magic == MagicNano ? 1 : 1000;
        // Kuznetzov's record header adds interface index (4), protocol (2), packet type (1) and a pad byte.
        _recordHeader = magic == MagicKuznetzov ? 24 : 16;
        uint network = U32(buffer[20..]);
        _interface = new CaptureInterface
        {
            Index = 0,
            // The low 26 bits are the link type; bits 28-31 count the FCS in 16-bit units where bit 26 says so.
            LinkType = PacketRouter.ToLinkType((int)(network & 0x03FF_FFFF)),
            SnapLength = U32(buffer[16..]),
            FcsLength = (network & 0x0400_0000) != 0 ? (int)(network >> 28) * 2 : -1,
        };
        consumed = FileHeader;
        return CaptureReadStatus.Skipped;
    }

    private uint U32(ReadOnlySpan<byte> at) =>
        _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);
}
