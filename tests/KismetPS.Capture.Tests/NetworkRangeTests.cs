using System.Net;
using Xunit;

namespace KismetPS.Capture.Tests;

public sealed class NetworkRangeTests
{
    [Theory]
    [InlineData("10.0.0.5", "10.0.0.5/32")]
    [InlineData(" 10.0.0.5 ", "10.0.0.5/32")]
    [InlineData("10.0.0.0/24", "10.0.0.0/24")]
    [InlineData("10.0.0.5/24", "10.0.0.0/24")]
    [InlineData("10.255.255.255/9", "10.128.0.0/9")]
    [InlineData("192.0.2.7/0", "0.0.0.0/0")]
    [InlineData("192.0.2.7/32", "192.0.2.7/32")]
    [InlineData("::1", "::1/128")]
    [InlineData("fd00::/8", "fd00::/8")]
    [InlineData("2001:db8::77/64", "2001:db8::/64")]
    [InlineData("fe80::1%3", "fe80::1/128")]
    [InlineData("fe80::1%3/10", "fe80::/10")]
    [InlineData("::ffff:192.0.2.7/120", "::ffff:192.0.2.0/120")]
    [InlineData("::/0", "::/0")]
    public void AddressesAndNetworksAreRead(string text, string network)
    {
        Assert.True(NetworkRange.TryParse(text, out IPNetwork read));
        Assert.Equal(IPNetwork.Parse(network), read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/24")]
    [InlineData("somewhere")]
    [InlineData("10.0.0.5/")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/ 8")]
    [InlineData("10.0.0.0/255.0.0.0")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.0/99999999999")]
    [InlineData("fd00::/129")]
    [InlineData("10.20/16")] // 10.0.0.20 to IPAddress
    [InlineData("10")]
    [InlineData("010.0.0.1")] // octal
    [InlineData("0x0a.0.0.1")]
    [InlineData("[::1]:80")]
    [InlineData("[::1]/128")]
    [InlineData("10.0.0.1:80")]
    public void AnythingElseIsRefused(string? text) => Assert.False(NetworkRange.TryParse(text, out _));

    [Theory]
    [InlineData("192.0.2.7", 32)]
    [InlineData("2001:db8::1", 128)]
    public void AnAddressAloneIsItsOwnNetwork(string address, int bits) =>
        Assert.Equal(new IPNetwork(IPAddress.Parse(address), bits), NetworkRange.Of(IPAddress.Parse(address)));
}
