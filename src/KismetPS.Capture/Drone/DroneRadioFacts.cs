using KismetPS.Wireless.Radio;

namespace KismetPS.Capture.Drone;

/// <summary>Radio facts of the drone protocols and ours, both ways.</summary>
internal static class DroneRadioFacts
{
    // Numbers of the protocols. Both have the first seven carriers and the first four encodings; the rest came with newcore.
    private const uint CarrierB = 1;
    private const uint CarrierA = 3;
    private const uint CarrierG = 4;
    private const uint CarrierFhss = 5;
    private const uint CarrierN20 = 7;
    private const uint CarrierN40 = 8;
    private const uint EncodingCck = 1;
    private const uint EncodingPbcc = 2;
    private const uint EncodingOfdm = 3;
    private const uint EncodingDynamicCck = 4;

    /// <summary>Above it a rate is no rate: EHT ends at 46 Gbit/s.</summary>
    private const uint MaxRate = 500_000;

    /// <summary>What a drone told. A level of 0, a channel of 0 and a rate of 0 are not known.</summary>
    public static RadioInfo Read(in DroneRadio radio, DroneProtocol protocol)
    {
        RadioInfo info = default;
        if (radio.FrequencyMHz != 0)
        {
            info.SetFrequency(radio.FrequencyMHz);
        }
        else
        {
            info.SetChannel(radio.Channel, WirelessChannel.GuessBand(radio.Channel));
        }

        if (radio.SignalDbm < 0)
        {
            info.SetSignal(radio.SignalDbm);
        }
        else if (protocol == DroneProtocol.Stable)
        {
            // One place for dBm and for what the card counts in; only dBm are negative.
            SetRaw(ref info, radio.SignalDbm);
        }

        if (radio.NoiseDbm < 0)
        {
            info.SetNoise(radio.NoiseDbm);
        }

        SetRaw(ref info, radio.SignalRssi);
        info.SetLegacyRate(radio.Rate <= MaxRate ? (int)radio.Rate * 100 : 0);
        SetModulation(ref info, radio);
        return info;
    }

    /// <summary>What a server of the protocol is told. Levels are 0 where nothing is known.</summary>
    public static DroneRadio Write(in RadioInfo info, DroneProtocol protocol)
    {
        int frequency = info.Has(RadioFields.Frequency) ? info.FrequencyMHz
            : info.Has(RadioFields.Channel) ? WirelessChannel.FrequencyMHz(WirelessChannel.GuessBand(info.Channel), info.Channel) : 0;
        short signal = info.Has(RadioFields.Signal) ? info.SignalDbm : (short)0;
        short raw = info.Has(RadioFields.RawSignal) ? info.RawSignal : (short)0;
        short noise = info.Has(RadioFields.Noise) ? info.NoiseDbm : (short)0;
        bool stable = protocol == DroneProtocol.Stable;
        return new DroneRadio(
            stable && info.Has(RadioFields.Channel) ? info.Channel : 0,
            stable || frequency > ushort.MaxValue ? 0 : frequency,
            stable && signal == 0 ? raw : signal,
            noise,
            stable ? (short)0 : raw,
            0,
            Carrier(info, stable),
            Encoding(info),
            info.Has(RadioFields.Rate) ? (uint)Math.Max(0, info.RateKbps / 100) : 0,
            0,
            0);
    }

    private static void SetRaw(ref RadioInfo info, short value)
    {
        if (value != 0)
        {
            info.SetRawSignal(value);
        }
    }

    private static void SetModulation(ref RadioInfo info, in DroneRadio radio)
    {
        switch (radio.Carrier)
        {
            case CarrierN20 or CarrierN40:
                info.Phy = PhyType.Ht;
                info.WidthMHz = radio.Carrier == CarrierN20 ? (ushort)20 : (ushort)40;
                info.Fields |= RadioFields.Width;
                break;
            case CarrierFhss:
                info.Phy = PhyType.Fhss;
                break;
            default:
                if (info.Phy == PhyType.Unknown)
                {
                    info.Phy = radio.Encoding switch
                    {
                        EncodingCck or EncodingPbcc or EncodingDynamicCck => PhyType.Dsss,
                        EncodingOfdm => PhyType.Ofdm,
                        _ => PhyType.Unknown,
                    };
                }

                break;
        }
    }

    private static uint Carrier(in RadioInfo info, bool stable)
    {
        if (info.Phy >= PhyType.Ht && !stable && info.Phy <= PhyType.Eht)
        {
            // What came after HT has no number; real drones give HT's.
            return info.Has(RadioFields.Width) && info.WidthMHz >= 40 ? CarrierN40 : CarrierN20;
        }

        return info.Phy switch
        {
            PhyType.Unknown => 0,
            PhyType.Fhss => CarrierFhss,
            PhyType.Dsss => CarrierB,
            _ => info.Band == Band.Ghz2 ? CarrierG : CarrierA,
        };
    }

    private static uint Encoding(in RadioInfo info) => info.Phy switch
    {
        PhyType.Dsss => info.RateKbps is 22000 or 33000 ? EncodingPbcc : EncodingCck,
        PhyType.Ofdm or PhyType.Ht or PhyType.Vht or PhyType.He or PhyType.Eht => EncodingOfdm,
        _ => 0,
    };
}
