namespace KismetPS.Wireless.Radio;

/// <summary>The radio facts of one received frame, from TZSP tags or from a radio header. A plain value: reset, filled, copied.</summary>
internal struct RadioInfo
{
    /// <summary>Which of the following hold a value.</summary>
    public RadioFields Fields;

    /// <summary>Received signal in dBm (<see cref="RadioFields.Signal"/>).</summary>
    public short SignalDbm;

    /// <summary>Noise floor in dBm (<see cref="RadioFields.Noise"/>).</summary>
    public short NoiseDbm;

    /// <summary>Signal-to-noise ratio in dB where only that was told (<see cref="RadioFields.Snr"/>).</summary>
    public short SnrDb;

    /// <summary>Signal in the card's own units where no dBm was told (<see cref="RadioFields.RawSignal"/>).</summary>
    public short RawSignal;

    /// <summary>Rate in kbit/s; of HT and later frames computed from MCS, streams, width and guard interval (<see cref="RadioFields.Rate"/>).</summary>
    public int RateKbps;

    /// <summary>Centre frequency of the primary 20 MHz channel that the receiver was on, in MHz (<see cref="RadioFields.Frequency"/>).</summary>
    public ushort FrequencyMHz;

    /// <summary>Channel number that the receiver was on; meaningless without a band (<see cref="RadioFields.Channel"/>).</summary>
    public ushort Channel;

    /// <summary>Band of <see cref="Channel"/> where known, else <see cref="Band.Unknown"/>.</summary>
    public Band Band;

    /// <summary>Width in MHz the frame was sent with (<see cref="RadioFields.Width"/>).</summary>
    public ushort WidthMHz;

    /// <summary>The receiver's MAC time in microseconds (<see cref="RadioFields.Timestamp"/>).</summary>
    public ulong TimestampUs;

    /// <summary>Antenna number (<see cref="RadioFields.Antenna"/>).</summary>
    public byte Antenna;

    /// <summary>MCS index within its generation (<see cref="RadioFields.Mcs"/>).</summary>
    public byte Mcs;

    /// <summary>Spatial streams, 0 if unknown.</summary>
    public byte Streams;

    /// <summary>Modulation the frame was sent with.</summary>
    public PhyType Phy;

    /// <summary>What is known of the frame check sequence.</summary>
    public FcsState Fcs;

    /// <summary>Radiotap flag 0x20: the MAC header is padded to four bytes before the body.</summary>
    public bool DataPad;

    /// <summary>Whether a field holds a value.</summary>
    public readonly bool Has(RadioFields field) => (Fields & field) != 0;
}
