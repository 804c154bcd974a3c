using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;

namespace KismetPS.Capture.Drone;

/// <summary>
/// A drone's stream to frames: whatever pieces it comes in, of either protocol. No I/O. One per source; <see cref="Restart"/> begins a new
/// connection. Allocates nothing per frame once the drone's sources are known.
/// </summary>
internal sealed class DroneIntake(OriginTable origins, int maxSources)
{
    /// <summary>Frames delivered in one batch: readers of the tables get their turn behind it.</summary>
    private const int BatchFrames = 64;
    private const int FcsLength = 4;

    /// <summary>What a newcore drone sends where it has no FCS.</summary>
    private const uint NoFcs = 0xDEADBEEF;

    private readonly DroneFramer _framer = new();
    private readonly Dictionary<Guid, FrameOrigin> _byId = [];
    private readonly List<(byte[] Name, FrameOrigin Origin)> _byName = [];
    private readonly byte[] _frame = new byte[DroneFramer.MaxPayload + FcsLength];
    private readonly long[] _drops = new long[Enum.GetValues<SourceDropReason>().Length];
    private long _packets;
    private bool _gpsTrusted = true;
    private int _inBatch;
    private DronePosition _told;
    private GeoPosition? _position;
    private Guid _lastId;
    private FrameOrigin? _last;

    /// <summary>Which protocol it is, once its first bytes came.</summary>
    public DroneProtocol Protocol => _framer.Protocol;

    /// <summary>Whether it said who it is on this connection.</summary>
    public bool HasHello { get; private set; }

    /// <summary>The name of the drone; null in stable and where it has none.</summary>
    public string? Name { get; private set; }

    /// <summary>The release of the drone's program (newcore), or its protocol's version (stable).</summary>
    public string? Version { get; private set; }

    /// <summary>The last message the drone sent to be shown to a user.</summary>
    public string? Message { get; private set; }

    /// <summary>Packets taken in, good or bad.</summary>
    public long Packets => Volatile.Read(ref _packets);

    /// <summary>Where the drone is reached; what origins show as their address.</summary>
    public string Address { get; set; } = string.Empty;

    /// <summary>Forgets what was half read, for a new connection; sources and counters stay.</summary>
    public void Restart()
    {
        _framer.Reset();
        HasHello = false;
        _gpsTrusted = true;
    }

    /// <summary>Counts a connection given up.</summary>
    public void Drop(SourceDropReason reason) => Interlocked.Increment(ref _drops[(int)reason]);

    /// <summary>Packets not delivered and connections given up, by reason.</summary>
    public IReadOnlyDictionary<SourceDropReason, long> ReadDrops()
    {
        Dictionary<SourceDropReason, long> drops = [];
        for (int i = 0; i < _drops.Length; i++)
        {
            long count = Interlocked.Read(ref _drops[i]);
            if (count != 0)
            {
                drops.Add((SourceDropReason)i, count);
            }
        }

        return drops;
    }

    /// <summary>Takes the next piece of the stream; the frames in it go to the sink in batches.</summary>
    public DroneIntakeStatus Accept(ReadOnlySpan<byte> bytes, long nowNs, IFrameSink sink)
    {
        _inBatch = 0;
        try
        {
            while (true)
            {
                switch (_framer.Read(ref bytes, out DroneFrame frame))
                {
                    case DroneFrameStatus.Ok:
                        if (!TryTake(frame, nowNs, sink))
                        {
                            Drop(SourceDropReason.DroneVersion);
                            return DroneIntakeStatus.BadVersion;
                        }

                        break;
                    case DroneFrameStatus.More:
                        return DroneIntakeStatus.Ok;
                    case DroneFrameStatus.TooLong:
                        Drop(SourceDropReason.DroneTooLong);
                        return DroneIntakeStatus.TooLong;
                    default:
                        Drop(SourceDropReason.DroneSentinel);
                        return DroneIntakeStatus.BadSentinel;
                }
            }
        }
        finally
        {
            if (_inBatch > 0)
            {
                sink.EndBatch();
            }
        }
    }

