using KismetPS.Capture;
using KismetPS.Tracking.Engine;
using KismetPS.Wireless;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;
using KismetPS.Wireless.Security;

namespace KismetPS.Tracking;

/// <summary>Decodes a packet into the object users see (ConvertFrom-Dot11Frame, -Emit Frame, kismetps decode).</summary>
internal static class FrameSnapshots
{
    /// <summary>Decodes one packet; the status says why not.</summary>
    public static DecodeStatus TryCreate(ReadOnlySpan<byte> packet, in FrameInfo info, FcsDetector? detector, int sessionId, out KismetFrame? frame)
    {
        frame = null;
        RadioInfo radio = info.Radio;
        FrameFacts facts = default;
        DecodeStatus status = FrameDecoder.Decode(packet, info.LinkType, detector, ref radio, ref facts, info.OriginalLength - packet.Length);
        if (status == DecodeStatus.Ok)
        {
            frame = Create(packet.Slice(facts.FrameOffset, facts.FrameLength), facts, radio, info, sessionId);
        }

        return status;
    }

    private static KismetFrame Create(ReadOnlySpan<byte> bytes, in FrameFacts facts, in RadioInfo radio, in FrameInfo info, int sessionId)
    {
        ElementFacts elements = default;
        if (facts.Has(FrameParts.Elements))
        {
            ElementReader.Read(bytes, facts, ref elements);
        }

        HeardChannel channel = HeardChannel.Of(elements, radio);
        return new KismetFrame(bytes.ToArray())
        {
            Time = UnixTime.ToDateTime(info.TimestampNs),
            Type = facts.Type,
            Subtype = facts.Subtype,
            Flags = facts.Flags,
            Transmitter = Text(facts, FrameParts.Transmitter, facts.Transmitter),
            Receiver = Text(facts, FrameParts.Receiver, facts.Receiver),
            Source = Text(facts, FrameParts.Source, facts.Source),
            Destination = Text(facts, FrameParts.Destination, facts.Destination),
            Bssid = Text(facts, FrameParts.Bssid, facts.Bssid),
            Sequence = facts.Has(FrameParts.Sequence) ? facts.Sequence : null,
            Fragment = facts.Has(FrameParts.Sequence) ? facts.Fragment : null,
            Ssid = elements.Has(ElementParts.Ssid) && (elements.Parts & (ElementParts.SsidHidden | ElementParts.SsidTooLong)) == 0
                ? SsidText.ToDisplay(elements.Ssid.Of(bytes))
                : elements.Has(ElementParts.MeshId) ? SsidText.ToDisplay(elements.MeshId.Of(bytes)) : null,
            Channel = channel.Channel == 0 ? null : channel.Channel,
            FrequencyMHz = channel.FrequencyMHz == 0 ? null : channel.FrequencyMHz,
            SignalDbm = radio.Has(RadioFields.Signal) ? radio.SignalDbm : null,
            NoiseDbm = radio.Has(RadioFields.Noise) ? radio.NoiseDbm : null,
            RateMbps = radio.Has(RadioFields.Rate) ? radio.RateKbps / 1000.0 : null,
            Security = elements.Security.Encryption == WirelessEncryption.Unknown ? null : SecurityText.Of(elements.Security),
            EapolMessage = facts.Has(FrameParts.EapolKey) ? facts.EapolMessage : null,
            Code = facts.Has(FrameParts.Reason) || facts.Has(FrameParts.Status) ? facts.Code : null,
            Length = bytes.Length,
            SensorId = info.Origin?.Id,
            SessionId = sessionId,
        };
    }

    private static string? Text(in FrameFacts facts, FrameParts part, MacAddress address) => facts.Has(part) ? address.ToString() : null;
}
