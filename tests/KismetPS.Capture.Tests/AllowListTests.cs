using System.Net;
using KismetPS.Capture.Tzsp;
using Xunit;

namespace KismetPS.Capture.Tests;

public sealed class AllowListTests
{
    [Theory]
    [InlineData("", "192.0.2.1", true)]
    [InlineData("192.0.2.1/32", "192.0.2.1", true)]
    [InlineData("192.0.2.1/32", "192.0.2.2", false)]
    [InlineData("192.0.2.1/32", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.0/24", "192.0.2.255", true)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("192.0.2.128/25", "192.0.2.127", false)]
    [InlineData("0.0.0.0/0", "255.1.2.3", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "192.0.2.1", true)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("2001:db8::1/128", "2001:db8::1", true)]
    [InlineData("2001:db8::/65", "2001:db8:0:0:8000::", false)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.77", true)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.3.77", false)]
    [InlineData("fe80::/10", "fe80::1%3", true)]
    [InlineData("10.0.0.0/8 192.0.2.1/32", "192.0.2.1", true)]
    [InlineData("10.0.0.0/8 192.0.2.1/32", "11.0.0.1", false)]
    public void Allows(string networks, string address, bool allowed)
    {
        AllowList filter = new([.. networks.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => IPNetwork.Parse(n))]);
        Assert.Equal(allowed, filter.Allows(SensorAddress.From(IPAddress.Parse(address), 1)));
        Assert.Equal(allowed, filter.Allows(IPAddress.Parse(address)));
        Assert.Equal(networks.Length == 0, filter.IsEmpty);
    }

    [Fact]
    public void HostsAreTheSingleAddresses()
    {
        AllowList filter = new([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("192.0.2.1/32"), IPNetwork.Parse("2001:db8::1/128")]);
        Assert.Equal(["192.0.2.1", "2001:db8::1"], filter.Hosts.Select(h => h.ToIPAddress().ToString()));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1:40000")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1:40000")]
    [InlineData("2001:db8::1", "[2001:db8::1]:40000")]
    [InlineData("::1", "[::1]:40000")]
    public void AddressesHaveOneText(string address, string text)
    {
        SensorAddress value = SensorAddress.From(IPAddress.Parse(address), 40000);
        Assert.Equal(text, value.ToString());
        IPEndPoint end = new(IPAddress.Parse(address), 40000);
        SocketAddress sockaddr = end.Serialize();
        SensorAddress read = SensorAddress.FromSockaddr(sockaddr.Buffer.Span[..sockaddr.Size], sockaddr.Family);
        Assert.Equal(value, read);
        Assert.Equal(40000, read.Port);
    }

    [Fact]
    public void ASockaddrCutShortIsNoAddress()
    {
        Assert.True(SensorAddress.FromSockaddr([], System.Net.Sockets.AddressFamily.InterNetwork).IsNone);
        Assert.True(SensorAddress.FromSockaddr(new byte[23], System.Net.Sockets.AddressFamily.InterNetworkV6).IsNone);
        Assert.True(SensorAddress.FromSockaddr(new byte[28], System.Net.Sockets.AddressFamily.Unix).IsNone);
    }
}