    /// <summary>False: of a version that is not known.</summary>
    private bool TryTake(in DroneFrame frame, long nowNs, IFrameSink sink)
    {
        switch (frame.Type)
        {
            case DroneFrameType.Packet:
                TakePacket(frame, nowNs, sink);
                return true;
            case DroneFrameType.Hello:
                return TryTakeHello(frame);
            case DroneFrameType.Source:
                if (NewcoreDrone.TryReadSource(frame.Payload, out DroneSource? source))
                {
                    Introduce(source!);
                    return true;
                }

                Drop(SourceDropReason.DroneMalformed);
                return true;
            case DroneFrameType.Text:
                if (NewcoreDrone.TryReadText(frame.Payload, out _, out ReadOnlySpan<byte> text))
                {
                    Message = TextOf(text[..Math.Min(text.Length, 256)]);
                    return true;
                }

                Drop(SourceDropReason.DroneMalformed);
                return true;
            default:
                // Keep-alives, the channels of a source, and what nobody defined: nothing here depends on them.
                return true;
        }
    }

    private bool TryTakeHello(in DroneFrame frame)
    {
        if (frame.Protocol == DroneProtocol.Stable)
        {
            if (!StableDrone.TryReadHello(frame.Payload, out int stable, out bool hasGps) || stable != StableDrone.Version)
            {
                return false;
            }

            // Without a GPS what stands in the places of a position is whatever lay in the drone's memory.
            _gpsTrusted = hasGps;
            Version = "9";
            HasHello = true;
            return true;
        }

        if (!NewcoreDrone.TryReadHello(frame.Payload, out int version, out string release, out string name) || version != NewcoreDrone.Version)
        {
            return false;
        }

        Version = TextOf(Encoding.Latin1.GetBytes(release));
        Name = name.Length == 0 ? null : TextOf(Encoding.Latin1.GetBytes(name));
        HasHello = true;
        return true;
    }

    private void TakePacket(in DroneFrame frame, long nowNs, IFrameSink sink)
    {
        bool read = frame.Protocol == DroneProtocol.Stable
            ? StableDrone.TryReadPacket(frame.Payload, out DronePacket packet)
            : NewcoreDrone.TryReadPacket(frame.Payload, out packet);
        if (!read)
        {
            Interlocked.Increment(ref _packets);
            Drop(SourceDropReason.DroneMalformed);
            return;
        }

        GeoPosition? position = _gpsTrusted ? PositionOf(packet.Position) : null;
        if (packet.Data.IsEmpty)
        {
            // A newcore drone with a GPS tells its place each second, for all its sources.
            foreach (FrameOrigin each in origins.Snapshot)
            {
                Place(each, position);
            }

            return;
        }

        Interlocked.Increment(ref _packets);
        if (!TryFindOrigin(frame.Protocol, packet, out FrameOrigin? origin))
        {
            Drop(SourceDropReason.SensorLimit);
            return;
        }

        Place(origin, position);
        Deliver(packet, frame.Protocol, origin, nowNs, sink);
    }

