using KismetPS.Cli.Commands;
using Xunit;

namespace KismetPS.Cli.Tests;

public sealed class HostPortTests
{
    [Theory]
    [InlineData("box", "box", null)]
    [InlineData("box:8685", "box", 8685)]
    [InlineData("192.0.2.1:1", "192.0.2.1", 1)]
    [InlineData("::1", "::1", null)]
    [InlineData("fe80::1%eth0", "fe80::1%eth0", null)]
    [InlineData("[2001:db8::1]", "2001:db8::1", null)]
    [InlineData("[2001:db8::1]:65535", "2001:db8::1", 65535)]
    public void Host_and_port_are_told_apart(string text, string host, int? port)
    {
        Assert.True(HostPort.TryParse(text, out HostPort value));
        Assert.Equal(new HostPort(host, port), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":5")]
    [InlineData("[]")]
    [InlineData("[]:5")]
    [InlineData("box:")]
    [InlineData("box:0")]
    [InlineData("box:65536")]
    [InlineData("box:-1")]
    [InlineData("box: 5")]
    [InlineData("[::1]:x")]
    public void What_is_no_address_is_not_taken(string text) => Assert.False(HostPort.TryParse(text, out _));
}
