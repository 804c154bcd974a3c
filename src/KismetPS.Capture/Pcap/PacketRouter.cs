using KismetPS.Wireless;

namespace KismetPS.Capture.Pcap;

/// <summary>
/// Where packets of a capture file or interface go by their link type: 802.11 straight to the sink, TZSP out of its carrier first.
/// Keeps the origins and counters of its source. One thread, counters and origins read by any.
/// </summary>
internal sealed class PacketRouter(int tzspPort)
{
    /// <summary>Most origins of one source; packets of further ones are counted as <see cref="SourceDropReason.SensorLimit"/>.</summary>
    public const int MaxOrigins = 4096;

    private readonly long[] _drops = new long[Enum.GetValues<SourceDropReason>().Length];
    private FrameOrigin[] _origins = [];
    private int _originCount;
    private long _received;
    private long _bytes;

    /// <summary>UDP port TZSP is looked for on.</summary>
    public int TzspPort => tzspPort;

    /// <summary>Looks at every TZSP message found.</summary>
    public Tzsp.IDatagramTap? Tap { get; set; }

    /// <summary>Packets seen.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Their bytes.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Origins so far.</summary>
    public IReadOnlyList<FrameOrigin> Origins
    {
        get
        {
            // The count before the array: the array is the first to be written.
            int count = Volatile.Read(ref _originCount);
            return new ArraySegment<FrameOrigin>(Volatile.Read(ref _origins), 0, count);
        }
    }

    /// <summary>Whether packets of this link type are looked into for TZSP.</summary>
    public static bool IsCarrier(LinkType link) => link is LinkType.Tzsp or LinkType.Ethernet or LinkType.RawIP or LinkType.IPv4
        or LinkType.IPv6 or LinkType.LinuxSll or LinkType.LinuxSll2;

    /// <summary>Counts a packet that was not delivered.</summary>
    public void Count(SourceDropReason reason) => _drops[(int)reason]++;

    /// <summary>Drops so far, null if none.</summary>
    public IReadOnlyDictionary<SourceDropReason, long>? ReadDrops()
    {
        Dictionary<SourceDropReason, long>? result = null;
        for (int i = 0; i < _drops.Length; i++)
        {
            if (Volatile.Read(ref _drops[i]) is long count and > 0)
            {
                (result ??= [])[(SourceDropReason)i] = count;
            }
        }

        return result;
    }

    /// <summary>A further origin, null where there are too many.</summary>
    public FrameOrigin? AddOrigin(string id, string? name)
    {
        if (_originCount == MaxOrigins)
        {
            return null;
        }

        var origin = new FrameOrigin(_originCount, id, name);
        FrameOrigin[] all = _origins;
        if (_originCount == all.Length)
        {
            Array.Resize(ref all, Math.Max(4, all.Length * 2));
        }

        all[_originCount] = origin;
        Volatile.Write(ref _origins, all);
        Volatile.Write(ref _originCount, _originCount + 1);
        return origin;
    }

    /// <summary>A packet that is 802.11 (or nothing we know) as it stands.</summary>
    public void OnWireless(ReadOnlySpan<byte> packet, in FrameInfo info, IFrameSink sink)
    {
        Seen(packet.Length);
        ref OriginCounters counters = ref info.Origin.Counters;
        counters.Received++;
        counters.Bytes += packet.Length;
        counters.LastSeenNs = info.TimestampNs;
        if (counters.FirstSeenNs == 0)
        {
            counters.FirstSeenNs = info.TimestampNs;
        }

        sink.OnFrame(packet, in info);
    }

    /// <summary>A packet that may hold a TZSP message.</summary>
    public void OnCarrier(ReadOnlySpan<byte> packet, in FrameInfo info, IFrameSink sink)
    {
        Seen(packet.Length);
        Count(SourceDropReason.NotTzsp);
    }

    private void Seen(int bytes)
    {
        _received++;
        _bytes += bytes;
    }
}