    private void Deliver(in DronePacket packet, DroneProtocol protocol, FrameOrigin origin, long nowNs, IFrameSink sink)
    {
        FrameInfo info = new()
        {
            TimestampNs = nowNs,
            LinkType = (LinkType)packet.LinkType,
            SensorClockNs = packet.Seconds < long.MaxValue / 1_000_000_000 - 1 && packet.Microseconds < 1_000_000
                ? ((long)packet.Seconds * 1_000_000_000) + ((long)packet.Microseconds * 1000)
                : 0,
            Origin = origin,
        };
        if (packet.Radio is { } radio)
        {
            info.Radio = DroneRadioFacts.Read(radio, protocol);
        }

        ReadOnlySpan<byte> bytes = packet.Data;
        if (info.LinkType == LinkType.Ieee80211 && packet.Fcs.Length == FcsLength && BinaryPrimitives.ReadUInt32BigEndian(packet.Fcs) != NoFcs)
        {
            // As it was on the air: the engine checks it, a capture file keeps it.
            packet.Data.CopyTo(_frame);
            packet.Fcs.CopyTo(_frame.AsSpan(packet.Data.Length));
            bytes = _frame.AsSpan(0, packet.Data.Length + FcsLength);
            info.Radio.Fcs = FcsState.Present;
        }
        else if (packet.IsDamaged)
        {
            info.Radio.Fcs = FcsState.AbsentBad;
        }

        info.OriginalLength = bytes.Length;
        ref OriginCounters counters = ref origin.Counters;
        counters.Received++;
        counters.Bytes += bytes.Length;
        counters.LastSeenNs = nowNs;
        if (counters.FirstSeenNs == 0)
        {
            counters.FirstSeenNs = nowNs;
        }

        if (_inBatch == BatchFrames)
        {
            sink.EndBatch();
            _inBatch = 0;
        }

        if (_inBatch++ == 0)
        {
            sink.BeginBatch();
        }

        sink.OnFrame(bytes, info);
    }

    private bool TryFindOrigin(DroneProtocol protocol, in DronePacket packet, [NotNullWhen(true)] out FrameOrigin? origin)
    {
        if (protocol == DroneProtocol.Newcore)
        {
            if (_last is not null && _lastId == packet.SourceId)
            {
                origin = _last;
                return true;
            }

            if (!_byId.TryGetValue(packet.SourceId, out origin))
            {
                origin = Add(packet.SourceId.ToString(), null, packet.SourceId.ToString());
                if (origin is null)
                {
                    return false;
                }

                _byId.Add(packet.SourceId, origin);
            }

            _last = origin;
            _lastId = packet.SourceId;
            return true;
        }

        foreach ((byte[] name, FrameOrigin known) in _byName)
        {
            if (packet.SourceName.SequenceEqual(name))
            {
                origin = known;
                return true;
            }
        }

        string text = packet.SourceName.IsEmpty ? Address : TextOf(packet.SourceName);
        origin = Add(text, text, null);
        if (origin is null)
        {
            return false;
        }

        _byName.Add((packet.SourceName.ToArray(), origin));
        return true;
    }

    private void Introduce(DroneSource source)
    {
        if (source.IsRemoved)
        {
            return;
        }

        if (!_byId.TryGetValue(source.Id, out FrameOrigin? origin))
        {
            origin = Add(source.Id.ToString(), null, source.Id.ToString());
            if (origin is null)
            {
                return;
            }

            _byId.Add(source.Id, origin);
        }

        string name = source.Name.Length > 0 ? source.Name : source.Interface;
        origin.Name = name.Length > 0 ? TextOf(Encoding.Latin1.GetBytes(name)) : origin.Name;
    }

    private FrameOrigin? Add(string id, string? name, string? serial) =>
        origins.Count < maxSources ? origins.Add(id, name, Address, serial) : null;

    private static void Place(FrameOrigin origin, GeoPosition? position)
    {
        if (position is not null && !ReferenceEquals(origin.Position, position))
        {
            origin.Position = position;
            origin.Location = position.ToString();
        }
    }

    /// <summary>Null where there is no fix, or a place that is none. The same object while the place is the same.</summary>
    private GeoPosition? PositionOf(DronePosition? position)
    {
        if (position is not { Fix: >= 2 } told || told.Latitude is not (>= -90 and <= 90) || told.Longitude is not (>= -180 and <= 180)
            || (told.Latitude == 0 && told.Longitude == 0))
        {
            return null;
        }

        if (_position is null || told != _told)
        {
            _told = told;
            double metres = _framer.Protocol == DroneProtocol.Stable ? told.Altitude * StableDrone.FootM : told.Altitude;
            _position = new GeoPosition(told.Latitude, told.Longitude, told.Fix, metres, told.Speed, told.Heading);
        }

        return _position;
    }

    private static string TextOf(ReadOnlySpan<byte> bytes) => SsidText.ToDisplay(bytes);
}
