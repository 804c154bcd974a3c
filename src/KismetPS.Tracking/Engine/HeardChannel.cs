using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Radio;

namespace KismetPS.Tracking.Engine;

/// <summary>The channel of a frame: what it tells goes first, since 2.4 GHz frames leak over from neighbours; else the one the sensor was on. 0: unknown.</summary>
internal readonly record struct HeardChannel(ushort Channel, ushort FrequencyMHz)
{
    /// <summary>Of a frame with elements.</summary>
    public static HeardChannel Of(in ElementFacts elements, in RadioInfo radio)
    {
        if (!elements.Has(ElementParts.Channel))
        {
            return Of(radio);
        }

        Band band = elements.Band != Band.Unknown ? elements.Band : BandOf(radio, elements.Channel);
        return new HeardChannel(elements.Channel, (ushort)WirelessChannel.FrequencyMHz(band, elements.Channel));
    }

    /// <summary>Of the sensor.</summary>
    public static HeardChannel Of(in RadioInfo radio)
    {
        if (radio.Has(RadioFields.Frequency))
        {
            ushort channel = (ushort)(radio.Has(RadioFields.Channel) ? radio.Channel : WirelessChannel.FromFrequency(radio.FrequencyMHz, out _));
            return new HeardChannel(channel, radio.FrequencyMHz);
        }

        if (!radio.Has(RadioFields.Channel))
        {
            return default;
        }

        Band band = radio.Band != Band.Unknown ? radio.Band : WirelessChannel.GuessBand(radio.Channel);
        return new HeardChannel(radio.Channel, (ushort)WirelessChannel.FrequencyMHz(band, radio.Channel));
    }

    // One number names channels of several bands; the sensor's own frequency tells which.
    private static Band BandOf(in RadioInfo radio, int channel)
    {
        if (radio.Has(RadioFields.Frequency))
        {
            WirelessChannel.FromFrequency(radio.FrequencyMHz, out Band band);
            return band;
        }

        return radio.Has(RadioFields.Channel) && radio.Band != Band.Unknown ? radio.Band : WirelessChannel.GuessBand(channel);
    }
}
