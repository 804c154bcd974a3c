using System.Buffers;
using KismetPS.Capture;
using KismetPS.Capture.Drone;
using KismetPS.Kismet.Drones;
using KismetPS.TestKit.Frames;
using KismetPS.Wireless;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;
using RadiotapFields = KismetPS.TestKit.Frames.RadiotapFields;
using Xunit;

namespace KismetPS.Kismet.Tests.Drones;

/// <summary>Frames in the form of either drone protocol.</summary>
public sealed class DroneEncoderTests
{
    private static readonly MacAddress s_bssid = new(0x0002_0304_0506);

    [Theory]
    [InlineData(null, "-")]
    [InlineData("  ", "-")]
    [InlineData("wlan0", "wlan0")]
    [InlineData("a b:c=d,e\u0001f", "a_b_c_d_e_f")]
    [InlineData("fe80::1", "fe80__1")]
    [InlineData("Küche-1.2", "K_che-1.2")]
    [InlineData("0123456789abcdefgh", "0123456789abcde")]
    public void Texts_are_one_word_an_old_server_can_read(string? text, string expected) => Assert.Equal(expected, DroneEncoder.Token(text, 15));

    [Fact]
    public void What_no_drone_can_send_is_skipped()
    {
        DroneServedSource source = new(new FrameOrigin(0, "ear"), "script", "pcap");
        foreach (DroneProtocol protocol in new[] { DroneProtocol.Newcore, DroneProtocol.Stable })
        {
            DroneEncoder encoder = new(protocol);
            ArrayBufferWriter<byte> output = new();
            foreach ((byte[] packet, LinkType link) in new[]
            {
                (new byte[60], LinkType.Ethernet),
                (new byte[10300], LinkType.Ieee80211),
                (new byte[6], LinkType.Radiotap),
                ([], LinkType.Ieee80211),
            })
            {
                Assert.False(encoder.TryWriteFrame(output, packet, new FrameInfo { LinkType = link, OriginalLength = packet.Length, Origin = source.Origin }, source));
                Assert.Equal(0, output.WrittenCount);
            }
        }
    }

    [Fact]
    public void Padding_behind_the_header_is_taken_out()
    {
        byte[] frame = FrameBuilder.ToDs(s_bssid, s_bssid, s_bssid, 0).Body([1, 2, 3, 4, 5]).Build();
        byte[] padded = [.. frame[..26], 0, 0, .. frame[26..]];
        byte[] packet = [.. new RadiotapFields { Flags = 0x20 }.ToArray(), .. padded];
        DroneServedSource source = new(new FrameOrigin(0, "ear"), "script", "pcap");
        ArrayBufferWriter<byte> output = new();
        Assert.True(new DroneEncoder(DroneProtocol.Newcore).TryWriteFrame(output, packet, new FrameInfo { LinkType = LinkType.Radiotap, OriginalLength = packet.Length, Origin = source.Origin }, source));
        Assert.True(NewcoreDrone.TryReadPacket(output.WrittenSpan[12..], out DronePacket read));
        Assert.Equal(frame, read.Data.ToArray());
    }

    [Fact]
    public void Encoding_allocates_nothing_per_frame()
    {
        DroneServedSource source = new(new FrameOrigin(0, "ear") { Position = new GeoPosition(1, 2, 3, 4, 5, 6) }, "script", "pcap");
        byte[] packet = [.. new RadiotapFields { Flags = 0x10, Rate = 108, FrequencyMHz = 2437, SignalDbm = -33 }.ToArray(), .. FrameCheck.Append(FrameBuilder.Beacon(s_bssid, "served", 11).Build())];
        foreach (DroneProtocol protocol in new[] { DroneProtocol.Newcore, DroneProtocol.Stable })
        {
            DroneEncoder encoder = new(protocol);
            ArrayBufferWriter<byte> output = new(4096);
            FrameInfo info = new() { LinkType = LinkType.Radiotap, OriginalLength = packet.Length, Origin = source.Origin };
            long least = long.MaxValue;
            for (int round = 0; round < 5; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 1000; i++)
                {
                    output.ResetWrittenCount();
                    encoder.TryWriteFrame(output, packet, info, source);
                }

                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.Equal(0, least);
        }
    }
}
