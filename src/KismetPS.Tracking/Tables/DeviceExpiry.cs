namespace KismetPS.Tracking.Tables;

/// <summary>Removes devices that were not heard for a time, a few rows at each call, so that no call is long.</summary>
internal sealed class DeviceExpiry(DeviceTables tables, TimeSpan timeout)
{
    private const int RowsPerSweep = 1024;
    private const long SweepEveryNs = 10_000_000;

    private readonly long _timeoutNs = timeout.Ticks * TimeSpan.NanosecondsPerTick;
    private int _hand;
    private long _lastSweepNs;

    /// <summary>Sweeps some rows: at the usual call rate a table of 100,000 rows is through in about a second.</summary>
    public void Sweep(long nowNs)
    {
        int limit = tables.Devices.Limit;
        if (_timeoutNs <= 0 || limit == 0 || UnixTime.Distance(nowNs, _lastSweepNs) < SweepEveryNs)
        {
            return;
        }

        // After a pause (an idle listener is called every 200 ms) as many rows as the pause would have had.
        long steps = Math.Clamp(UnixTime.Distance(nowNs, _lastSweepNs) / SweepEveryNs, 1, 20);
        _lastSweepNs = nowNs;
        for (long i = Math.Min(limit, steps * RowsPerSweep); i > 0; i--)
        {
            _hand = (_hand + 1) % limit;
            ref DeviceRow device = ref tables.Devices[_hand];
            if (device.Revision != 0 && nowNs - device.LastNs > _timeoutNs)
            {
                tables.Counters.DevicesExpired++;
                tables.Remove(_hand);
            }
        }
    }
}
