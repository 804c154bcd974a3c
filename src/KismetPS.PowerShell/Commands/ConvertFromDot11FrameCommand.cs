using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.PowerShell.Input;
using KismetPS.Tracking;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;

namespace KismetPS.PowerShell.Commands;

/// <summary>ConvertFrom-Dot11Frame: bytes of an 802.11 frame, with or without a radio header, to an object with its facts.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Dot11Frame", DefaultParameterSetName = BytesSet)]
[OutputType(typeof(KismetFrame))]
public sealed class ConvertFromDot11FrameCommand : KismetCmdlet
{
    private const string BytesSet = "Bytes";
    private const string PacketSet = "Packet";

    private readonly ByteCollector _bytes = new();
    private readonly FramePacket _packets = new();

    /// <summary>One frame as bytes or hexadecimal text.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = BytesSet)]
    [HexBytes]
    [ValidateNotNullOrEmpty]
    public byte[] InputObject { get; set; } = [];

    /// <summary>What the bytes begin with: the frame itself or a radio header.</summary>
    [Parameter(ParameterSetName = BytesSet)]
    public LinkType LinkType { get; set; } = LinkType.Ieee80211;

    /// <summary>TZSP packets whose frames are decoded.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PacketSet)]
    [ValidateNotNullOrEmpty]
    public TzspPacket[] Packet { get; set; } = [];

    private protected override void Process()
    {
        if (ParameterSetName == PacketSet)
        {
            foreach (TzspPacket packet in Packet)
            {
                byte[] bytes = _packets.From(packet, out FrameInfo info);
                Decode(bytes, info, packet);
            }
        }
        else
        {
            Decode(_bytes.Add(InputObject));
        }
    }

    private protected override void End() => Decode(_bytes.End());

    private void Decode(IEnumerable<byte[]> frames)
    {
        foreach (byte[] frame in frames)
        {
            Decode(frame, _packets.Bare(frame.Length, LinkType), frame);
        }
    }

    private void Decode(byte[] bytes, in FrameInfo info, object target)
    {
        // A detector of its own for each: what one frame ends with says nothing of the next, which somebody else may have pasted.
        DecodeStatus status = FrameSnapshots.TryCreate(bytes, in info, new FcsDetector(), sessionId: 0, out KismetFrame? frame);
        if (status == DecodeStatus.Ok)
        {
            WriteObject(frame);
        }
        else
        {
            Report(new KismetException(KismetErrorId.FrameInvalid, $"The {bytes.Length} bytes are no 802.11 frame ({status}).", "Where they begin with a radio header, name it with -LinkType."), target);
        }
    }
}
