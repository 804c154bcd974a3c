using KismetPS.Capture;
using KismetPS.TestKit;
using KismetPS.Tracking.Engine;
using KismetPS.Tracking.Tables;
using KismetPS.Tracking.Tests.Tables;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Tracking.Tests.Engine;

/// <summary>Anything may arrive: no exception, tables that hang together, caps that hold, snapshots that can be made.</summary>
public sealed class FuzzTests
{
    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 300)]
    [InlineData(3, 30_000)]
    public void Damaged_frames_of_a_site(int seed, int stations)
    {
        RandomAir air = new(seed, stations);
        Run(seed, 15_000, _ => (air.NextDamaged(), LinkType.Ieee80211));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Noise_of_any_link_type(int seed)
    {
        Random random = new(seed);
        LinkType[] links = Enum.GetValues<LinkType>();
        Run(seed, 20_000, _ =>
        {
            byte[] noise = new byte[random.Next(400)];
            random.NextBytes(noise);
            if (noise.Length > 4 && random.Next(2) == 0)
            {
                // A frame control that is one, so that not all ends at the version.
                noise[0] &= 0xFC;
            }

            return (noise, links[random.Next(links.Length)]);
        });
    }

    [CapturesTheory]
    [InlineData(6)]
    [InlineData(7)]
    public void Mutated_packets_of_real_captures(int seed)
    {
        CapturedPacket[] packets = [.. OracleCaptures.Files().SelectMany(static f => OracleCaptures.Packets(f).Take(500))];
        Random random = new(seed);
        Run(seed, 30_000, _ =>
        {
            CapturedPacket packet = packets[random.Next(packets.Length)];
            byte[] bytes = (byte[])packet.Bytes.Clone();
            for (int flips = random.Next(6); flips > 0 && bytes.Length > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            return (random.Next(4) == 0 ? bytes[..random.Next(bytes.Length + 1)] : bytes, (LinkType)packet.LinkType);
        });
    }

    private static void Run(int seed, int count, Func<int, (byte[] Packet, LinkType Link)> next)
    {
        const int MaxAlerts = 20;
        Random random = new(seed);
        CaptureEngine engine = new(
            new TrackerOptions { MaxDevices = DeviceTables.MinDevices, MaxAlerts = MaxAlerts, DeviceTimeout = TimeSpan.FromSeconds(20) },
            1,
            lossless: true,
            CancellationToken.None);
        FrameOrigin[] origins = [.. Enumerable.Range(0, 80).Select(static i => new FrameOrigin(i, $"sensor{i}"))];
        SnapshotReader reader = new(engine, new SnapshotBuilder(engine.Tracker.Tables, () => origins, static () => "fuzz", 1));
        int removed = 0;
        engine.Tracker.Tables.Removing = row =>
        {
            Assert.NotNull(reader.Builder.Device(row).MacAddress);
            removed++;
        };
        long time = UnixTime.NowNs;
        long ok = 0;
        for (int i = 0; i < count; i++)
        {
            (byte[] packet, LinkType link) = next(i);
            time = random.Next(5000) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : unchecked(time + random.Next(2_000_000));
            FrameInfo info = new()
            {
                TimestampNs = time,
                LinkType = link,
                OriginalLength = packet.Length + (random.Next(10) == 0 ? random.Next(-50, 70_000) : 0),
                Origin = origins[random.Next(random.Next(10) == 0 ? origins.Length : 2)],
            };
            info.Radio.Fcs = (FcsState)random.Next(5);
            info.Radio.SetSignal(random.Next(short.MinValue, short.MaxValue));
            info.Radio.SetFrequency(random.Next(8000));
            engine.BeginBatch();
            engine.OnFrame(packet, in info);
            engine.EndBatch();
            if (i % 100 == 0)
            {
                TableInspector.Check(engine.Tracker.Tables, DeviceTables.MinDevices);
                Snapshots(reader);
            }
        }

        foreach (DecodeStatus status in Enum.GetValues<DecodeStatus>())
        {
            ok += engine.Outcome(status);
        }

        Assert.Equal(count, ok);
        Assert.InRange(reader.Alerts(0).Count, 0, MaxAlerts);
        Assert.Equal(removed, engine.Tracker.Tables.Counters.DevicesEvicted + engine.Tracker.Tables.Counters.DevicesExpired);
        Snapshots(reader);
        TableInspector.RemoveAll(engine.Tracker.Tables);
    }

    private static void Snapshots(SnapshotReader reader)
    {
        reader.Devices(new DeviceFilter(), 0, long.MaxValue, static (device, _) =>
        {
            Assert.True(MacAddress.TryParse(device.MacAddress, null, out MacAddress address) && !address.IsGroup);
            Assert.True(device.FirstSeen <= device.LastSeen);
            Assert.Equal(device.ClientCount, device.Clients.Count);
            return true;
        });
        reader.Networks(new DeviceFilter(), 0, static network =>
        {
            Assert.True(network.Ssid is not null || network.Hidden);
            Assert.DoesNotContain(network.Ssid ?? string.Empty, char.IsControl);
            return true;
        });
    }
}
