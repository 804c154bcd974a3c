using System.Runtime.CompilerServices;
using KismetPS.Wireless.Radio;

namespace KismetPS.Capture.Tzsp;

/// <summary>
/// Tag 18: the channel the sensor was on. One numbering over all bands, as Wireshark's table of it has: 2.4 and 5 GHz as they are, 6 GHz
/// plus 190 (channel 1 is 191, 5955 MHz; 233 is 423, 7115 MHz), so that the frequency is 5000 + 5n. Some senders put MHz.
/// </summary>
internal static class TzspChannel
{
    private const int SixGhzOffset = 190;
    private const int SixGhzFirst = 191;
    private const int SixGhzLast = 423;
    private const int LeastMHz = 2400;

    // Of each byte: the same few come all the time, and what they mean takes many comparisons.
    private static readonly RadioInfo[] s_told = [.. Enumerable.Range(0, byte.MaxValue + 1).Select(static n => Tell((uint)n))];

    /// <summary>Sets channel, band and frequency as far as the number tells them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Set(ref RadioInfo radio, uint number)
    {
        if (number < (uint)s_told.Length)
        {
            Take(ref radio, in s_told[number]);
        }
        else
        {
            Take(ref radio, Tell(number));
        }
    }

    private static void Take(ref RadioInfo radio, in RadioInfo told)
    {
        radio.Fields = (radio.Fields & ~(RadioFields.Channel | RadioFields.Frequency)) | told.Fields;
        radio.Band = told.Band;
        radio.FrequencyMHz = told.FrequencyMHz;
        radio.Channel = told.Channel;
    }

    private static RadioInfo Tell(uint number)
    {
        RadioInfo radio = default;
        if (number is >= SixGhzFirst and <= SixGhzLast && (number - SixGhzFirst) % 4 == 0)
        {
            SetChannel(ref radio, Band.Ghz6, (int)number - SixGhzOffset);
        }
        else if (number is >= LeastMHz and <= ushort.MaxValue && WirelessChannel.BandOf((int)number) != Band.Unknown)
        {
            int channel = WirelessChannel.FromFrequency((int)number, out radio.Band);
            radio.FrequencyMHz = (ushort)number;
            radio.Fields |= RadioFields.Frequency;
            if (channel != 0)
            {
                radio.Channel = (ushort)channel;
                radio.Fields |= RadioFields.Channel;
            }
        }
        else if (number is > 0 and <= byte.MaxValue)
        {
            SetChannel(ref radio, WirelessChannel.GuessBand((int)number), (int)number);
        }

        return radio;
    }

    /// <summary>The number to send for what a receiver was tuned to: the channel where it gives the frequency back, else MHz; false where nothing is known.</summary>
    public static bool TryGetNumber(in RadioInfo radio, out ushort number)
    {
        number = 0;
        if (!radio.Has(RadioFields.Frequency))
        {
            number = radio.Channel;
            return radio.Has(RadioFields.Channel) && radio.Channel is > 0 and <= byte.MaxValue;
        }

        int channel = WirelessChannel.FromFrequency(radio.FrequencyMHz, out Band band);
        number = (ushort)(band == Band.Ghz6 ? channel + SixGhzOffset : channel);
        RadioInfo check = default;
        Set(ref check, number);
        if (check.FrequencyMHz != radio.FrequencyMHz)
        {
            number = radio.FrequencyMHz;
        }

        return number != 0;
    }

    private static void SetChannel(ref RadioInfo radio, Band band, int channel)
    {
        radio.Channel = (ushort)channel;
        radio.Band = band;
        radio.Fields |= RadioFields.Channel;
        int mhz = WirelessChannel.FrequencyMHz(band, channel);
        if (mhz != 0)
        {
            radio.FrequencyMHz = (ushort)mhz;
            radio.Fields |= RadioFields.Frequency;
        }
    }
}
