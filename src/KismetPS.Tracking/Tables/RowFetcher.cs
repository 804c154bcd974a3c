using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace KismetPS.Tracking.Tables;

/// <summary>
/// Fetches the rows of devices into the processor's caches while earlier frames are still worked on. With a hundred thousand devices nothing of the
/// next frame's device is in them, and its place in the index, its row and what hangs off the row are read one after the other, each a wait of a
/// hundred nanoseconds. Changes nothing: a wrong or missing hint costs time only.
/// </summary>
internal sealed class RowFetcher
{
    // Smaller tables stay in the caches by themselves.
    public const int FromDevices = 2048;

    // Calls between the steps: index, row, what hangs off it.
    private const int Step = 3;
    private const int Size = 8;
    private const int Line = 64;

    private readonly ulong[] _keys = new ulong[Size];
    private readonly int[] _rows = new int[Size];
    private int _at;

    /// <summary>The device of a key is needed soon; 0 only moves those before on.</summary>
    public void Expect(ulong key, DeviceTables tables, LongIndex index)
    {
        int at = _at++;
        _keys[at & (Size - 1)] = key;
        if (key != 0)
        {
            index.Fetch(key);
        }

        int second = (at - Step) & (Size - 1);
        int row = _keys[second] == 0 ? -1 : index.Find(_keys[second]);
        _rows[second] = row;
        if (row >= 0)
        {
            FetchAll(ref tables.Devices[row]);
        }

        row = _rows[(at - (2 * Step)) & (Size - 1)];
        if (row >= 0)
        {
            FetchParts(in tables.Devices[row], tables);
        }
    }

    /// <summary>Has the processor fetch a place in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch<T>(ref T place)
    {
        // Not pinned: should the collector move it, another place is fetched in vain.
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref place));
        }
    }

    private static void FetchAll<T>(ref T row)
        where T : struct
    {
        ref byte start = ref Unsafe.As<T, byte>(ref row);
        for (int at = 0; at < Unsafe.SizeOf<T>(); at += Line)
        {
            Fetch(ref Unsafe.Add(ref start, at));
        }

        Fetch(ref Unsafe.Add(ref start, Unsafe.SizeOf<T>() - 1));
    }

    private static void FetchParts(in DeviceRow device, DeviceTables tables)
    {
        if (device.Sensors != 0)
        {
            FetchAll(ref tables.Sensors[device.Sensors - 1]);
        }

        if (device.CurrentNetwork != 0)
        {
            FetchAll(ref tables.Networks[device.CurrentNetwork - 1]);
        }

        if (device.Bss != 0)
        {
            Fetch(ref tables.Bsses[device.Bss - 1]);
        }

        if (device.AccessPointLinks != 0)
        {
            Fetch(ref tables.Links[device.AccessPointLinks - 1]);
        }
    }
}
