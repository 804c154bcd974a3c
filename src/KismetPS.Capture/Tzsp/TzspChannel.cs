using KismetPS.Wireless.Radio;

namespace KismetPS.Capture.Tzsp;

/// <summary>
/// Tag 18: the channel the sensor was on. One numbering over all bands, as Wireshark's table of it has: 2.4 and 5 GHz as they are, 6 GHz
/// plus 190 (channel 1 is 191, 5955 MHz; 233 is 423, 7115 MHz), so that the frequency is 5000 + 5n. Some senders put MHz.
/// </summary>
internal static class TzspChannel
{
    private const int SixGhzOffset = 190;
    private const int LeastMHz = 2400;

    /// <summary>Sets channel, band and frequency as far as the number tells them.</summary>
    public static void Set(ref RadioInfo radio, uint number)
    {
        radio.Fields &= ~(RadioFields.Channel | RadioFields.Frequency);
        radio.Band = Band.Unknown;
        if (number is >= 191 and <= 423 && (number - 191) % 4 == 0)
        {
            radio.Channel = (ushort)(number - SixGhzOffset);
            radio.Band = Band.Ghz6;
            radio.FrequencyMHz = (ushort)(5000 + (5 * number));
            radio.Fields |= RadioFields.Channel | RadioFields.Frequency;
        }
        else if (number is >= LeastMHz and <= ushort.MaxValue)
        {
            radio.FrequencyMHz = (ushort)number;
            radio.Fields |= RadioFields.Frequency;
        }
        else if (number is > 0 and < LeastMHz)
        {
            radio.Channel = (ushort)number;
            radio.Fields |= RadioFields.Channel;
        }
    }
}
