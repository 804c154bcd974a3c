using KismetPS.TestKit.Frames;
using KismetPS.Tracking.Tables;
using KismetPS.Wireless;
using Xunit;
using Xunit.Abstractions;

namespace KismetPS.Tracking.Tests.Tables;

/// <summary>The tables hang together after any frames, and keep their caps.</summary>
public sealed class DeviceTablesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 20, 2000)]
    [InlineData(2, 200, 2000)]
    [InlineData(3, 5000, 2000)]
    public void Tables_hang_together_after_any_frames(int seed, int stations, int frames)
    {
        EngineRig rig = new(new TrackerOptions { MaxDevices = DeviceTables.MinDevices });
        RandomAir air = new(seed, stations);
        Random random = new(seed);
        for (int i = 0; i < frames; i++)
        {
            rig.Hear(air.Next(), sensor: random.Next(3), signal: random.Next(4) == 0 ? null : -random.Next(30, 95));
            if (i % 25 == 0)
            {
                TableInspector.Check(rig.Tables, DeviceTables.MinDevices);
            }
        }

        TableInspector.Check(rig.Tables, DeviceTables.MinDevices);
        TableInspector.RemoveAll(rig.Tables);
    }

    [Fact]
    public void Rows_are_used_again_and_nothing_of_the_old_device_shows()
    {
        EngineRig rig = new();
        rig.Hear(FrameBuilder.Beacon(Macs.Ap, "old", 6, SecurityPreset.Wpa2Psk), signal: -30);
        rig.Hear(FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Snap(0x0800, 1));
        rig.Hear(FrameBuilder.ProbeRequest(Macs.Client, "old-probe"));
        TableInspector.RemoveAll(rig.Tables);
        int rows = rig.Tables.Devices.Limit;

        rig.Hear(FrameBuilder.Rts(Macs.OtherAp, Macs.OtherClient), signal: null, frequency: 0);
        KismetDevice device = Assert.Single(rig.Devices());
        Assert.Equal(rows, rig.Tables.Devices.Limit);
        Assert.Equal(Macs.OtherClient.ToString(), device.MacAddress);
        Assert.Equal((KismetDeviceType.Unknown, 1L, 0, 0), (device.Type, device.Packets, device.Ssids.Count + device.ProbedSsids.Count, device.ClientCount));
        Assert.Null(device.Ssid);
        Assert.Null(device.SignalMaxDbm);
        Assert.Null(device.Channel);
        Assert.Equal(KismetSecurity.Unknown, device.Security);
    }

    /// <summary>One frame may name more devices than a small table holds.</summary>
    [Fact]
    public void An_aggregate_of_many_addresses_ends_in_a_full_table()
    {
        EngineRig rig = new(new TrackerOptions { MaxDevices = DeviceTables.MinDevices });
        for (int i = 0; i < 60; i++)
        {
            // A client of sixty access points: pushing it out touches them all.
            rig.Hear(FrameBuilder.NullToDs(Macs.ApNumber(i), Macs.Client));
        }

        FrameBuilder frame = FrameBuilder.FromDs(Macs.Ap, Macs.Ap, Macs.OtherClient, tid: 0);
        for (int i = 0; i < 400; i++)
        {
            frame.Subframe(Macs.Invented(i), Macs.Invented(1000 + i), 1);
        }

        rig.Hear(frame);
        TableInspector.Check(rig.Tables, DeviceTables.MinDevices);
        Assert.Equal(1, rig.Device(Macs.Ap).Packets);
    }

    /// <summary>A frame whose time is before everybody's makes devices that are the first to go, but not while it is at work.</summary>
    [Fact]
    public void A_frame_does_not_push_out_its_own_devices()
    {
        EngineRig rig = new(new TrackerOptions { MaxDevices = DeviceTables.MinDevices });
        long start = rig.NowNs;
        for (int i = 0; i < DeviceTables.MinDevices; i++)
        {
            rig.Hear(FrameBuilder.Rts(Macs.Ap, Macs.Invented(i)));
        }

        FrameBuilder frame = FrameBuilder.FromDs(Macs.Ap, Macs.Ap, Macs.Client, tid: 0);
        for (int i = 0; i < 10; i++)
        {
            frame.Subframe(Macs.Client, Macs.Invented(1000 + i), 1);
        }

        rig.Hear(frame, at: start - 1_000_000_000);
        TableInspector.Check(rig.Tables, DeviceTables.MinDevices);
        Assert.Equal((1L, KismetDeviceType.AccessPoint), (rig.Device(Macs.Ap).Packets, rig.Device(Macs.Ap).Type));
        Assert.Equal([Macs.Client.ToString()], rig.Device(Macs.Ap).Clients);
        Assert.All(Enumerable.Range(1000, 10), i => Assert.NotNull(rig.Find(Macs.Invented(i))));
    }

    [Fact]
    public void Invented_clients_push_out_invented_clients_never_the_networks()
    {
        const int Max = 1000;
        const int Aps = 300;
        EngineRig rig = new(new TrackerOptions { MaxDevices = Max });
        for (int i = 0; i < Aps; i++)
        {
            rig.Hear(FrameBuilder.Beacon(Macs.ApNumber(i), $"net-{i}", 6));
        }

        for (int i = 0; i < 10 * Max; i++)
        {
            rig.Hear(FrameBuilder.ProbeRequest(Macs.Invented(i)));
        }

        Assert.Equal(Max, rig.Tables.Devices.Count);
        Assert.Equal(Aps, rig.Devices().Count(static d => d.Type == KismetDeviceType.AccessPoint));
        Assert.Equal((10 * Max) + Aps - Max, rig.Tables.Counters.DevicesEvicted);
        Assert.Equal(rig.Tables.Counters.DevicesEvicted, rig.Removed.Count);
    }

    [Fact]
    public void Invented_networks_do_not_push_out_the_clients_nor_the_networks_that_are_heard()
    {
        const int Max = 1000;
        EngineRig rig = new(new TrackerOptions { MaxDevices = Max });
        for (int i = 0; i < 200; i++)
        {
            rig.Hear(FrameBuilder.NullToDs(Macs.ApNumber(i % 20), Macs.Invented(i)));
        }

        for (int i = 0; i < 10 * Max; i++)
        {
            rig.Hear(FrameBuilder.Beacon(Macs.ApNumber(i % 20), $"net-{i % 20}", 6));
            rig.Hear(FrameBuilder.Beacon(Macs.ApNumber(10_000 + i), "forged", 6));
        }

        HashSet<string> left = [.. rig.Devices().Select(static d => d.MacAddress)];
        Assert.Equal(Max, left.Count);
        Assert.All(Enumerable.Range(0, 200), i => Assert.Contains(Macs.Invented(i).ToString(), left));
        Assert.All(Enumerable.Range(0, 20), i => Assert.Contains(Macs.ApNumber(i).ToString(), left));
    }

    [Fact]
    public void A_client_that_is_heard_outlives_those_that_were_heard_once()
    {
        EngineRig rig = new(new TrackerOptions { MaxDevices = 256 });
        rig.Hear(FrameBuilder.ProbeRequest(Macs.Client, "home"));
        for (int i = 0; i < 20_000; i++)
        {
            rig.Hear(FrameBuilder.ProbeRequest(Macs.Invented(i)));
            if (i % 20 == 0)
            {
                rig.Hear(FrameBuilder.ProbeRequest(Macs.Client, "home"));
            }
        }

        Assert.Equal(1001, rig.Device(Macs.Client).Packets);
    }

    [Fact]
    public void A_device_takes_no_more_networks_than_its_cap()
    {
        EngineRig rig = new();
        for (int i = 0; i < TableLimits.NetworksPerDevice + 5; i++)
        {
            rig.Hear(FrameBuilder.Beacon(Macs.Ap, $"net-{i}", 6));
        }

        Assert.Equal(TableLimits.NetworksPerDevice, rig.Device(Macs.Ap).Ssids.Count);
        Assert.Equal(TableLimits.NetworksPerDevice, rig.Networks().Count);
        Assert.Equal(5, rig.Tables.Counters.NetworksRefused);
        Assert.Equal(TableLimits.NetworksPerDevice + 5, rig.Device(Macs.Ap).Packets);
    }

    [Fact]
    public void A_device_takes_no_more_probed_names_than_its_cap()
    {
        EngineRig rig = new();
        for (int i = 0; i < TableLimits.ProbesPerDevice + 5; i++)
        {
            rig.Hear(FrameBuilder.ProbeRequest(Macs.Client, $"net-{i}"));
        }

        Assert.Equal(TableLimits.ProbesPerDevice, rig.Device(Macs.Client).ProbedSsids.Count);
        Assert.Equal(5, rig.Tables.Counters.ProbesRefused);
    }

    [Fact]
    public void A_client_keeps_the_access_points_it_was_with_last()
    {
        EngineRig rig = new();
        for (int i = 0; i < TableLimits.AccessPointsPerClient + 5; i++)
        {
            rig.Hear(FrameBuilder.NullToDs(Macs.ApNumber(i), Macs.Client));
        }

        Assert.Equal(0, rig.Device(Macs.ApNumber(4)).ClientCount);
        Assert.Equal(1, rig.Device(Macs.ApNumber(5)).ClientCount);
        Assert.Equal(5, rig.Tables.Counters.LinksRefused);
        TableInspector.Check(rig.Tables, int.MaxValue);
    }

    [Fact]
    public void A_device_keeps_no_more_sensors_than_its_cap_and_loses_no_frame()
    {
        EngineRig rig = new();
        for (int i = 0; i < TableLimits.SensorsPerDevice + 5; i++)
        {
            rig.Hear(FrameBuilder.ProbeRequest(Macs.Client).Sequence(i), sensor: i);
        }

        Assert.Equal(TableLimits.SensorsPerDevice, rig.Device(Macs.Client).Sensors.Count);
        Assert.Equal(TableLimits.SensorsPerDevice + 5, rig.Device(Macs.Client).Packets);
        Assert.Equal(5, rig.Tables.Counters.SensorsRefused);
    }

    /// <summary>The table of names is full: a network whose name cannot be kept is not made anew with every beacon, and is taken up once there is room.</summary>
    [Fact]
    public void A_full_table_of_names_makes_no_nameless_networks()
    {
        EngineRig rig = new(new TrackerOptions { MaxDevices = DeviceTables.MinDevices });
        List<int> held = [];
        while (rig.Tables.Names.Refused == 0)
        {
            held.Add(rig.Tables.Names.Take(BitConverter.GetBytes(held.Count + 1), ofNetwork: true));
        }

        for (int i = 0; i < 10; i++)
        {
            rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6));
            rig.Hear(FrameBuilder.AssociationRequest(Macs.Client, Macs.OtherAp, "other"));
            rig.Hear(FrameBuilder.ProbeRequest(Macs.Client, "asked"));
        }

        Assert.Empty(rig.Networks());
        Assert.Equal(0, rig.Tables.Networks.Count + rig.Tables.Probes.Count);
        Assert.True(rig.Tables.Names.Refused > 10);

        held.ForEach(rig.Tables.Names.Release);
        rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6));
        Assert.Equal("net", Assert.Single(rig.Networks()).Ssid);
        TableInspector.Check(rig.Tables, DeviceTables.MinDevices);
        TableInspector.RemoveAll(rig.Tables);
    }

    /// <summary>Names invented to ask for, and names invented to advertise: a new network shows its name all the same.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Invented_names_keep_no_network_out(bool advertised)
    {
        const int Max = 4096;
        EngineRig rig = new(new TrackerOptions { MaxDevices = Max });
        for (int i = 0; i < 12_000; i++)
        {
            string name = $"invented-{i}";
            rig.Hear(advertised ? FrameBuilder.Beacon(Macs.ApNumber(100 + (i / 60)), name, 6) : FrameBuilder.ProbeRequest(Macs.Invented(i / 60), name));
        }

        Assert.True(rig.Tables.Names.Refused > 0 || rig.Tables.Names.IsFull);
        rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6));
        Assert.Equal("net", rig.Device(Macs.Ap).Ssid);
        Assert.Contains("net", rig.Networks().Select(static n => n.Ssid));
        TableInspector.Check(rig.Tables, Max);
    }

    /// <summary>Whatever is invented, no table grows beyond four rows for every device there may be.</summary>
    [Fact]
    public void Every_table_has_an_end()
    {
        const int Max = 200;
        EngineRig rig = new(new TrackerOptions { MaxDevices = Max });
        for (int i = 0; i < 40_000; i++)
        {
            MacAddress station = Macs.Invented(i / 40 % 400);
            MacAddress ap = Macs.ApNumber(i % 40);
            rig.Hear(FrameBuilder.Beacon(ap, $"net-{i % 997}", 6).Sequence(i), sensor: i % 50);
            rig.Hear(FrameBuilder.ProbeRequest(station, $"asked-{i % 89}").Sequence(i), sensor: i % 41);
            rig.Hear(FrameBuilder.NullToDs(ap, station).Sequence(i), sensor: i % 43);
        }

        Assert.InRange(rig.Tables.Networks.Limit, 2 * Max, 4 * Max);
        Assert.InRange(rig.Tables.Probes.Limit, 2 * Max, 4 * Max);
        Assert.InRange(rig.Tables.Sensors.Limit, 2 * Max, 4 * Max);
        Assert.InRange(rig.Tables.Links.Limit, 2 * Max, 4 * Max);
        TableInspector.Check(rig.Tables, Max);
    }

    /// <summary>100,000 devices as they are: one in five an access point with a name of its own, clients of them, strangers that ask for two names.</summary>
    [Fact]
    public void A_device_takes_less_than_600_bytes()
    {
        const int Devices = 100_000;
        EngineRig rig = new();
        List<byte[]> frames = [];
        for (int i = 0; i < Devices; i++)
        {
            switch (i % 5)
            {
                case 0:
                    frames.Add(FrameBuilder.Beacon(Macs.ApNumber(i), $"A network's name {i}", 6, SecurityPreset.Wpa2Psk).Build());
                    break;
                case 4:
                    frames.Add(FrameBuilder.ProbeRequest(Macs.Invented(i), $"Wanted {i}").Build());
                    frames.Add(FrameBuilder.ProbeRequest(Macs.Invented(i), $"Wanted {i % 1000}").Build());
                    break;
                default:
                    frames.Add(FrameBuilder.ToDs(Macs.ApNumber(i / 5 * 5), Macs.Invented(i), Macs.Host).Snap(0x0800, 1, 2, 3).Build());
                    break;
            }
        }

        rig.HearBatch(frames.ToArray());
        Assert.Equal((Devices, Devices / 5), (rig.Tables.Devices.Count, rig.Tables.Networks.Count));
        output.WriteLine($"{(double)rig.Tables.MemoryBytes / Devices:F0} bytes a device, {(double)rig.Tables.Names.MemoryBytes / Devices:F0} of them names.");
        Assert.InRange(rig.Tables.MemoryBytes / Devices, 200, 600);
    }

    [Fact]
    public void A_timeout_removes_what_is_silent_and_keeps_what_is_heard()
    {
        EngineRig rig = new(new TrackerOptions { DeviceTimeout = TimeSpan.FromSeconds(60) }, lossless: true);
        rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6));
        rig.Hear(FrameBuilder.NullToDs(Macs.Ap, Macs.Client));
        for (int second = 0; second < 70; second++)
        {
            rig.Pass(TimeSpan.FromSeconds(1));
            rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6));
        }

        Assert.Equal([Macs.Client.ToString()], rig.Removed.Select(static d => d.MacAddress));
        Assert.Equal(1, rig.Tables.Counters.DevicesExpired);
        Assert.Equal(0, rig.Device(Macs.Ap).ClientCount);
        rig.Pass(TimeSpan.FromSeconds(61));
        Assert.Empty(rig.Devices());
    }
}
