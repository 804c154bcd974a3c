using System.Globalization;
using KismetPS.TestKit;
using KismetPS.Wireless;
using Xunit;

namespace KismetPS.Tracking.Tests.Oracle;

/// <summary>The devices of every capture, read by an import session, against tshark's tables.</summary>
public sealed class DeviceOracleTests
{
    public static TheoryData<string> Captures => OracleCaptures.All;

    [CapturesTheory]
    [MemberData(nameof(Captures))]
    public void Devices_are_those_that_the_rules_make_of_tsharks_frames(string file)
    {
        ExpectedDevices expected = new(OracleFrame.ReadAll(file));
        using KismetImport import = Imports.Run(OracleCaptures.Path(file));
        Dictionary<string, KismetDevice> devices = ByAddress(import);

        Assert.Equal(expected.Devices.Keys.Order(StringComparer.Ordinal), devices.Keys.Order(StringComparer.Ordinal));
        foreach ((string mac, KismetDevice device) in devices)
        {
            ExpectedDevice wanted = expected.Devices[mac];
            Assert.True(device.Packets == wanted.Sent + wanted.SentForIt, $"{mac}: {device.Packets} packets, tshark {wanted.Sent} + {wanted.SentForIt}");
            Assert.Equal((mac, wanted.Retries), (mac, (int)device.Retries));
            Assert.Equal((mac, Ticks(wanted.FirstNs)), (mac, Ticks(UnixTime.FromDateTime(device.FirstSeen))));
            Assert.Equal((mac, Ticks(wanted.LastNs)), (mac, Ticks(UnixTime.FromDateTime(device.LastSeen))));
        }
    }

    [CapturesTheory]
    [MemberData(nameof(Captures))]
    public void Names_and_channels_are_those_tshark_shows(string file)
    {
        ExpectedDevices expected = new(OracleFrame.ReadAll(file));
        using KismetImport import = Imports.Run(OracleCaptures.Path(file));
        foreach ((string mac, KismetDevice device) in ByAddress(import))
        {
            ExpectedDevice wanted = expected.Devices[mac];
            Assert.Equal((mac, Text(wanted.Names)), (mac, string.Join(" ", device.Ssids.Where(static s => s.Ssid is not null).Select(static s => s.Ssid).Order(StringComparer.Ordinal))));
            Assert.Equal((mac, wanted.Hidden), (mac, device.Ssids.Any(static s => s.Hidden)));
            Assert.Equal((mac, Text(wanted.Probed)), (mac, string.Join(" ", device.ProbedSsids.Order(StringComparer.Ordinal))));
            if (wanted.Joined.Count > 0)
            {
                Assert.Equal((mac, Text([wanted.Joined[^1]])), (mac, device.Ssid));
            }

            if (wanted.Channels.Count > 0)
            {
                Assert.Equal((mac, wanted.Channels[^1]), (mac, device.Channel ?? 0));
            }
        }
    }

    /// <summary>tshark's table of devices counts every address in any role. Each one of it that is no device of ours has a role that makes none.</summary>
    [CapturesTheory]
    [MemberData(nameof(Captures))]
    public void Every_address_of_tsharks_table_is_a_device_or_has_a_reason_not_to_be_one(string file)
    {
        IReadOnlyList<OracleFrame> frames = OracleFrame.ReadAll(file);
        using KismetImport import = Imports.Run(OracleCaptures.Path(file));
        Dictionary<string, KismetDevice> devices = ByAddress(import);
        OracleTable table = OracleCaptures.Devices(file);
        List<string> absent = [];
        for (int row = 0; row < table.Count; row++)
        {
            string mac = table[row, "mac"];
            if (!devices.TryGetValue(mac, out KismetDevice? device))
            {
                absent.Add($"{mac} {AbsentDevice.ReasonFor(mac, frames)}");
                continue;
            }

            // What tshark's count of frames sent holds that ours does not, and the reverse, frame by frame.
            int sent = Number(table, row, "tx_frames");
            int damaged = frames.Count(f => f.IsDamaged && f.Transmitter == mac);
            int contentionFreeEnds = frames.Count(f => !f.IsDamaged && f.Transmitter.Length == 0 && ExpectedDevices.TransmitterOf(f) == mac);
            int sentForIt = new ExpectedDevices(frames).Devices[mac].SentForIt;
            Assert.Equal((mac, sent - damaged + contentionFreeEnds + sentForIt), (mac, (int)device.Packets));

            // tshark dates every role, we the roles that make a device: never outside tshark's times.
            Assert.True(Nanoseconds(table[row, "first"]) <= UnixTime.FromDateTime(device.FirstSeen) + 100, mac);
            // Of several sources in an A-MSDU the table took the first; the frames table has them all.
            bool inAggregate = frames.Any(f => f.IsAggregate && f.Sources.Skip(1).Contains(mac));
            Assert.True(inAggregate || Nanoseconds(table[row, "last"]) + 100 >= UnixTime.FromDateTime(device.LastSeen), mac);
        }

        Assert.Equal(AbsentDevice.ListedFor(file), absent.Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, KismetDevice> ByAddress(KismetImport import) =>
        import.GetDevices().ToDictionary(static d => d.MacAddress.ToLowerInvariant());

    private static string Text(IEnumerable<string> hexNames) =>
        string.Join(" ", hexNames.Select(static h => SsidText.ToDisplay(Convert.FromHexString(h))).Order(StringComparer.Ordinal));

    private static int Number(OracleTable table, int row, string column) => int.Parse(table[row, column], CultureInfo.InvariantCulture);

    private static long Nanoseconds(string epoch)
    {
        string[] time = epoch.Split('.');
        return (long.Parse(time[0], CultureInfo.InvariantCulture) * 1_000_000_000) + long.Parse(time[1], CultureInfo.InvariantCulture);
    }

    // Objects have a resolution of 100 ns.
    private static long Ticks(long ns) => ns / 100;
}
