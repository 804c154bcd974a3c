using KismetPS.Wireless;

namespace KismetPS.Capture.Tzsp;

/// <summary>One TZSP message with its tags decoded: an immutable snapshot for the pipeline.</summary>
public sealed class TzspPacket
{
    private readonly byte[] _frame;

    internal TzspPacket(byte[] frame) => _frame = frame;

    /// <summary>Protocol version, 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Message type: 0 received, 1 for transmit, 3 configuration, 4 keepalive, 5 port opener.</summary>
    public TzspType Type { get; init; }

    /// <summary>Encapsulation number as sent: 1 Ethernet, 18 802.11, 119 Prism, 126 radiotap, 127 AVS.</summary>
    public int Encapsulation { get; init; }

    /// <summary>What the frame bytes are by that number.</summary>
    public LinkType LinkType { get; init; } = LinkType.Unknown;

    /// <summary>All tags in order, repeats and unknown ones too, without padding and end.</summary>
    public DetailList<TzspTag> Tags { get; init; } = DetailList<TzspTag>.Empty;

    /// <summary>Signal in dBm, null if not told in dBm.</summary>
    public int? SignalDbm { get; init; }

    /// <summary>Noise in dBm, null if untold.</summary>
    public int? NoiseDbm { get; init; }

    /// <summary>Signal-to-noise ratio in dB, null if untold.</summary>
    public int? SnrDb { get; init; }

    /// <summary>Rate in Mbit/s, null if untold.</summary>
    public double? RateMbps { get; init; }

    /// <summary>Channel the sensor was on, null if untold.</summary>
    public int? Channel { get; init; }

    /// <summary>The same in MHz where the number tells the band, else null.</summary>
    public int? FrequencyMHz { get; init; }

    /// <summary>The sensor's MAC timer, microseconds, 32 bit, null if untold.</summary>
    public long? SensorTime { get; init; }

    /// <summary>The sensor's wall clock (tag 82), null if untold.</summary>
    public DateTimeOffset? SensorClock { get; init; }

    /// <summary>The sender's packet count, null if untold.</summary>
    public long? PacketCount { get; init; }

    /// <summary>Length on the air in bytes, null if untold.</summary>
    public int? OriginalLength { get; init; }

    /// <summary>Whether the sensor reports a wrong FCS; null if untold.</summary>
    public bool? FcsError { get; init; }

    /// <summary>Whether the sensor decrypted the frame: tag 16 read as Wireshark does (0 = decrypted, 1 = could not); null if untold.</summary>
    public bool? Decrypted { get; init; }

    /// <summary>Sensor serial or MAC (tag 60), null if untold.</summary>
    public string? Serial { get; init; }

    /// <summary>Sensor name (tag 80), null if untold.</summary>
    public string? DeviceName { get; init; }

    /// <summary>Sensor location (tag 81), null if untold.</summary>
    public string? Location { get; init; }

    /// <summary>Bytes of the frame carried.</summary>
    public int Length => _frame.Length;

    /// <summary>Address and port it came from, null where not received from the network.</summary>
    public string? Sensor { get; init; }

    /// <summary>When it arrived (UTC).</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>High nibble of the type byte, 0 from every sender known; kept so that encoding gives back what was decoded.</summary>
    internal int Flags { get; init; }

    /// <summary>Whether the tag list ends with END; bare keepalives have none.</summary>
    internal bool HasEnd { get; init; } = true;

    /// <summary>The frame without a copy.</summary>
    internal ReadOnlySpan<byte> Frame => _frame;

    /// <summary>A copy of the frame bytes.</summary>
    public byte[] GetFrameBytes() => (byte[])_frame.Clone();

    /// <summary>Type, encapsulation and length.</summary>
    public override string ToString() => $"TZSP {Type} {LinkType} {Length} bytes";
}
