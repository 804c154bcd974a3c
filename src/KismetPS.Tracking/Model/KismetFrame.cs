using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;

namespace KismetPS.Tracking;

/// <summary>One decoded 802.11 frame: an immutable snapshot. Null means that the frame does not tell.</summary>
public sealed class KismetFrame
{
    private readonly byte[] _frame;
    private readonly RadioInfo _radio;
    private readonly long _timestampNs;
    private readonly int _cutLength;
    private FrameTexts? _texts;

    /// <param name="frame">The 802.11 frame without radio header and FCS, which decodes; from now on the object's own.</param>
    /// <param name="cutLength">Bytes of it that were on the air and not captured.</param>
    /// <param name="radio">Radio facts.</param>
    /// <param name="timestampNs">Packet time, Unix nanoseconds.</param>
    /// <param name="sensorId">Who heard it.</param>
    /// <param name="sessionId">Number of the session, 0 if none.</param>
    internal KismetFrame(byte[] frame, int cutLength, in RadioInfo radio, long timestampNs, string? sensorId, int sessionId)
    {
        _frame = frame;
        _cutLength = cutLength;
        _radio = radio;
        _timestampNs = timestampNs;
        SensorId = sensorId;
        SessionId = sessionId;
    }

    /// <summary>Packet time (UTC).</summary>
    public DateTimeOffset Time => UnixTime.ToDateTime(_timestampNs);

    /// <summary>Management, control, data or extension.</summary>
    public FrameType Type => Texts.Type;

    /// <summary>Subtype.</summary>
    public FrameSubtype Subtype => Texts.Subtype;

    /// <summary>ToDS, FromDS, retry, protected and so on.</summary>
    public FrameControlFlags Flags => Texts.Flags;

    /// <summary>Transmitter.</summary>
    public string? Transmitter => Texts.Transmitter;

    /// <summary>Receiver.</summary>
    public string? Receiver => Texts.Receiver;

    /// <summary>Source.</summary>
    public string? Source => Texts.Source;

    /// <summary>Destination.</summary>
    public string? Destination => Texts.Destination;

    /// <summary>BSSID.</summary>
    public string? Bssid => Texts.Bssid;

    /// <summary>Sequence number, 0 to 4095.</summary>
    public int? Sequence => Texts.Sequence;

    /// <summary>Fragment number.</summary>
    public int? Fragment => Texts.Fragment;

    /// <summary>Network name in it.</summary>
    public string? Ssid => Texts.Ssid;

    /// <summary>Channel: told by the frame, else the one the sensor was on.</summary>
    public int? Channel => Texts.Channel;

    /// <summary>Its frequency, MHz.</summary>
    public int? FrequencyMHz => Texts.FrequencyMHz;

    /// <summary>Signal, dBm.</summary>
    public int? SignalDbm => _radio.Has(RadioFields.Signal) ? _radio.SignalDbm : null;

    /// <summary>Noise, dBm.</summary>
    public int? NoiseDbm => _radio.Has(RadioFields.Noise) ? _radio.NoiseDbm : null;

    /// <summary>Rate, Mbit/s.</summary>
    public double? RateMbps => _radio.Has(RadioFields.Rate) ? _radio.RateKbps / 1000.0 : null;

    /// <summary>Protection its elements tell, in words.</summary>
    public string? Security => Texts.Security;

    /// <summary>EAPOL-Key message: 1-4 of the four-way, 5-6 of the group handshake.</summary>
    public int? EapolMessage => Texts.EapolMessage;

    /// <summary>Reason or status code.</summary>
    public int? Code => Texts.Code;

    /// <summary>Bytes on the air, without FCS.</summary>
    public int Length => _frame.Length;

    /// <summary>Sensor that heard it.</summary>
    public string? SensorId { get; }

    /// <summary>Number of the session, 0 if none.</summary>
    public int SessionId { get; }

    // Two threads may make them at once; either of the two is kept, and they are the same.
    private FrameTexts Texts => _texts ??= new FrameTexts(_frame, _cutLength, _radio);

    /// <summary>A copy of the 802.11 frame, without radio header and FCS.</summary>
    public byte[] GetFrameBytes() => (byte[])_frame.Clone();

    /// <summary>Subtype, transmitter and receiver.</summary>
    public override string ToString() => $"{Subtype} {Transmitter ?? "-"} > {Receiver ?? "-"}";
}
