using KismetPS.Tracking.Tables;
using KismetPS.Wireless;

namespace KismetPS.Tracking.Engine;

/// <summary>Walks the tables for readers, a few dozen rows at a turn, so that the source thread never waits long.</summary>
internal sealed class SnapshotReader(CaptureEngine engine, SnapshotBuilder builder) : IDeviceView
{
    private const int RowsPerTurn = 64;

    // Looking at a row that is not wanted is quick, but a table may have hundreds of thousands of them.
    private const int LooksPerTurn = 2048;

    private DeviceTables Tables => engine.Tracker.Tables;

    /// <summary>Rows to objects, under the gate only.</summary>
    public SnapshotBuilder Builder => builder;

    /// <summary>The revision of the tables now.</summary>
    public long Revision
    {
        get
        {
            engine.Gate.EnterReader();
            try
            {
                return Tables.Revision;
            }
            finally
            {
                engine.Gate.ExitReader();
            }
        }
    }

    /// <inheritdoc/>
    public int Devices(DeviceFilter filter, long after, long until, Func<KismetDevice, bool, bool> take, int from = 0)
    {
        if (filter.Addresses.Count > 0)
        {
            // By their place among those asked for, not by their rows.
            return Known(filter, after, until, take, from);
        }

        int taken = 0;
        List<(int Row, KismetDevice Device, bool Added)> turn = new(RowsPerTurn);
        for (int row = from; ;)
        {
            turn.Clear();
            bool more;
            engine.Gate.EnterReader();
            try
            {
                more = Turn(filter, after, until, ref row, turn);
            }
            finally
            {
                engine.Gate.ExitReader();
            }

            foreach ((int at, KismetDevice device, bool added) in turn)
            {
                if (!Passes(filter, device))
                {
                    continue;
                }

                if (!take(device, added) || (filter.First > 0 && ++taken >= filter.First))
                {
                    return at + 1;
                }
            }

            if (!more)
            {
                return -1;
            }
        }
    }

    /// <summary>Networks that changed after a revision.</summary>
    public void Networks(DeviceFilter filter, long after, Func<KismetNetwork, bool> take)
    {
        int taken = 0;
        List<KismetNetwork> turn = new(RowsPerTurn);
        for (int row = 0; ;)
        {
            turn.Clear();
            bool more;
            engine.Gate.EnterReader();
            try
            {
                int end = Math.Min(Tables.Networks.Limit, row + LooksPerTurn);
                for (; row < end && turn.Count < RowsPerTurn; row++)
                {
                    ref NetworkRow network = ref Tables.Networks[row];
                    // Counters, signal and clients of a network are those of its device; a free row has revision 0 and no device.
                    if (network.Revision != 0
                        && (network.Revision > after || Tables.Devices[network.Device].Revision > after)
                        && MayPass(filter, Tables.Devices[network.Device], network.LastNs))
                    {
                        turn.Add(builder.Network(row));
                    }
                }

                more = row < Tables.Networks.Limit;
            }
            finally
            {
                engine.Gate.ExitReader();
            }

            foreach (KismetNetwork network in turn)
            {
                if (Passes(filter, network) && (!take(network) || (filter.First > 0 && ++taken >= filter.First)))
                {
                    return;
                }
            }

            if (!more)
            {
                return;
            }
        }
    }

    public IReadOnlyList<KismetAlert> Alerts(long after)
    {
        engine.Gate.EnterReader();
        try
        {
            return engine.Tracker.Alerts.Since(after);
        }
        finally
        {
            engine.Gate.ExitReader();
        }
    }

    /// <summary>Whether a device passes all conditions.</summary>
    public static bool Passes(DeviceFilter filter, KismetDevice device) =>
        (filter.Addresses.Count == 0 || filter.Addresses.Contains(MacAddress.Parse(device.MacAddress)))
        && InRange(filter, device.MacAddress)
        && (filter.Types.Count == 0 || filter.Types.Contains(device.Type))
        && (filter.Channels.Count == 0 || (device.Channel is int channel && filter.Channels.Contains(channel)))
        && (filter.MinSignalDbm is not int dbm || device.SignalDbm >= dbm)
        && (filter.Since is not DateTimeOffset since || device.LastSeen >= since)
        && (filter.Encryption == 0 || (device.Encryption & filter.Encryption) != 0)
        && (filter.Vendor is null || (device.Vendor is not null && filter.Vendor(device.Vendor)))
        && (filter.Ssid is null || AnyName(filter.Ssid, device));

