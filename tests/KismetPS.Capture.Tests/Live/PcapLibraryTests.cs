using KismetPS.Capture.Live;
using Xunit;

namespace KismetPS.Capture.Tests.Live;

public class PcapLibraryTests
{
    [LiveFact(LiveNeed.LoopbackCapture)]
    public void The_loopback_is_listed_with_its_address()
    {
        IReadOnlyList<KismetInterface> interfaces = PcapLibrary.GetInterfaces();
        KismetInterface loopback = Assert.Single(interfaces, static i => i.Name == "lo");
        Assert.True(loopback.IsLoopback);
        Assert.True(loopback.IsUp);
        Assert.False(loopback.IsWireless);
        Assert.False(loopback.CanMonitor);
        Assert.Contains("127.0.0.1", loopback.Addresses);
        Assert.DoesNotContain(interfaces, static i => i.Name.StartsWith("nflog", StringComparison.Ordinal) || i.Name.StartsWith("dbus", StringComparison.Ordinal));
        // The same interfaces as .NET sees.
        Assert.All(
            System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces().Where(static n => n.OperationalStatus == System.Net.NetworkInformation.OperationalStatus.Up),
            n => Assert.Contains(interfaces, i => i.Name == n.Name));
    }

    [LiveFact(LiveNeed.TapDevice)]
    public void An_Ethernet_interface_is_not_wireless()
    {
        using var tap = new TapDevice(TapDevice.Ethernet);
        KismetInterface listed = Assert.Single(PcapLibrary.GetInterfaces(), i => i.Name == tap.Name);
        Assert.False(listed.IsWireless);
        Assert.False(listed.IsLoopback);
        Assert.True(listed.IsUp);
        Assert.Equal(tap.Name, listed.ToString());
    }

    public static TheoryData<byte[], bool, string?> Addresses => new()
    {
        { [2, 0, 0, 0, 192, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0], false, "192.0.2.1" },
        { [16, 2, 0, 0, 192, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0], true, "192.0.2.1" },
        { [10, 0, 0, 0, 0, 0, 0, 0, 0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0], false, "2001:db8::1" },
        { [23, 0, 0, 0, 0, 0, 0, 0, 0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 7, 0, 0, 0], false, "fe80::1%7" },
        { [28, 30, 0, 0, 0, 0, 0, 0, 0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0], true, "2001:db8::1" },
        { [17, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], false, null },
        { [10, 0, 0, 0, 1, 2, 3, 4], false, null },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public void Addresses_of_every_systems_layout_are_read(byte[] sockaddr, bool bsd, string? expected) =>
        Assert.Equal(expected, PcapLibrary.ToAddress(sockaddr, bsd)?.ToString());
}
