using KismetPS.TestKit;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;

namespace KismetPS.Wireless.Tests;

/// <summary>One packet decoded all the way, for asserting on.</summary>
internal sealed class DecodedFrame
{
    private readonly byte[] _packet;

    public DecodedFrame(byte[] packet, LinkType link = LinkType.Ieee80211, FcsDetector? detector = null, int cutBytes = 0)
    {
        _packet = packet;
        Status = FrameDecoder.Decode(packet, link, detector, ref Radio, ref Facts, cutBytes);
        if (Status == DecodeStatus.Ok)
        {
            ElementReader.Read(Frame, in Facts, ref Elements);
        }
    }

    public DecodedFrame(CapturedPacket packet, FcsDetector detector)
        : this(packet.Bytes, (LinkType)packet.LinkType, detector, packet.OriginalLength - packet.Bytes.Length)
    {
    }

    public DecodeStatus Status { get; }

    public RadioInfo Radio;

    public FrameFacts Facts;

    public ElementFacts Elements;

    /// <summary>The 802.11 frame without radio header and FCS.</summary>
    public ReadOnlySpan<byte> Frame => _packet.AsSpan(Facts.FrameOffset, Facts.FrameLength);

    /// <summary>A part of the frame as text, NUL and all.</summary>
    public string Text(ByteRange range) => System.Text.Encoding.UTF8.GetString(range.Of(Frame));
}
