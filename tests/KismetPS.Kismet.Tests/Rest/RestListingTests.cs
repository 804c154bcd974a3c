using System.Text;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.Rest;
using KismetPS.TestKit.Web;
using KismetPS.Tracking;
using KismetPS.Tracking.Remote;
using Xunit;

namespace KismetPS.Kismet.Tests.Rest;

/// <summary>The listing of all devices, which finds what polls by time cannot see.</summary>
public sealed class RestListingTests
{
    [Fact]
    public async Task A_device_the_server_dropped_leaves_with_the_next_listing_and_is_told_as_expired()
    {
        using KismetWeb web = new();
        web.Put(RestRig.Record(1));
        web.Put(RestRig.Record(2, "gone"));
        using KismetConnection session = Connect(web, TimeSpan.FromMilliseconds(200));
        using ChangeReader changes = session.OpenChanges(null, KismetChangeKind.Expired, existing: false);
        Assert.Equal(2, session.GetDevices().Count);
        web.Drop("4202770D00000000_2");
        await RestRig.Until(() => session.GetDevices().Count == 1, "one device", session);
        Assert.Equal(RestRig.Mac(1), session.GetDevices()[0].MacAddress);
        Assert.False(session.GetDevices()[0].IsStale);
        Assert.DoesNotContain(session.GetNetworks(), static n => n.Ssid == "gone");
        Assert.Equal(1, session.Statistics.Expired);
        List<KismetDeviceChange> told = [];
        await RestRig.Until(() => changes.Read(told) && told.Count > 0, "the change", session);
        Assert.Equal(RestRig.Mac(2), told.Single().Device.MacAddress);
    }

    [Fact]
    public async Task Between_listings_a_dropped_device_stays()
    {
        using KismetWeb web = new();
        web.Put(RestRig.Record(1));
        web.Put(RestRig.Record(2));
        using KismetConnection session = Connect(web, TimeSpan.FromHours(1));
        web.Drop("4202770D00000000_2");
        int before = Polls();
        await RestRig.Until(() => Polls() - before > 3, "polls", session);
        Assert.Equal(2, session.GetDevices().Count);
        Assert.Equal(0, session.Statistics.Expired);

        int Polls() => web.Http.Calls.Count(static c => c.Path.StartsWith("/devices/last-time/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_whose_sensor_has_a_clock_that_lags_is_found_by_the_listing()
    {
        using KismetWeb web = new() { HasBus = false };
        web.Put(RestRig.Record(1));
        using KismetConnection session = Connect(web, TimeSpan.FromMilliseconds(200));
        web.Put(RestRig.Record(2, last: 1_600_000_000));
        await RestRig.Until(() => session.GetDevices().Count == 2, "the other device", session);
        web.Set("4202770D00000000_2", "kismet.device.base.packets.total", 99, seconds: 1_600_000_001);
        await RestRig.Until(() => session.GetDevices().Any(static d => d.Packets == 99), "its change", session);
        Assert.Empty(web.Unnamed);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(7, 2)]
    public void Over_several_pages_a_device_has_to_be_missing_twice(int pages, int listings)
    {
        RemoteTables tables = new(100, 100, 1);
        RestTables rest = new(tables, "test");
        rest.Take(Line(1));
        rest.Take(Line(2));
        for (int i = 1; i <= listings; i++)
        {
            Assert.Equal(2, tables.DeviceCount);
            rest.BeginListing();
            Assert.Null(rest.TakeListed(Line(1)));
            Assert.Equal(i == listings ? 1 : 0, rest.EndListing(pages));
        }

        Assert.Equal(1, tables.DeviceCount);
    }

    private static byte[] Line(int number) =>
        Encoding.UTF8.GetBytes($"{{\"m\":\"{RestRig.Mac(number)}\",\"k\":\"{number}\",\"p\":\"IEEE802.11\",\"t\":\"Wi-Fi Client\",\"l\":1700000007,\"P\":16}}");

    private static KismetConnection Connect(KismetWeb web, TimeSpan listing) =>
        KismetConnection.Start(RestRig.Options(web.Port), (options, tables) => new RestLink(options, tables, new RestIntervals { Listing = listing }));
}
