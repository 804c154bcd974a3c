using KismetPS.Wireless.Frames;

namespace KismetPS.Tracking;

/// <summary>One decoded 802.11 frame: an immutable snapshot. Null means that the frame does not tell.</summary>
public sealed class KismetFrame
{
    private readonly byte[] _frame;

    internal KismetFrame(byte[] frame) => _frame = frame;

    /// <summary>Packet time (UTC).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Management, control, data or extension.</summary>
    public FrameType Type { get; init; }

    /// <summary>Subtype.</summary>
    public FrameSubtype Subtype { get; init; }

    /// <summary>ToDS, FromDS, retry, protected and so on.</summary>
    public FrameControlFlags Flags { get; init; }

    /// <summary>Transmitter.</summary>
    public string? Transmitter { get; init; }

    /// <summary>Receiver.</summary>
    public string? Receiver { get; init; }

    /// <summary>Source.</summary>
    public string? Source { get; init; }

    /// <summary>Destination.</summary>
    public string? Destination { get; init; }

    /// <summary>BSSID.</summary>
    public string? Bssid { get; init; }

    /// <summary>Sequence number, 0 to 4095.</summary>
    public int? Sequence { get; init; }

    /// <summary>Fragment number.</summary>
    public int? Fragment { get; init; }

    /// <summary>Network name in it.</summary>
    public string? Ssid { get; init; }

    /// <summary>Channel: told by the frame, else the one the sensor was on.</summary>
    public int? Channel { get; init; }

    /// <summary>Its frequency, MHz.</summary>
    public int? FrequencyMHz { get; init; }

    /// <summary>Signal, dBm.</summary>
    public int? SignalDbm { get; init; }

    /// <summary>Noise, dBm.</summary>
    public int? NoiseDbm { get; init; }

    /// <summary>Rate, Mbit/s.</summary>
    public double? RateMbps { get; init; }

    /// <summary>Protection its elements tell, in words.</summary>
    public string? Security { get; init; }

    /// <summary>EAPOL-Key message: 1-4 of the four-way, 5-6 of the group handshake.</summary>
    public int? EapolMessage { get; init; }

    /// <summary>Reason or status code.</summary>
    public int? Code { get; init; }

    /// <summary>Bytes on the air, without FCS.</summary>
    public int Length { get; init; }

    /// <summary>Sensor that heard it.</summary>
    public string? SensorId { get; init; }

    /// <summary>Number of the session, 0 if none.</summary>
    public int SessionId { get; init; }

    /// <summary>A copy of the 802.11 frame, without radio header and FCS.</summary>
    public byte[] GetFrameBytes() => (byte[])_frame.Clone();

    /// <summary>Subtype, transmitter and receiver.</summary>
    public override string ToString() => $"{Subtype} {Transmitter ?? "-"} > {Receiver ?? "-"}";
}
