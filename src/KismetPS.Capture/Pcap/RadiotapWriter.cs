using System.Buffers.Binary;
using KismetPS.Wireless.Radio;

namespace KismetPS.Capture.Pcap;

/// <summary>
/// Writes radio facts as a radiotap header (radiotap.org): fields in the order of their bits, each aligned to its size. Only what is known
/// is written, so that reading it back gives the same facts.
/// </summary>
internal static class RadiotapWriter
{
    /// <summary>Bytes a header may take at most.</summary>
    public const int MaxLength = 64;

    private const int FlagFcsAtEnd = 0x10;
    private const int FlagDataPad = 0x20;
    private const int FlagBadFcs = 0x40;

    /// <summary>Writes the header.</summary>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="radio">The facts.</param>
    /// <returns>Length of the header.</returns>
    public static int Write(Span<byte> destination, in RadioInfo radio)
    {
        destination = destination[..MaxLength];
        destination.Clear();
        uint present = 0;
        int at = 8;
        if (radio.Has(RadioFields.Timestamp))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(destination[at..], radio.TimestampUs);
            at += 8;
            present |= 1 << 0;
        }

        // Without the field nothing is said of an FCS, and a reader finds out for itself.
        if (radio.Fcs != FcsState.Unknown || radio.DataPad)
        {
            destination[at++] = (byte)((radio.DataPad ? FlagDataPad : 0) | radio.Fcs switch
            {
                FcsState.Present => FlagFcsAtEnd,
                FcsState.PresentBad => FlagFcsAtEnd | FlagBadFcs,
                FcsState.AbsentBad => FlagBadFcs,
                _ => 0,
            });
            present |= 1 << 1;
        }

        // The field has eight bits of half megabits; rates of HT and later follow from their MCS.
        if (radio.Has(RadioFields.Rate) && !radio.Has(RadioFields.Mcs) && radio.RateKbps % 500 == 0 && radio.RateKbps / 500 is > 0 and <= 255)
        {
            destination[at++] = (byte)(radio.RateKbps / 500);
            present |= 1 << 2;
        }

        int frequency = Frequency(in radio);
        if (frequency != 0)
        {
            at = (at + 1) & ~1;
            BinaryPrimitives.WriteUInt16LittleEndian(destination[at..], (ushort)frequency);
            BinaryPrimitives.WriteUInt16LittleEndian(destination[(at + 2)..], ChannelFlagsOf(frequency, in radio));
            at += 4;
            present |= 1 << 3;
        }

        if (radio.Has(RadioFields.Signal))
        {
            destination[at++] = (byte)Math.Clamp((int)radio.SignalDbm, sbyte.MinValue, sbyte.MaxValue);
            present |= 1 << 5;
        }

        // Of a ratio and a signal follows the noise floor; radiotap has no field for the ratio.
        bool noise = radio.Has(RadioFields.Noise);
        if (noise || (radio.Has(RadioFields.Signal) && radio.Has(RadioFields.Snr)))
        {
            int dbm = noise ? radio.NoiseDbm : radio.SignalDbm - radio.SnrDb;
            destination[at++] = (byte)Math.Clamp(dbm, sbyte.MinValue, sbyte.MaxValue);
            present |= 1 << 6;
        }

        if (radio.Has(RadioFields.Antenna))
        {
            destination[at++] = radio.Antenna;
            present |= 1 << 11;
        }

        // The card's own units: radiotap's decibels over an arbitrary reference are the place for them.
        if (!radio.Has(RadioFields.Signal) && radio.Has(RadioFields.RawSignal) && radio.RawSignal is >= 0 and <= 255)
        {
            destination[at++] = (byte)radio.RawSignal;
            present |= 1 << 12;
            if (radio.Has(RadioFields.Snr) && radio.RawSignal - radio.SnrDb is >= 0 and <= 255)
            {
                destination[at++] = (byte)(radio.RawSignal - radio.SnrDb);
                present |= 1 << 13;
            }
        }

        if (radio.Phy == PhyType.Ht && radio.Has(RadioFields.Mcs))
        {
            // Known: MCS index, and the width where it is.
            destination[at++] = (byte)(0x02 | (radio.Has(RadioFields.Width) ? 0x01 : 0));
            destination[at++] = (byte)(radio.Has(RadioFields.Width) && radio.WidthMHz >= 40 ? 1 : 0);
            destination[at++] = radio.Mcs;
            present |= 1 << 19;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], (ushort)at);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], present);
        return at;
    }

    private static int Frequency(in RadioInfo radio)
    {
        if (radio.Has(RadioFields.Frequency))
        {
            return radio.FrequencyMHz;
        }

        if (!radio.Has(RadioFields.Channel))
        {
            return 0;
        }

        // A number without its band: what equipment means that tells no band.
        Band band = radio.Band != Band.Unknown ? radio.Band : WirelessChannel.GuessBand(radio.Channel);
        int mhz = WirelessChannel.FrequencyMHz(band, radio.Channel);
        return mhz <= ushort.MaxValue ? mhz : 0;
    }

    private static ushort ChannelFlagsOf(int frequency, in RadioInfo radio)
    {
        const ushort Cck = 0x0020;
        const ushort Ofdm = 0x0040;
        const ushort Ghz2 = 0x0080;
        const ushort Ghz5 = 0x0100;
        const ushort Dynamic = 0x0400;
        return WirelessChannel.BandOf(frequency) switch
        {
            Band.Ghz2 => (ushort)(Ghz2 | (radio.Phy is PhyType.Ht or PhyType.He or PhyType.Eht ? Dynamic
                : !radio.Has(RadioFields.Rate) ? 0
                : radio.RateKbps is 1000 or 2000 or 5500 or 11000 or 22000 or 33000 ? Cck : Ofdm)),
            Band.Ghz5 or Band.Ghz4 => Ghz5 | Ofdm,

            // There is no bit for 6 GHz: the frequency says it.
            Band.Ghz6 => Ofdm,
            _ => 0,
        };
    }
}
