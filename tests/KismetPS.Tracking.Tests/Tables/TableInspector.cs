using System.Runtime.CompilerServices;
using KismetPS.Tracking.Tables;
using Xunit;

namespace KismetPS.Tracking.Tests.Tables;

/// <summary>Walks all tables and checks that they hang together: what must hold after every frame, whatever was heard.</summary>
internal static class TableInspector
{
    /// <summary>Fails the test on the first thing that is wrong.</summary>
    public static void Check(DeviceTables tables, int maxDevices)
    {
        Seen seen = new();
        HashSet<int> names = [];
        int devices = 0;
        int advertisers = 0;
        for (int row = 0; row < tables.Devices.Limit; row++)
        {
            ref DeviceRow device = ref tables.Devices[row];
            if (device.Revision == 0)
            {
                Assert.Equal(default, device.Address);
                continue;
            }

            devices++;
            advertisers += device.Networks != 0 ? 1 : 0;
            Assert.Equal(row, tables.Find(device.Address));
            Assert.False(device.Address.IsGroup || device.Address.IsZero);
            Assert.InRange(device.AddedRevision, 1, device.Revision);
            Assert.InRange(device.Revision, 1, tables.Revision);
            CheckCounters(device);
            CheckNetworks(tables, row, seen, names);
            CheckProbes(tables, device, seen, names);
            CheckSensors(tables, device, seen);
            CheckClients(tables, row, seen);
            CheckAccessPoints(tables, row);
            if (device.Bss != 0)
            {
                Assert.True(seen.Bsses.Add(device.Bss - 1));
                ref BssRow bss = ref tables.Bsses[device.Bss - 1];
                Assert.InRange(bss.DataPackets, 0, bss.Packets);
                Assert.InRange(bss.ManagementPackets + bss.EncryptedPackets, 0, bss.Packets);
            }

            Note(names, device.AssociatedName);
        }

        Assert.InRange(devices, 0, maxDevices);
        Assert.Equal(devices, tables.Devices.Count);
        Assert.Equal(devices, DeviceIndex(tables).Count);
        Assert.Equal(advertisers, Advertisers(tables));
        Assert.Equal(seen.Networks.Count, tables.Networks.Count);
        Assert.Equal(seen.Probes.Count, tables.Probes.Count);
        Assert.Equal(seen.Sensors.Count, tables.Sensors.Count);
        Assert.Equal(seen.Links.Count, tables.Links.Count);
        Assert.Equal(seen.Links.Count, LinkIndex(tables).Count);
        Assert.Equal(seen.Bsses.Count, tables.Bsses.Count);
        Assert.Equal(names.Count, tables.Names.Count);
    }

    /// <summary>Removes every device and checks that nothing is left of any.</summary>
    public static void RemoveAll(DeviceTables tables)
    {
        for (int row = 0; row < tables.Devices.Limit; row++)
        {
            if (tables.Devices[row].Revision != 0)
            {
                tables.Remove(row);
            }
        }

        Assert.Equal(0, tables.Devices.Count);
        Assert.Equal(0, tables.Networks.Count);
        Assert.Equal(0, tables.Bsses.Count);
        Assert.Equal(0, tables.Probes.Count);
        Assert.Equal(0, tables.Sensors.Count);
        Assert.Equal(0, tables.Links.Count);
        Assert.Equal(0, tables.Names.Count);
        Assert.Equal(0, DeviceIndex(tables).Count);
        Assert.Equal(0, LinkIndex(tables).Count);
        Assert.Equal(0, Advertisers(tables));
    }

    private static void CheckCounters(in DeviceRow device)
    {
        Assert.InRange(device.DataPackets, 0, device.Packets);
        Assert.InRange(device.ManagementPackets + device.EncryptedPackets, 0, device.Packets);
        Assert.InRange(device.Retries, 0, device.Packets);
        Assert.True(device.Bytes >= device.Packets * 10, "A frame has at least ten bytes.");
        Assert.True(device.FirstNs <= device.LastNs);
        Assert.True(device.SignalMin <= device.SignalMax);
        Assert.True(device.SignalMin == DeviceRow.NoSignal || (device.SignalMin <= device.Signal && device.Signal <= device.SignalMax));
    }

    private static void CheckNetworks(DeviceTables tables, int row, Seen seen, HashSet<int> names)
    {
        ref DeviceRow device = ref tables.Devices[row];
        HashSet<int> ofDevice = [];
        bool current = device.CurrentNetwork == 0;
        int count = 0;
        for (int next = device.Networks; next != 0; next = tables.Networks[next - 1].Next, count++)
        {
            ref NetworkRow network = ref tables.Networks[next - 1];
            Assert.True(seen.Networks.Add(next - 1));
            Assert.Equal(row, network.Device);
            Assert.InRange(network.Revision, 1, tables.Revision);
            Assert.InRange(network.Beacons, 0, network.Packets);
            Assert.True(network.FirstNs <= network.LastNs);
            Assert.True(network.Name != 0 || network.Hidden, "A network without a name hides it.");
            Assert.True(network.Name == 0 || ofDevice.Add(network.Name), "One device, one name, one network.");
            current |= device.CurrentNetwork == next;
            Note(names, network.Name);
            Note(names, network.Manufacturer);
            Note(names, network.Model);
            Note(names, network.ApName);
        }

        Assert.True(current, "The current network is one of the device's.");
        Assert.Equal(count, device.NetworkCount);
        Assert.InRange(count, 0, TableLimits.NetworksPerDevice);
    }

