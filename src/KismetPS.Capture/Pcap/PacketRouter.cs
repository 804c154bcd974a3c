using KismetPS.Capture.Tzsp;
using KismetPS.Wireless;

namespace KismetPS.Capture.Pcap;

/// <summary>
/// Where packets of a capture file or interface go by their link type: 802.11 straight to the sink, TZSP out of its carrier first and then
/// the way of the listener. Keeps the origins and counters of its source. One thread; counters and origins are read by any.
/// </summary>
internal sealed class PacketRouter
{
    /// <summary>Most origins of one source, sensors and interfaces each; packets of further ones are counted as <see cref="SourceDropReason.SensorLimit"/>.</summary>
    public const int MaxOrigins = 4096;

    private readonly OriginTable _origins = new();
    private readonly TzspIntake _intake;
    private readonly int _tzspPort;
    private int _interfaces;
    private long _received;
    private long _bytes;

    /// <param name="tzspPort">UDP port TZSP is looked for on.</param>
    public PacketRouter(int tzspPort)
    {
        _tzspPort = tzspPort;
        _intake = new TzspIntake(_origins, MaxOrigins);
    }

    /// <summary>Looks at every TZSP message found.</summary>
    public IDatagramTap? Tap
    {
        get => _intake.Tap;
        set => _intake.Tap = value;
    }

    /// <summary>Packets seen.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Their bytes.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Origins so far.</summary>
    public IReadOnlyList<FrameOrigin> Origins => _origins.Snapshot;

    /// <summary>
    /// The link type of a LINKTYPE number as files have it: 12 and 14 are DLT_RAW of some systems, which got into files before the numbers were
    /// agreed on (tcpdump.org, link-layer header types).
    /// </summary>
    public static LinkType ToLinkType(int number) => number is 12 or 14 ? LinkType.RawIP : (LinkType)number;

    /// <summary>Counts a packet that was not delivered.</summary>
    public void Drop(SourceDropReason reason) => _intake.Drop(reason);

    /// <summary>Packets not delivered so far, by reason.</summary>
    public IReadOnlyDictionary<SourceDropReason, long> ReadDrops() => _intake.ReadDrops();

    /// <summary>An origin for an interface, null where there are too many.</summary>
    public FrameOrigin? AddInterface(string id, string? name, string? serial)
    {
        if (_interfaces == MaxOrigins)
        {
            return null;
        }

        _interfaces++;
        return _origins.Add(id, name, null, serial);
    }

    /// <summary>Whether packets of this link type are looked into for TZSP instead of being delivered as they are.</summary>
    public static bool IsCarrier(LinkType link) => link is LinkType.Tzsp or LinkType.Ethernet or LinkType.RawIP or LinkType.IPv4
        or LinkType.IPv6 or LinkType.LinuxSll or LinkType.LinuxSll2 or CarrierReader.Null or CarrierReader.Loop;

    /// <summary>Delivers a packet as it is, under the interface that heard it; null: there are too many interfaces.</summary>
    /// <param name="packet">The bytes.</param>
    /// <param name="info">All but the origin.</param>
    /// <param name="origin">Who heard it.</param>
    /// <param name="sink">Where it goes.</param>
    public void Deliver(ReadOnlySpan<byte> packet, ref FrameInfo info, FrameOrigin? origin, IFrameSink sink)
    {
        Seen(packet.Length);
        if (origin is null)
        {
            Drop(SourceDropReason.SensorLimit);
            return;
        }

        ref OriginCounters counters = ref origin.Counters;
        counters.Received++;
        counters.Bytes += packet.Length;
        counters.LastSeenNs = info.TimestampNs;
        if (counters.FirstSeenNs == 0)
        {
            counters.FirstSeenNs = info.TimestampNs;
        }

        info.Origin = origin;
        sink.OnFrame(packet, in info);
    }

    /// <summary>Takes the TZSP message out of a packet, under the sensor that sent it; counts the packet where there is none.</summary>
    public void Unwrap(ReadOnlySpan<byte> packet, LinkType link, int originalLength, long timestampNs, IFrameSink sink)
    {
        Seen(packet.Length);
        if (link == LinkType.Tzsp)
        {
            _intake.Accept(packet, default, timestampNs, sink, originalLength - packet.Length);
            return;
        }

        switch (CarrierReader.TryRead(packet, link, _tzspPort, out CarriedMessage carried))
        {
            case CarrierStatus.Message:
                SensorAddress from = carried.SourceAddress.Length == 4
                    ? SensorAddress.FromIPv4(carried.SourceAddress, carried.SourcePort)
                    : SensorAddress.FromIPv6(carried.SourceAddress, 0, carried.SourcePort);
                _intake.Accept(carried.Message, in from, timestampNs, sink, carried.Missing);
                break;
            case CarrierStatus.Fragment:
                Drop(SourceDropReason.IPFragment);
                break;
            default:
                Drop(SourceDropReason.NotTzsp);
                break;
        }
    }

    private void Seen(int bytes)
    {
        _received++;
        _bytes += bytes;
    }
}
