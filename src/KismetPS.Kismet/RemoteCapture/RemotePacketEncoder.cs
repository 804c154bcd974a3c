using KismetPS.Capture;
using KismetPS.Capture.Pcap;
using KismetPS.Wireless.Radio;

namespace KismetPS.Kismet.RemoteCapture;

/// <summary>Packets of our sessions as a server takes them: 802.11 behind radiotap, whatever header they came with. Allocates nothing per packet.</summary>
internal sealed class RemotePacketEncoder
{
    private readonly byte[] _header = new byte[RadiotapWriter.MaxLength];

    /// <summary>The channel of the last packet that told one; 0 for none.</summary>
    public int Channel { get; private set; }

    /// <summary>Writes a packet; 0 for what is no 802.11 frame.</summary>
    public int TryWrite(RemoteDialogue dialogue, Span<byte> destination, ReadOnlySpan<byte> packet, in FrameInfo info)
    {
        if (!RadiotapForm.TryConvert(packet, info, fcs: null, _header, out RadiotapForm form))
        {
            return 0;
        }

        if (info.Radio.Has(RadioFields.Channel))
        {
            Channel = info.Radio.Channel;
        }

        long time = Math.Max(0, info.TimestampNs);
        return dialogue.WritePacket(destination, new RemotePacket
        {
            Seconds = (ulong)(time / 1_000_000_000),
            Microseconds = (uint)(time % 1_000_000_000 / 1000),
            Header = form.Header,
            Frame = form.Frame,
            OriginalLength = form.Header.Length + form.Frame.Length + form.Missing,
            Position = info.Origin.Position,
        });
    }
}
