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

    /// <summary>Takes a frequency, and the channel and band that go with it. 0 tells nothing.</summary>
    public void SetFrequency(int mhz)
    {
        if (mhz is <= 0 or > ushort.MaxValue)
        {
            return;
        }

        FrequencyMHz = (ushort)mhz;
        Channel = (ushort)WirelessChannel.FromFrequency(mhz, out Band);
        Fields = (Channel != 0 ? Fields | RadioFields.Channel : Fields & ~RadioFields.Channel) | RadioFields.Frequency;
    }

    /// <summary>Takes a channel number, and its frequency where the band has such a channel. 0 tells nothing.</summary>
    /// <param name="channel">Channel number.</param>
    /// <param name="band">Its band; <see cref="Band.Unknown"/> keeps the number alone.</param>
    public void SetChannel(int channel, Band band)
    {
        if (channel is <= 0 or > ushort.MaxValue)
        {
            return;
        }

        Channel = (ushort)channel;
        Band = band;
        int mhz = WirelessChannel.FrequencyMHz(band, channel);
        FrequencyMHz = mhz <= ushort.MaxValue ? (ushort)mhz : (ushort)0;
        Fields = (FrequencyMHz != 0 ? Fields | RadioFields.Frequency : Fields & ~RadioFields.Frequency) | RadioFields.Channel;
    }

    /// <summary>Takes a signal in dBm.</summary>
    public void SetSignal(int dbm)
    {
        SignalDbm = (short)Math.Clamp(dbm, short.MinValue, short.MaxValue);
        Fields |= RadioFields.Signal;
    }

    /// <summary>Takes a noise floor in dBm.</summary>
    public void SetNoise(int dbm)
    {
        NoiseDbm = (short)Math.Clamp(dbm, short.MinValue, short.MaxValue);
        Fields |= RadioFields.Noise;
    }

    /// <summary>Takes a signal in the card's own units.</summary>
    public void SetRawSignal(int value)
    {
        RawSignal = (short)Math.Clamp(value, short.MinValue, short.MaxValue);
        Fields |= RadioFields.RawSignal;
    }

    /// <summary>Takes a rate in kbit/s. 0 tells nothing.</summary>
    public void SetRate(int kbps)
    {
        if (kbps > 0)
        {
            RateKbps = kbps;
            Fields |= RadioFields.Rate;
        }
    }

    /// <summary>Takes a rate of the time before HT, and the modulation that has it.</summary>
    public void SetLegacyRate(int kbps)
    {
        SetRate(kbps);
        PhyType phy = ModulationRates.LegacyPhy(kbps);
        if (phy != PhyType.Unknown)
        {
            Phy = phy;
        }
    }

    /// <summary>Takes the receiver's MAC time.</summary>
    public void SetTimestamp(ulong microseconds)
    {
        TimestampUs = microseconds;
        Fields |= RadioFields.Timestamp;
    }

    /// <summary>Takes an antenna number.</summary>
    public void SetAntenna(byte antenna)
    {
        Antenna = antenna;
        Fields |= RadioFields.Antenna;
    }
}
