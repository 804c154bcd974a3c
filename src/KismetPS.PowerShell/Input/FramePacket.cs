using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.Tracking;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;

namespace KismetPS.PowerShell.Input;

/// <summary>Turns objects of the pipeline back into what a source delivers: bytes and their radio facts. Sensors become origins, one per id.</summary>
internal sealed class FramePacket
{
    private readonly Dictionary<string, FrameOrigin> _origins = new(StringComparer.Ordinal);

    /// <summary>Bytes and facts of a frame.</summary>
    public byte[] From(KismetFrame frame, out FrameInfo info)
    {
        byte[] bytes = frame.GetFrameBytes();
        info = new FrameInfo
        {
            TimestampNs = UnixNs(frame.Time),
            LinkType = LinkType.Ieee80211,
            OriginalLength = Math.Max(frame.Length, bytes.Length),
            Origin = Origin(frame.SensorId),
        };
        info.Radio.Fcs = FcsState.Absent;
        Set(ref info.Radio, RadioFields.Signal, ref info.Radio.SignalDbm, frame.SignalDbm);
        Set(ref info.Radio, RadioFields.Noise, ref info.Radio.NoiseDbm, frame.NoiseDbm);
        if (frame.RateMbps is double rate)
        {
            info.Radio.RateKbps = (int)Math.Round(rate * 1000);
            info.Radio.Fields |= RadioFields.Rate;
        }

        if (frame.FrequencyMHz is int mhz)
        {
            info.Radio.FrequencyMHz = (ushort)mhz;
            info.Radio.Fields |= RadioFields.Frequency;
        }

        return bytes;
    }

    /// <summary>Bytes and facts of the frame in a TZSP message, read as the listener reads them.</summary>
    public byte[] From(TzspPacket packet, out FrameInfo info)
    {
        byte[] message = TzspCodec.Encode(packet);
        TzspReader.Read(message, out TzspFacts facts, out RadioInfo radio);
        byte[] bytes = packet.GetFrameBytes();
        info = new FrameInfo
        {
            TimestampNs = packet.ReceivedAt == default ? 0 : UnixNs(packet.ReceivedAt),
            LinkType = packet.LinkType,
            OriginalLength = Math.Max(packet.OriginalLength ?? 0, bytes.Length),
            Origin = Origin(packet.Serial ?? packet.Sensor),
            Radio = radio,
        };
        return bytes;
    }

    /// <summary>Facts of bytes that nothing is known of but what they are.</summary>
    public FrameInfo Bare(int length, LinkType type) => new()
    {
        TimestampNs = UnixNs(DateTimeOffset.UtcNow),
        LinkType = type,
        OriginalLength = length,
        Origin = Origin(null),
    };

    private static void Set(ref RadioInfo radio, RadioFields field, ref short target, int? value)
    {
        if (value is int dbm)
        {
            target = (short)dbm;
            radio.Fields |= field;
        }
    }

    private static long UnixNs(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * 100;

    private FrameOrigin Origin(string? id)
    {
        id ??= "pipeline";
        if (!_origins.TryGetValue(id, out FrameOrigin? origin))
        {
            origin = new FrameOrigin(_origins.Count, id);
            _origins.Add(id, origin);
        }

        return origin;
    }
}
