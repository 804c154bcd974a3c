using System.Net.Sockets;
using KismetPS.Capture.Drone;
using Xunit;

namespace KismetPS.Kismet.Tests.Drones;

/// <summary>The messages a drone sent.</summary>
internal static class DroneMessages
{
    /// <summary>Those of a recorded stream, up to its last whole one.</summary>
    public static List<(DroneFrameType Type, byte[] Payload)> Of(byte[] stream) => Take(new DroneFramer(), stream, out _);

    /// <summary>What a socket gets, until it is closed.</summary>
    public static IEnumerable<(DroneFrameType Type, byte[] Payload)> Read(Socket socket)
    {
        DroneFramer framer = new();
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            int count = socket.Receive(buffer, SocketFlags.None, out SocketError error);
            Assert.NotEqual(SocketError.TimedOut, error);
            if (count == 0)
            {
                yield break;
            }

            List<(DroneFrameType, byte[])> messages = Take(framer, buffer.AsSpan(0, count), out DroneFrameStatus status);
            Assert.Equal(DroneFrameStatus.More, status);
            foreach ((DroneFrameType, byte[]) message in messages)
            {
                yield return message;
            }
        }
    }

    private static List<(DroneFrameType Type, byte[] Payload)> Take(DroneFramer framer, ReadOnlySpan<byte> input, out DroneFrameStatus status)
    {
        List<(DroneFrameType, byte[])> messages = [];
        while ((status = framer.Read(ref input, out DroneFrame frame)) == DroneFrameStatus.Ok)
        {
            messages.Add((frame.Type, frame.Payload.ToArray()));
        }

        return messages;
    }
}
