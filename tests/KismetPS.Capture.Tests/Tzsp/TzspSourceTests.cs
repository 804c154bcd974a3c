using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.Wireless;
using Xunit;

namespace KismetPS.Capture.Tests.Tzsp;

/// <summary>The listener over real loopback sockets.</summary>
public sealed class TzspSourceTests
{
    private static readonly byte[] Beacon = [0x80, 0, 0, 0, 255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 9, 2, 0, 0, 0, 0, 9, 0x10, 0];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DeliversFramesInOrder(bool portable)
    {
        using RunningSource run = new(portable: portable);
        byte[][] messages = [.. Enumerable.Range(0, 500).Select(i => Message(1, 0, 0, 18, 10, 1, 0xC4, 40, 4, 0, 0, (byte)(i >> 8), (byte)i, 1))];
        run.Send(messages);
        SourceCounters counters = run.WaitReceived(500);
        run.Stop();
        Assert.Equal(500, counters.Received);
        Assert.Equal(messages.Sum(m => (long)m.Length), counters.Bytes);
        Assert.Equal(500, run.Sink.Frames.Count);
        FrameOrigin origin = Assert.Single(run.Source.Origins);
        Assert.Equal("127.0.0.1", origin.Id);
        Assert.StartsWith("127.0.0.1:", origin.Address, StringComparison.Ordinal);
        Assert.Equal(0, origin.Counters.Lost + origin.Counters.Reordered + origin.Counters.Duplicates + origin.Counters.Restarts);
        Assert.Equal(500, origin.Counters.Received);
        foreach ((byte[] packet, FrameInfo info) in run.Sink.Frames)
        {
            Assert.Equal(Beacon, packet);
            Assert.Equal(-60, info.Radio.SignalDbm);
            Assert.Equal(LinkType.Ieee80211, info.LinkType);
            Assert.Same(origin, info.Origin);
            Assert.InRange(info.TimestampNs, origin.Counters.FirstSeenNs, origin.Counters.LastSeenNs);
        }
    }

    private static byte[] Message(params byte[] head) => [.. head, .. Beacon];
}