    /// <summary>Whether a network passes all conditions.</summary>
    public static bool Passes(DeviceFilter filter, KismetNetwork network) =>
        (filter.Addresses.Count == 0 || filter.Addresses.Contains(MacAddress.Parse(network.Bssid)))
        && InRange(filter, network.Bssid)
        && (filter.Channels.Count == 0 || (network.Channel is int channel && filter.Channels.Contains(channel)))
        && (filter.MinSignalDbm is not int dbm || network.SignalDbm >= dbm)
        && (filter.Since is not DateTimeOffset since || network.LastSeen >= since)
        && (filter.Encryption == 0 || (network.Encryption & filter.Encryption) != 0)
        && (filter.Vendor is null || (network.Manufacturer is not null && filter.Vendor(network.Manufacturer)))
        && (filter.Ssid is null || (network.Ssid is not null && filter.Ssid(network.Ssid)));

    private static bool InRange(DeviceFilter filter, string text) =>
        filter.Range is not (MacAddress first, MacAddress last) || (MacAddress.Parse(text) is var address && address >= first && address <= last);

    private static bool AnyName(Predicate<string> matches, KismetDevice device)
    {
        if (device.Ssid is not null && matches(device.Ssid))
        {
            return true;
        }

        foreach (KismetSsid ssid in device.Ssids)
        {
            if (ssid.Ssid is not null && matches(ssid.Ssid))
            {
                return true;
            }
        }

        foreach (string name in device.ProbedSsids)
        {
            if (matches(name))
            {
                return true;
            }
        }

        return false;
    }

    // Conditions that a row can answer, so that no object is made in vain.
    private static bool MayPass(DeviceFilter filter, in DeviceRow device, long lastNs) =>
        (filter.Types.Count == 0 || filter.Types.Contains(device.Type))
        && (filter.Range is not (MacAddress first, MacAddress last) || (device.Address >= first && device.Address <= last))
        && (filter.MinSignalDbm is not int dbm || (device.Signal != DeviceRow.NoSignal && device.Signal >= dbm))
        && (filter.Since is not DateTimeOffset since || UnixTime.ToDateTime(lastNs) >= since);

    private bool Turn(DeviceFilter filter, long after, long until, ref int row, List<(int Row, KismetDevice Device, bool Added)> turn)
    {
        DeviceTables tables = Tables;
        int limit = tables.Devices.Limit;
        for (int looks = 0; row < limit && turn.Count < RowsPerTurn && looks < LooksPerTurn; looks++)
        {
            if (row % RowTable<DeviceRow>.ChunkSize == 0 && !tables.ChunkChanged(row / RowTable<DeviceRow>.ChunkSize, after))
            {
                row += RowTable<DeviceRow>.ChunkSize;
                continue;
            }

            ref DeviceRow device = ref tables.Devices[row];
            if (tables.Changed(device, after) && device.AddedRevision <= until && MayPass(filter, device, device.LastNs))
            {
                turn.Add((row, builder.Device(row), device.AddedRevision > after));
            }

            row++;
        }

        return row < limit;
    }

    private int Known(DeviceFilter filter, long after, long until, Func<KismetDevice, bool, bool> take, int from)
    {
        int taken = 0;
        int at = 0;
        foreach (MacAddress address in filter.Addresses)
        {
            if (at++ < from)
            {
                continue;
            }

            KismetDevice? device = null;
            bool added = false;
            engine.Gate.EnterReader();
            try
            {
                int row = Tables.Find(address);
                if (row >= 0 && Tables.Changed(Tables.Devices[row], after) && Tables.Devices[row].AddedRevision <= until)
                {
                    device = builder.Device(row);
                    added = Tables.Devices[row].AddedRevision > after;
                }
            }
            finally
            {
                engine.Gate.ExitReader();
            }

            if (device is not null && Passes(filter, device) && (!take(device, added) || (filter.First > 0 && ++taken >= filter.First)))
            {
                return at;
            }
        }

        return -1;
    }
}
