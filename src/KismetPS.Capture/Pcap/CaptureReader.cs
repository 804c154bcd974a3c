namespace KismetPS.Capture.Pcap;

/// <summary>
/// Takes the bytes of a capture file in whatever pieces they come and gives its packets. No I/O, no exception on any input, no allocation
/// per packet. The caller hands the unread bytes to <see cref="Read"/>, drops what was consumed and comes again.
/// </summary>
internal abstract class CaptureReader
{
    /// <summary>Largest packet taken, bytes: libpcap's and Wireshark's limit for these link types (MAXIMUM_SNAPLEN, WTAP_MAX_PACKET_SIZE_STANDARD).</summary>
    public const int MaxPacketBytes = 256 * 1024;

    /// <summary>Largest pcapng block taken as a whole, bytes (Wireshark's limit too); larger ones are damage, or passed over where their kind is not read.</summary>
    public const int MaxBlockBytes = 16 * 1024 * 1024;

    /// <summary>Bytes the next <see cref="Read"/> needs at least, after <see cref="CaptureReadStatus.NeedMore"/>; never above <see cref="MaxBlockBytes"/>.</summary>
    public int Needed { get; protected set; }

    /// <summary>Bytes consumed since the beginning of the file.</summary>
    public long Offset { get; private set; }

    /// <summary>Where the record that was read last, or is being read, begins.</summary>
    public long RecordOffset { get; protected set; }

    /// <summary>What is wrong after <see cref="CaptureReadStatus.Malformed"/> or <see cref="CaptureReadStatus.Damaged"/>, else null: part of a sentence.</summary>
    public string? Problem { get; protected set; }

    /// <summary>Whether a file may end after what was consumed.</summary>
    public abstract bool MayEnd { get; }

    /// <summary>What record an end of the file would cut, for messages.</summary>
    public abstract string Current { get; }

    /// <summary>Reads one record from the beginning of the unread bytes.</summary>
    /// <param name="buffer">All unread bytes at hand.</param>
    /// <param name="consumed">How many of them are done with.</param>
    /// <param name="record">The packet, after <see cref="CaptureReadStatus.Packet"/>.</param>
    public CaptureReadStatus Read(ReadOnlySpan<byte> buffer, out int consumed, out CaptureRecord record)
    {
        CaptureReadStatus status = ReadCore(buffer, out consumed, out record);
        Offset += consumed;
        return status;
    }

    /// <summary>The reader for a file that begins with these bytes, null if it is of no known kind.</summary>
    /// <param name="start">At least the first four bytes, or what there is.</param>
    public static CaptureReader? ForMagic(ReadOnlySpan<byte> start) =>
        PcapReader.IsMagic(start) ? new PcapReader()
        : PcapNgReader.IsMagic(start) ? new PcapNgReader()
        : null;

    protected abstract CaptureReadStatus ReadCore(ReadOnlySpan<byte> buffer, out int consumed, out CaptureRecord record);

    protected CaptureReadStatus More(int needed)
    {
        Needed = needed;
        return CaptureReadStatus.NeedMore;
    }

    protected CaptureReadStatus Damage(string problem)
    {
        Problem = problem;
        return CaptureReadStatus.Damaged;
    }

    /// <summary>A packet's length on the air: lengths come as 32 bits unsigned, and writers exist that say less than they kept.</summary>
    protected static int ClampOriginal(uint original, int kept) =>
        original > int.MaxValue ? int.MaxValue : Math.Max((int)original, kept);
}
