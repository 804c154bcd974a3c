using System.Buffers.Binary;
using KismetPS.Wireless;

namespace KismetPS.Capture.Pcap;

/// <summary>
/// Reads pcapng (draft-ietf-opsawg-pcapng): sections of either byte order, interfaces with their options, enhanced, simple and obsolete packet
/// blocks. Other blocks (names, statistics, secrets, custom ones) are passed over whatever their size.
/// </summary>
internal sealed class PcapNgReader : CaptureReader
{
    /// <summary>Most interfaces of one section; further ones are malformed records.</summary>
    public const int MaxInterfaces = 4096;

    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const uint InterfaceDescription = 1;
    private const uint ObsoletePacket = 2;
    private const uint SimplePacket = 3;
    private const uint EnhancedPacket = 6;
    private const int BlockOverhead = 12;
    private const int MaxTextBytes = 256;

    private readonly List<CaptureInterface> _interfaces = [];
    private bool _bigEndian;
    private bool _inSection;

    // Of a block being passed over: bytes left before its trailing length, and that length.
    private long _skip;
    private uint _skipTotal;

    public override bool MayEnd => _inSection && _skipTotal == 0;

    public override string Current => _inSection ? "a block" : "its section header";

    /// <summary>Interfaces of the current section.</summary>
    public IReadOnlyList<CaptureInterface> Interfaces => _interfaces;

    public static bool IsMagic(ReadOnlySpan<byte> start) => start.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(start) == SectionHeader;

    protected override CaptureReadStatus ReadCore(ReadOnlySpan<byte> buffer, out int consumed, out CaptureRecord record)
    {
        consumed = 0;
        record = default;
        if (_skipTotal != 0)
        {
            return Skip(buffer, out consumed);
        }

        RecordOffset = Offset;
        if (buffer.Length < BlockOverhead)
        {
            return More(BlockOverhead);
        }

        uint type = U32(buffer);
        if (type == SectionHeader)
        {
            // The byte order of a section stands in its header, and that of the section before does not count.
            uint magic = BinaryPrimitives.ReadUInt32LittleEndian(buffer[8..]);
            if (magic != ByteOrderMagic && magic != BinaryPrimitives.ReverseEndianness(ByteOrderMagic))
            {
                return Damage("a section header has no byte-order magic");
            }

            _bigEndian = magic != ByteOrderMagic;
        }
        else if (!_inSection)
        {
            return Damage("there is no section header");
        }

        uint total = U32(buffer[4..]);
        if (total < BlockOverhead || (total & 3) != 0)
        {
            return Damage($"a block claims {total} bytes");
        }

        if (type is not (SectionHeader or InterfaceDescription or ObsoletePacket or SimplePacket or EnhancedPacket))
        {
            _skip = total - 4L;
            _skipTotal = total;
            return Skip(buffer, out consumed);
        }

        if (total > MaxBlockBytes)
        {
            return Damage($"a block claims {total} bytes (the limit is {MaxBlockBytes})");
        }

        if (buffer.Length < total)
        {
            return More((int)total);
        }

        ReadOnlySpan<byte> block = buffer[..(int)total];
        uint trailer = U32(block[^4..]);
        if (trailer != total)
        {
            return Damage($"a block of {total} bytes ends with a length of {trailer}");
        }

        ReadOnlySpan<byte> body = block[8..^4];
        consumed = (int)total;
        CaptureReadStatus status = type switch
        {
            SectionHeader => ReadSection(body),
            InterfaceDescription => ReadInterface(body),
            EnhancedPacket => ReadEnhanced(body, ref record),
            SimplePacket => ReadSimple(body, ref record),
            _ => ReadObsolete(body, ref record),
        };
        if (status == CaptureReadStatus.Damaged)
        {
            consumed = 0;
        }

        return status;
    }

    private CaptureReadStatus Skip(ReadOnlySpan<byte> buffer, out int consumed)
    {
        consumed = (int)Math.Min(_skip, buffer.Length);
        _skip -= consumed;
        if (_skip > 0)
        {
            return consumed > 0 ? CaptureReadStatus.Skipped : More(1);
        }

        if (buffer.Length - consumed < 4)
        {
            return consumed > 0 ? CaptureReadStatus.Skipped : More(4);
        }

        uint trailer = U32(buffer[consumed..]);
        if (trailer != _skipTotal)
        {
            return Damage($"a block of {_skipTotal} bytes ends with a length of {trailer}");
        }

        consumed += 4;
        _skipTotal = 0;
        return CaptureReadStatus.Skipped;
    }

    private CaptureReadStatus ReadSection(ReadOnlySpan<byte> body)
    {
        if (body.Length < 16)
        {
            return Damage("a section header is too short");
        }

        int major = U16(body[4..]);
        if (major != 1)
        {
            return Damage($"a section header names version {major}, only 1 is known");
        }

        _interfaces.Clear();
        _inSection = true;
        return CaptureReadStatus.Skipped;
    }

