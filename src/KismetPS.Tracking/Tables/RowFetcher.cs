using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using KismetPS.Capture;

namespace KismetPS.Tracking.Tables;

/// <summary>
/// Fetches the rows of devices into the processor's caches before their frames are worked on. With a hundred thousand devices nothing of the
/// next frame's device is in them, and its place in the index, its row and what hangs off the row are read one after the other, each a wait of a
/// hundred nanoseconds. So a group of devices goes through these three steps while the groups before it are worked on, and nobody waits.
/// Changes nothing: a wrong or missing hint costs time only.
/// </summary>
internal sealed class RowFetcher(DeviceTables tables, RowIndex<DeviceKeys> index, RecentDevices recent)
{
    // Smaller tables stay in the caches by themselves.
    public const int FromDevices = 2048;

    private const int Line = 64;

    // Of the group announced last the places in the index are on the way, of the one before the rows.
    private readonly ExpectedStation[] _placed = new ExpectedStation[IFrameSink.MostExpected];
    private readonly (int Row, StationUse Use)[] _found = new (int, StationUse)[IFrameSink.MostExpected];
    private int _placedCount;
    private int _foundCount;

    /// <summary>Goes on by one step with those announced before, and begins with these.</summary>
    public void Expect(ReadOnlySpan<ExpectedStation> stations)
    {
        for (int i = 0; i < _foundCount; i++)
        {
            FetchParts(in tables.Devices[_found[i].Row], _found[i].Use);
        }

        _foundCount = 0;
        for (int i = 0; i < _placedCount; i++)
        {
            int row = index.FindLikely(_placed[i].Address);
            if (row >= 0)
            {
                StationUse use = _placed[i].Use;
                _found[_foundCount++] = (row, use);
                recent.Remember(_placed[i].Address, row);
                FetchRow(ref tables.Devices[row], use);
            }
        }

        _placedCount = 0;
        foreach (ExpectedStation station in stations[..Math.Min(stations.Length, _placed.Length)])
        {
            if (!recent.Has(station.Address))
            {
                _placed[_placedCount++] = station;
                index.Fetch(station.Address);
            }
        }
    }

    /// <summary>Has the processor fetch a place in memory; it may be no place at all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Fetch<T>(ref T place)
    {
        // Not pinned: should the collector move it, another place is fetched in vain.
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref place));
        }
    }

    // The third line is for those who tell of themselves; for others the first one once more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchRow(ref DeviceRow row, StationUse use)
    {
        ref byte start = ref Unsafe.As<DeviceRow, byte>(ref row);
        Fetch(ref start);
        Fetch(ref Unsafe.Add(ref start, Line));
        Fetch(ref Unsafe.Add(ref start, (use & (StationUse.Advertises | StationUse.Asks)) != 0 ? 2 * Line : 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchLines<T>(ref T row)
        where T : struct
    {
        ref byte start = ref Unsafe.As<T, byte>(ref row);
        for (int at = 0; at < Unsafe.SizeOf<T>(); at += Line)
        {
            Fetch(ref Unsafe.Add(ref start, at));
        }

        // Rows that are no multiple of a line may end in one more than they fill.
        if (Unsafe.SizeOf<T>() % Line != 0)
        {
            Fetch(ref Unsafe.Add(ref start, Unsafe.SizeOf<T>() - 1));
        }
    }

    // What is not needed or not there is the first row, which is in the caches: access points and clients come in no order, and a branch guessed
    // wrong costs more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FetchParts(in DeviceRow device, StationUse use)
    {
        FetchLines(ref tables.Sensors[RowOf(device.Sensors, use, StationUse.Sends)]);
        FetchLines(ref tables.Networks[RowOf(device.CurrentNetwork, use, StationUse.Advertises)]);
        Fetch(ref tables.Bsses[RowOf(device.Bss, use, StationUse.Serves)]);
        Fetch(ref tables.Links[RowOf(device.AccessPointLinks, use, StationUse.Joins)]);
        Fetch(ref tables.Probes[RowOf(device.Probes, use, StationUse.Asks)]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int RowOf(int number, StationUse use, StationUse needs) => Math.Max((use & needs) != 0 ? number : 0, 1) - 1;
}
