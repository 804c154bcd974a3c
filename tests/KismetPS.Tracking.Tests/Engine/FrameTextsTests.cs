using KismetPS.Capture;
using KismetPS.TestKit;
using KismetPS.Tracking.Engine;
using KismetPS.Wireless;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Tracking.Tests.Engine;

/// <summary>A frame object decodes its bytes when it is asked: what it then tells is what decoding the packet told.</summary>
public sealed class FrameTextsTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void A_frame_tells_what_decoding_told(int seed)
    {
        RandomAir air = new(seed, 50);
        Random random = new(seed);
        int good = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] packet = random.Next(3) == 0 ? air.NextDamaged() : air.Next();
            FrameInfo info = new() { TimestampNs = i, LinkType = LinkType.Ieee80211, OriginalLength = packet.Length + (random.Next(4) == 0 ? random.Next(40) : 0) };
            info.Radio.Fcs = FcsState.Absent;
            info.Radio.DataPad = random.Next(10) == 0;
            if (random.Next(2) == 0)
            {
                info.Radio.SetFrequency(5180);
                info.Radio.SetSignal(-random.Next(100));
            }

            good += Check(packet, info) ? 1 : 0;
        }

        Assert.InRange(good, 10_000, 20_000);
    }

    [CapturesFact]
    public void Frames_of_captures_tell_what_decoding_told()
    {
        int good = 0;
        foreach (string file in OracleCaptures.Files())
        {
            foreach (CapturedPacket packet in OracleCaptures.Packets(file).Take(2000))
            {
                FrameInfo info = new() { TimestampNs = 5, LinkType = (LinkType)packet.LinkType, OriginalLength = packet.Bytes.Length };
                good += Check(packet.Bytes, info) ? 1 : 0;
            }
        }

        Assert.InRange(good, 1000, int.MaxValue);
    }

    private static bool Check(byte[] packet, FrameInfo info)
    {
        DecodeStatus status = FrameSnapshots.TryCreate(packet, info, null, 3, out KismetFrame? frame);
        RadioInfo radio = info.Radio;
        FrameFacts facts = default;
        Assert.Equal(FrameDecoder.Decode(packet, info.LinkType, null, ref radio, ref facts, info.OriginalLength - packet.Length), status);
        if (status != DecodeStatus.Ok)
        {
            Assert.Null(frame);
            return false;
        }

        ReadOnlySpan<byte> bytes = packet.AsSpan(facts.FrameOffset, facts.FrameLength);
        ElementFacts elements = default;
        if (facts.Has(FrameParts.Elements))
        {
            ElementReader.Read(bytes, facts, ref elements);
        }

        HeardChannel channel = HeardChannel.Of(elements, radio);
        bool named = elements.Has(ElementParts.Ssid) && (elements.Parts & (ElementParts.SsidHidden | ElementParts.SsidTooLong)) == 0;
        object?[] expected =
        [
            UnixTime.ToDateTime(info.TimestampNs), facts.Type, facts.Subtype, facts.Flags,
            Text(facts, FrameParts.Transmitter, facts.Transmitter), Text(facts, FrameParts.Receiver, facts.Receiver),
            Text(facts, FrameParts.Source, facts.Source), Text(facts, FrameParts.Destination, facts.Destination), Text(facts, FrameParts.Bssid, facts.Bssid),
            facts.Has(FrameParts.Sequence) ? (int)facts.Sequence : null, facts.Has(FrameParts.Sequence) ? (int)facts.Fragment : null,
            named ? SsidText.ToDisplay(elements.Ssid.Of(bytes)) : elements.Has(ElementParts.MeshId) ? SsidText.ToDisplay(elements.MeshId.Of(bytes)) : null,
            channel.Channel == 0 ? null : (int)channel.Channel, channel.FrequencyMHz == 0 ? null : (int)channel.FrequencyMHz,
            radio.Has(RadioFields.Signal) ? (int)radio.SignalDbm : null, radio.Has(RadioFields.Noise) ? (int)radio.NoiseDbm : null,
            radio.Has(RadioFields.Rate) ? radio.RateKbps / 1000.0 : null,
            elements.Security.Encryption == WirelessEncryption.Unknown ? null : SecurityText.Of(elements.Security),
            facts.Has(FrameParts.EapolKey) ? (int)facts.EapolMessage : null,
            facts.Has(FrameParts.Reason) || facts.Has(FrameParts.Status) ? (int)facts.Code : null,
            bytes.Length,
        ];
        object?[] told =
        [
            frame!.Time, frame.Type, frame.Subtype, frame.Flags, frame.Transmitter, frame.Receiver, frame.Source, frame.Destination, frame.Bssid,
            frame.Sequence, frame.Fragment, frame.Ssid, frame.Channel, frame.FrequencyMHz, frame.SignalDbm, frame.NoiseDbm, frame.RateMbps,
            frame.Security, frame.EapolMessage, frame.Code, frame.Length,
        ];
        Assert.Equal(expected, told);
        Assert.Equal(bytes.ToArray(), frame.GetFrameBytes());
        return true;
    }

    private static string? Text(in FrameFacts facts, FrameParts part, MacAddress address) => facts.Has(part) ? address.ToString() : null;
}