    private CaptureReadStatus ReadInterface(ReadOnlySpan<byte> body)
    {
        if (body.Length < 8)
        {
            // Packets name interfaces by their order: with one missing every later number would be wrong.
            return Damage("an interface description is too short");
        }

        if (_interfaces.Count == MaxInterfaces)
        {
            return Malformed($"a section has more than {MaxInterfaces} interfaces");
        }

        var added = new CaptureInterface { Index = _interfaces.Count, LinkType = PacketRouter.ToLinkType(U16(body)), SnapLength = U32(body[4..]) };
        ReadOptions(body[8..], added);
        _interfaces.Add(added);
        return CaptureReadStatus.Skipped;
    }

    private void ReadOptions(ReadOnlySpan<byte> options, CaptureInterface added)
    {
        while (options.Length >= 4)
        {
            int code = U16(options);
            int length = U16(options[2..]);
            options = options[4..];
            if (code == 0 || length > options.Length)
            {
                return;
            }

            ReadOnlySpan<byte> value = options[..length];
            switch (code)
            {
                case 2:
                    added.Name = Text(value);
                    break;
                case 3:
                    added.Description = Text(value);
                    break;
                case 6 when length == MacAddress.Size:
                    added.Mac = MacAddress.Read(value);
                    break;
                case 9 when length >= 1:
                    added.SetResolution(value[0]);
                    break;
                case 13 when length >= 1:
                    added.FcsLength = value[0];
                    break;
                case 14 when length == 8:
                    added.TimestampOffset = _bigEndian ? BinaryPrimitives.ReadInt64BigEndian(value) : BinaryPrimitives.ReadInt64LittleEndian(value);
                    break;
            }

            options = options[Math.Min((length + 3) & ~3, options.Length)..];
        }
    }

    private CaptureReadStatus ReadEnhanced(ReadOnlySpan<byte> body, ref CaptureRecord record)
    {
        if (body.Length < 20)
        {
            return Malformed("an enhanced packet block is too short");
        }

        return ReadPacket(body, U32(body), U32(body[4..]), U32(body[8..]), U32(body[12..]), U32(body[16..]), ref record);
    }

    private CaptureReadStatus ReadObsolete(ReadOnlySpan<byte> body, ref CaptureRecord record)
    {
        if (body.Length < 20)
        {
            return Malformed("a packet block is too short");
        }

        return ReadPacket(body, U16(body), U32(body[4..]), U32(body[8..]), U32(body[12..]), U32(body[16..]), ref record);
    }

    private CaptureReadStatus ReadPacket(ReadOnlySpan<byte> body, uint number, uint high, uint low, uint kept, uint original, ref CaptureRecord record)
    {
        const int Header = 20;
        if (number >= (uint)_interfaces.Count)
        {
            return Malformed($"a packet names interface {number} of {_interfaces.Count}");
        }

        if (kept > body.Length - Header)
        {
            return Malformed($"a packet of {kept} bytes does not fit its block");
        }

        if (kept > MaxPacketBytes)
        {
            return Malformed($"a packet has {kept} bytes (the limit is {MaxPacketBytes})");
        }

        CaptureInterface source = _interfaces[(int)number];
        record.Offset = 8 + Header;
        record.Length = (int)kept;
        record.OriginalLength = ClampOriginal(original, (int)kept);
        record.TimestampNs = source.ToUnixNs(((ulong)high << 32) | low);
        record.HasTimestamp = true;
        record.Interface = source;
        return CaptureReadStatus.Packet;
    }

    private CaptureReadStatus ReadSimple(ReadOnlySpan<byte> body, ref CaptureRecord record)
    {
        if (body.Length < 4 || _interfaces.Count == 0)
        {
            return Malformed(body.Length < 4 ? "a simple packet block is too short" : "a simple packet has no interface");
        }

        // It has no length of its own: what was kept is the original, cut by the interface's limit.
        CaptureInterface source = _interfaces[0];
        uint original = U32(body);
        uint kept = source.SnapLength == 0 ? original : Math.Min(original, source.SnapLength);
        if (kept > body.Length - 4 || kept > MaxPacketBytes)
        {
            return Malformed($"a packet of {kept} bytes does not fit its block");
        }

        record.Offset = 12;
        record.Length = (int)kept;
        record.OriginalLength = ClampOriginal(original, (int)kept);
        record.Interface = source;
        return CaptureReadStatus.Packet;
    }

    private CaptureReadStatus Malformed(string problem)
    {
        Problem = problem;
        return CaptureReadStatus.Malformed;
    }

    private static string? Text(ReadOnlySpan<byte> value)
    {
        int end = value.IndexOf((byte)0);
        value = end >= 0 ? value[..end] : value;
        return value.IsEmpty ? null : SsidText.ToDisplay(value[..Math.Min(value.Length, MaxTextBytes)]);
    }

    private ushort U16(ReadOnlySpan<byte> at) =>
        _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at);

    private uint U32(ReadOnlySpan<byte> at) =>
        _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);
}
