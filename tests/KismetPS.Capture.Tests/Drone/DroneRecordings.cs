using KismetPS.Capture.Drone;
using KismetPS.TestKit;

namespace KismetPS.Capture.Tests.Drone;

/// <summary>What real drones of both protocols sent.</summary>
internal static class DroneRecordings
{
    public const string Stable = "server2005-drone2005.pcap";
    public const string Newcore = "server2016-drone2016.pcap";

    /// <summary>The direction that starts with a frame.</summary>
    public static byte[] FromDrone(string file) => KismetReference.Streams(file).First(static s => s.SourcePort is 3501 or 3505).Bytes;

    /// <summary>The packets in a stream that carry a frame, one after the other: data, FCS and radio facts as the protocol has them.</summary>
    public static List<(byte[] Data, byte[] Fcs, DroneRadio? Radio, ulong Seconds)> Packets(byte[] stream)
    {
        List<(byte[], byte[], DroneRadio?, ulong)> packets = [];
        DroneFramer framer = new();
        ReadOnlySpan<byte> input = stream;
        while (framer.Read(ref input, out DroneFrame frame) == DroneFrameStatus.Ok)
        {
            if (frame.Type == DroneFrameType.Packet
                && (frame.Protocol == DroneProtocol.Stable ? StableDrone.TryReadPacket(frame.Payload, out DronePacket packet) : NewcoreDrone.TryReadPacket(frame.Payload, out packet))
                && !packet.Data.IsEmpty)
            {
                packets.Add((packet.Data.ToArray(), packet.Fcs.ToArray(), packet.Radio, packet.Seconds));
            }
        }

        return packets;
    }
}
