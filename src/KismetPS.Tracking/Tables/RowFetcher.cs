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

    // Of an address 48 bits are used.
    private const ulong ReceiverMark = 1UL << 63;
    private const int HotLines = 2;

    private readonly ulong[] _keys = new ulong[Size];
    private readonly int[] _rows = new int[Size];
    private int _at;

    /// <summary>The device of a key is needed soon; 0 only moves those before on.</summary>
    /// <param name="key">Its address.</param>
    /// <param name="receives">Whether it is sent to only: of an access point data is sent to, less is touched.</param>
    /// <param name="tables">The rows.</param>
    /// <param name="index">Where they are.</param>
    public void Expect(ulong key, bool receives, DeviceTables tables, LongIndex index)
    {
        int at = _at++;
        _keys[at & (Size - 1)] = receives && key != 0 ? key | ReceiverMark : key;
        if (key != 0)
        {
            index.Fetch(key);
        }

        int second = (at - Step) & (Size - 1);
        ulong expected = _keys[second];
        int row = expected == 0 ? -1 : index.Find(expected & ~ReceiverMark);
        _rows[second] = row;
        if (row >= 0)
        {
            FetchLines(ref tables.Devices[row], (expected & ReceiverMark) != 0 ? HotLines : LinesOf<DeviceRow>());
        }

        int third = (at - (2 * Step)) & (Size - 1);
        row = _rows[third];
        if (row >= 0)
        {
            FetchParts(in tables.Devices[row], (_keys[third] & ReceiverMark) != 0, tables);
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

    private static int LinesOf<T>()
        where T : struct => (Unsafe.SizeOf<T>() + Line - 1) / Line;

    private static void FetchLines<T>(ref T row, int lines)
        where T : struct
    {
        ref byte start = ref Unsafe.As<T, byte>(ref row);
        for (int i = 0; i < lines; i++)
        {
            Fetch(ref Unsafe.Add(ref start, i * Line));
        }
    }

    // Rows that are no multiple of a line may end in one more than they fill.
    private static void FetchAll<T>(ref T row)
        where T : struct
    {
        FetchLines(ref row, LinesOf<T>());
        Fetch(ref Unsafe.Add(ref Unsafe.As<T, byte>(ref row), Unsafe.SizeOf<T>() - 1));
    }

    private static void FetchParts(in DeviceRow device, bool receives, DeviceTables tables)
    {
        if (device.Bss != 0)
        {
            Fetch(ref tables.Bsses[device.Bss - 1]);
        }

        if (receives)
        {
            return;
        }

        if (device.Sensors != 0)
        {
            FetchAll(ref tables.Sensors[device.Sensors - 1]);
        }

        if (device.CurrentNetwork != 0)
        {
            FetchAll(ref tables.Networks[device.CurrentNetwork - 1]);
        }

        if (device.AccessPointLinks != 0)
        {
            Fetch(ref tables.Links[device.AccessPointLinks - 1]);
        }
    }
}
