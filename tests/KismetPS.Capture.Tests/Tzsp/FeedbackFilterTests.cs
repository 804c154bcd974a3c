using System.Net;
using KismetPS.Capture.Tzsp;
using Xunit;

namespace KismetPS.Capture.Tests.Tzsp;

/// <summary>Ethernet frames inside a message from 192.0.2.9 to us, 192.0.2.1 and 2001:db8::1, port 37008.</summary>
public sealed class FeedbackFilterTests
{
    private static readonly SensorAddress Sender = SensorAddress.From(IPAddress.Parse("192.0.2.9"), 40000);
    private static readonly SensorAddress Sender6 = SensorAddress.From(IPAddress.Parse("2001:db8::9"), 40000);
    private static readonly FeedbackFilter Filter = new(37008, [SensorAddress.From(IPAddress.Parse("192.0.2.1"), 0), SensorAddress.From(IPAddress.Parse("2001:db8::1"), 0)]);

    [Theory]
    [InlineData("192.0.2.9", "192.0.2.1", 37008, true)]
    [InlineData("192.0.2.77", "192.0.2.1", 37008, true)]
    [InlineData("192.0.2.9", "198.51.100.1", 37008, true)]
    [InlineData("192.0.2.77", "198.51.100.1", 37008, false)]
    [InlineData("192.0.2.9", "192.0.2.1", 37009, false)]
    [InlineData("192.0.2.1", "192.0.2.9", 53, false)]
    public void IPv4(string source, string destination, int port, bool own)
    {
        byte[] packet = Packet4(source, destination, port);
        Assert.Equal(own, Filter.IsOwnStream([.. new byte[12], 8, 0, .. packet], Sender));
        Assert.Equal(own, Filter.IsOwnStream([.. new byte[12], 0x81, 0, 0, 5, 8, 0, .. packet], Sender));
        Assert.Equal(own, Filter.IsOwnStream([.. new byte[12], 0x88, 0xA8, 0, 5, 0x81, 0, 0, 6, 8, 0, .. packet], Sender));
        Assert.False(Filter.IsOwnStream([.. new byte[12], 8, 6, .. packet], Sender));

        // With IP options the UDP header is further back.
        byte[] options = [0x46, .. packet[1..20], 1, 1, 1, 0, .. packet[20..]];
        Assert.Equal(own, Filter.IsOwnStream([.. new byte[12], 8, 0, .. options], Sender));

        // TCP.
        packet[9] = 6;
        Assert.False(Filter.IsOwnStream([.. new byte[12], 8, 0, .. packet], Sender));
    }

    [Theory]
    [InlineData("192.0.2.9", "192.0.2.1", true)]
    [InlineData("192.0.2.77", "192.0.2.1", false)]
    [InlineData("192.0.2.9", "198.51.100.1", false)]
    public void LaterFragmentsHaveNoPort(string source, string destination, bool own)
    {
        byte[] packet = Packet4(source, destination, 1);
        packet[7] = 185;
        Assert.Equal(own, Filter.IsOwnStream([.. new byte[12], 8, 0, .. packet], Sender));
    }

    [Theory]
    [InlineData("2001:db8::9", "2001:db8::1", 37008, true)]
    [InlineData("2001:db8::77", "2001:db8::1", 37008, true)]
    [InlineData("2001:db8::9", "2001:db8::5", 37008, true)]
    [InlineData("2001:db8::77", "2001:db8::5", 37008, false)]
    [InlineData("2001:db8::9", "2001:db8::1", 1, false)]
    public void IPv6(string source, string destination, int port, bool own)
    {
        byte[] udp = [0x9C, 0x40, (byte)(port >> 8), (byte)port, 0, 8, 0, 0];
        byte[] addresses = [.. IPAddress.Parse(source).GetAddressBytes(), .. IPAddress.Parse(destination).GetAddressBytes()];
        Assert.Equal(own, Filter.IsOwnStream([.. new byte[12], 0x86, 0xDD, 0x60, 0, 0, 0, 0, 8, 17, 64, .. addresses, .. udp], Sender6));
        Assert.Equal(own, Filter.IsOwnStream([.. new byte[12], 0x86, 0xDD, 0x60, 0, 0, 0, 0, 16, 44, 64, .. addresses, 17, 0, 0, 1, 0, 0, 0, 1, .. udp], Sender6));
    }

    [Fact]
    public void CutAnywhereItIsNotOurs()
    {
        byte[] frame = [.. new byte[12], 0x81, 0, 0, 5, 8, 0, .. Packet4("192.0.2.9", "192.0.2.1", 37008)];
        Assert.True(Filter.IsOwnStream(frame, Sender));
        for (int length = 0; length < frame.Length - 4; length++)
        {
            Assert.False(Filter.IsOwnStream(frame.AsSpan(0, length), Sender));
        }
    }

    private static byte[] Packet4(string source, string destination, int port) =>
    [
        0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, .. IPAddress.Parse(source).GetAddressBytes(), .. IPAddress.Parse(destination).GetAddressBytes(),
        0x9C, 0x40, (byte)(port >> 8), (byte)port, 0, 8, 0, 0,
    ];
}
