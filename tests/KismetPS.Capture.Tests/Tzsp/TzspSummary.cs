using System.Globalization;
using System.Text;
using KismetPS.Capture.Tzsp;
using KismetPS.Wireless.Radio;

namespace KismetPS.Capture.Tests.Tzsp;

/// <summary>Everything the reader tells of a message in one line, so that a table can hold the expected result of each.</summary>
internal static class TzspSummary
{
    public static string Of(ReadOnlySpan<byte> message)
    {
        TzspStatus status = TzspReader.Read(message, out TzspFacts facts, out RadioInfo radio);
        StringBuilder text = new(status.ToString());
        if (status is TzspStatus.Truncated or TzspStatus.Version or TzspStatus.Type)
        {
            return text.ToString();
        }

        Add(text, $"{facts.Type} {facts.Encapsulation} {facts.LinkType}", true);
        Add(text, $"tags=unreadable", !facts.HasTags);
        if (facts.HasTags)
        {
            Add(text, $"frame={message.Length - facts.FrameOffset}", true);
        }

        Add(text, $"flags={facts.Flags}", facts.Flags != 0);
        Add(text, $"signal={radio.SignalDbm}dBm", radio.Has(RadioFields.Signal));
        Add(text, $"signal={radio.RawSignal}raw", radio.Has(RadioFields.RawSignal));
        Add(text, $"noise={radio.NoiseDbm}dBm", radio.Has(RadioFields.Noise));
        Add(text, $"snr={radio.SnrDb}dB", radio.Has(RadioFields.Snr));
        Add(text, $"rate={radio.RateKbps}kbps{(facts.Has(TzspFields.NonStandardRate) ? "?" : "")}", radio.Has(RadioFields.Rate));
        Add(text, $"time={radio.TimestampUs}us", radio.Has(RadioFields.Timestamp));
        Add(text, $"channel={radio.Channel}", radio.Has(RadioFields.Channel));
        Add(text, $"{radio.Band}:{radio.FrequencyMHz}MHz", radio.Has(RadioFields.Frequency));
        Add(text, $"fcs={radio.Fcs}", radio.Fcs != FcsState.Unknown);
        Add(text, $"fcserror={facts.FcsError}", facts.Has(TzspFields.FcsError));
        Add(text, $"decrypted={facts.Decrypted}", facts.Has(TzspFields.Decrypted));
        Add(text, $"count={facts.PacketCount}", facts.Has(TzspFields.PacketCount));
        Add(text, $"length={facts.OriginalLength}", facts.Has(TzspFields.OriginalLength));
        Add(text, $"clock={facts.SensorClockNs}", facts.Has(TzspFields.SensorClock));
        Add(text, $"id={facts.CaptureId}", facts.Has(TzspFields.CaptureId));
        Add(text, $"serial={TzspText.Serial(facts.Serial.Of(message))}", !facts.Serial.IsEmpty);
        Add(text, $"name={TzspText.Text(facts.DeviceName.Of(message))}", !facts.DeviceName.IsEmpty);
        Add(text, $"location={TzspText.Text(facts.Location.Of(message))}", !facts.Location.IsEmpty);
        return text.ToString();
    }

    private static void Add(StringBuilder text, FormattableString part, bool told)
    {
        if (told)
        {
            text.Append(' ').Append(part.ToString(CultureInfo.InvariantCulture));
        }
    }
}
