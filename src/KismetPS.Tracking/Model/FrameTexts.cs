using KismetPS.Tracking.Engine;
using KismetPS.Wireless;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;
using KismetPS.Wireless.Security;

namespace KismetPS.Tracking;

/// <summary>
/// What a frame's bytes tell, as users see it. Made when somebody first asks: most frames that pass through a pipeline are asked for few things or
/// thrown away, and the texts cost four times as much as all else of the object.
/// </summary>
internal sealed class FrameTexts
{
    /// <summary>Decodes again what was found good before.</summary>
    /// <param name="frame">The 802.11 frame without FCS.</param>
    /// <param name="cutLength">Bytes of it that were on the air and not captured.</param>
    /// <param name="radio">Radio facts.</param>
    public FrameTexts(ReadOnlySpan<byte> frame, int cutLength, in RadioInfo radio)
    {
        FrameFacts facts = default;
        facts.FrameLength = frame.Length;
        facts.CutLength = cutLength;
        FrameDecoder.DecodeFrame(frame, radio.DataPad, ref facts);
        ElementFacts elements = default;
        if (facts.Has(FrameParts.Elements))
        {
            ElementReader.Read(frame, facts, ref elements);
        }

        HeardChannel channel = HeardChannel.Of(elements, radio);
        Type = facts.Type;
        Subtype = facts.Subtype;
        Flags = facts.Flags;
        Transmitter = Text(facts, FrameParts.Transmitter, facts.Transmitter);
        Receiver = Text(facts, FrameParts.Receiver, facts.Receiver);
        Source = Text(facts, FrameParts.Source, facts.Source);
        Destination = Text(facts, FrameParts.Destination, facts.Destination);
        Bssid = Text(facts, FrameParts.Bssid, facts.Bssid);
        Sequence = facts.Has(FrameParts.Sequence) ? facts.Sequence : null;
        Fragment = facts.Has(FrameParts.Sequence) ? facts.Fragment : null;
        Ssid = elements.Has(ElementParts.Ssid) && (elements.Parts & (ElementParts.SsidHidden | ElementParts.SsidTooLong)) == 0
            ? SsidText.ToDisplay(elements.Ssid.Of(frame))
            : elements.Has(ElementParts.MeshId) ? SsidText.ToDisplay(elements.MeshId.Of(frame)) : null;
        Channel = channel.Channel == 0 ? null : channel.Channel;
        FrequencyMHz = channel.FrequencyMHz == 0 ? null : channel.FrequencyMHz;
        Security = elements.Security.Encryption == WirelessEncryption.Unknown ? null : SecurityText.Of(elements.Security);
        EapolMessage = facts.Has(FrameParts.EapolKey) ? facts.EapolMessage : null;
        Code = facts.Has(FrameParts.Reason) || facts.Has(FrameParts.Status) ? facts.Code : null;
    }

    public FrameType Type { get; }

    public FrameSubtype Subtype { get; }

    public FrameControlFlags Flags { get; }

    public string? Transmitter { get; }

    public string? Receiver { get; }

    public string? Source { get; }

    public string? Destination { get; }

    public string? Bssid { get; }

    public int? Sequence { get; }

    public int? Fragment { get; }

    public string? Ssid { get; }

    public int? Channel { get; }

    public int? FrequencyMHz { get; }

    public string? Security { get; }

    public int? EapolMessage { get; }

    public int? Code { get; }

    private static string? Text(in FrameFacts facts, FrameParts part, MacAddress address) => facts.Has(part) ? address.ToString() : null;
}
