using KismetPS.Wireless;
using KismetPS.Wireless.Frames;

namespace KismetPS.TestKit.Frames;

/// <content>Control frames.</content>
public sealed partial class FrameBuilder
{
    public static FrameBuilder Ack(MacAddress receiver) => new(FrameSubtype.Ack, receiver);

    public static FrameBuilder Cts(MacAddress receiver) => new FrameBuilder(FrameSubtype.Cts, receiver).Duration(100);

    /// <summary>RTS; a bandwidth-signalling transmitter sets the group bit of its own address.</summary>
    public static FrameBuilder Rts(MacAddress receiver, MacAddress transmitter, bool bandwidthSignalling = false) =>
        new FrameBuilder(FrameSubtype.Rts, receiver, bandwidthSignalling ? new MacAddress(transmitter.Value | 0x0100_0000_0000) : transmitter).Duration(200);

    public static FrameBuilder PsPoll(MacAddress bssid, MacAddress client, int aid = 1) =>
        new FrameBuilder(FrameSubtype.PsPoll, bssid, client).Duration(aid | 0xC000);

    public static FrameBuilder CfEnd(MacAddress receiver, MacAddress bssid) => new(FrameSubtype.CfEnd, receiver, bssid);

    public static FrameBuilder BlockAckRequest(MacAddress receiver, MacAddress transmitter) =>
        new FrameBuilder(FrameSubtype.BlockAckRequest, receiver, transmitter).Body(0x04, 0x00, 0x10, 0x00);

    public static FrameBuilder BlockAck(MacAddress receiver, MacAddress transmitter) =>
        new FrameBuilder(FrameSubtype.BlockAck, receiver, transmitter).Body(0x04, 0x00, 0x10, 0x00).Body(new byte[8]);

    public static FrameBuilder NdpAnnouncement(MacAddress receiver, MacAddress transmitter) =>
        new FrameBuilder(FrameSubtype.NdpAnnouncement, receiver, transmitter).Body(0x04, 0x01, 0x00);

    public static FrameBuilder Trigger(MacAddress receiver, MacAddress transmitter) =>
        new FrameBuilder(FrameSubtype.Trigger, receiver, transmitter).Body(new byte[8]);
}
