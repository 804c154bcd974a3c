using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace KismetPS.Tracking.Tables;

/// <summary>
/// Fetches the rows of devices into the processor's caches before their frames are worked on. With a hundred thousand devices nothing of the
/// next frame's device is in them, and its place in the index, its row and what hangs off the row are read one after the other, each a wait of a
/// hundred nanoseconds; of thirty devices at once the processor waits for all together. Changes nothing: a wrong or missing hint costs time only.
/// </summary>
internal static class RowFetcher
{
    // Smaller tables stay in the caches by themselves.
    public const int FromDevices = 2048;

    private const int Most = 64;
    private const int Line = 64;

    /// <summary>The devices of these keys are needed soon; 0 is none.</summary>
    public static void Expect(ReadOnlySpan<ulong> keys, DeviceTables tables, LongIndex index)
    {
        Span<int> rows = stackalloc int[Most];
        int found = 0;
        foreach (ulong key in keys[..Math.Min(keys.Length, Most)])
        {
            int row = key == 0 ? -1 : index.Find(key);
            if (row >= 0)
            {
                rows[found++] = row;
                FetchLines(ref tables.Devices[row]);
            }
        }

        foreach (int row in rows[..found])
        {
            FetchParts(in tables.Devices[row], tables);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchLines<T>(ref T row)
        where T : struct
    {
        ref byte start = ref Unsafe.As<T, byte>(ref row);
        Fetch(ref start);
        if (Unsafe.SizeOf<T>() > Line)
        {
            Fetch(ref Unsafe.Add(ref start, Line));
        }

        if (Unsafe.SizeOf<T>() > 2 * Line)
        {
            Fetch(ref Unsafe.Add(ref start, 2 * Line));
        }

        // Rows that are no multiple of a line may end in one more than they fill.
        if (Unsafe.SizeOf<T>() % Line != 0)
        {
            Fetch(ref Unsafe.Add(ref start, Unsafe.SizeOf<T>() - 1));
        }
    }

    // Where there is none the first row is fetched, which is there: access points and clients come in no order, and a branch guessed wrong costs more.
    private static void FetchParts(in DeviceRow device, DeviceTables tables)
    {
        FetchLines(ref tables.Sensors[RowOf(device.Sensors)]);
        FetchLines(ref tables.Networks[RowOf(device.CurrentNetwork)]);
        Fetch(ref tables.Bsses[RowOf(device.Bss)]);
        Fetch(ref tables.Links[RowOf(device.AccessPointLinks)]);
        Fetch(ref tables.Probes[RowOf(device.Probes)]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int RowOf(int number) => Math.Max(number, 1) - 1;
}