    private static void CheckProbes(DeviceTables tables, in DeviceRow device, Seen seen, HashSet<int> names)
    {
        HashSet<int> ofDevice = [];
        for (int next = device.Probes; next != 0; next = tables.Probes[next - 1].Next)
        {
            Assert.True(seen.Probes.Add(next - 1));
            Assert.NotEqual(0, tables.Probes[next - 1].Name);
            Assert.True(ofDevice.Add(tables.Probes[next - 1].Name));
            Note(names, tables.Probes[next - 1].Name);
        }

        Assert.Equal(ofDevice.Count, device.ProbeCount);
        Assert.InRange(device.ProbeCount, 0, TableLimits.ProbesPerDevice);
    }

    private static void CheckSensors(DeviceTables tables, in DeviceRow device, Seen seen)
    {
        HashSet<int> ofDevice = [];
        for (int next = device.Sensors; next != 0; next = tables.Sensors[next - 1].Next)
        {
            ref SensorRow sensor = ref tables.Sensors[next - 1];
            Assert.True(seen.Sensors.Add(next - 1));
            Assert.True(ofDevice.Add(sensor.Origin));
            Assert.InRange(sensor.SignalCount, 0, sensor.Packets);
            Assert.True(sensor.SignalMin <= sensor.SignalMax);
            Assert.True(sensor.SignalCount == 0 || (sensor.SignalSum >= sensor.SignalMin * sensor.SignalCount && sensor.SignalSum <= sensor.SignalMax * sensor.SignalCount));
        }

        Assert.InRange(ofDevice.Count, 0, TableLimits.SensorsPerDevice);
    }

    private static void CheckClients(DeviceTables tables, int row, Seen seen)
    {
        ref DeviceRow device = ref tables.Devices[row];
        int count = 0;
        int previous = 0;
        for (int next = device.ClientLinks; next != 0; previous = next, next = tables.Links[next - 1].NextOfAccessPoint, count++)
        {
            ref LinkRow link = ref tables.Links[next - 1];
            Assert.True(seen.Links.Add(next - 1));
            Assert.Equal(row, link.AccessPoint);
            Assert.NotEqual(row, link.Client);
            Assert.Equal(previous, link.PreviousOfAccessPoint);
            Assert.NotEqual(0, tables.Devices[link.Client].Revision);
            Assert.Contains(next - 1, AccessPointLinks(tables, link.Client));
            Assert.Equal(next - 1, LinkIndex(tables).Find(((ulong)(uint)(row + 1) << 32) | (uint)link.Client));
        }

        Assert.Equal(count, device.ClientCount);
        Assert.InRange(count, 0, TableLimits.ClientsPerAccessPoint);
    }

    private static void CheckAccessPoints(DeviceTables tables, int row)
    {
        List<int> links = [.. AccessPointLinks(tables, row)];
        Assert.InRange(links.Count, 0, TableLimits.AccessPointsPerClient);
        foreach (int link in links)
        {
            Assert.Equal(row, tables.Links[link].Client);
            Assert.NotEqual(0, tables.Devices[tables.Links[link].AccessPoint].Revision);
        }
    }

    private static IEnumerable<int> AccessPointLinks(DeviceTables tables, int row)
    {
        int steps = 0;
        for (int next = tables.Devices[row].AccessPointLinks; next != 0; next = tables.Links[next - 1].NextOfClient)
        {
            Assert.True(++steps <= TableLimits.AccessPointsPerClient, "The list runs in a circle.");
            yield return next - 1;
        }
    }

    private static void Note(HashSet<int> names, int id)
    {
        if (id != 0)
        {
            names.Add(id);
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_deviceIndex")]
    private static extern ref RowIndex<DeviceKeys> DeviceIndex(DeviceTables tables);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_linkIndex")]
    private static extern ref RowIndex<LinkKeys> LinkIndex(DeviceTables tables);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_advertisers")]
    private static extern ref int Advertisers(DeviceTables tables);

    private sealed class Seen
    {
        public HashSet<int> Networks { get; } = [];

        public HashSet<int> Bsses { get; } = [];

        public HashSet<int> Probes { get; } = [];

        public HashSet<int> Sensors { get; } = [];

        public HashSet<int> Links { get; } = [];
    }
}
