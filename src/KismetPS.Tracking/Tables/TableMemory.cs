using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KismetPS.Tracking.Tables;

/// <summary>
/// Memory for rows and index slots: cleared, on a cache line's boundary, never moved, and of large pages where it is much. Rows of a large table are met
/// in no order, and with small pages each costs a walk through the page tables, on a virtual machine through two of them.
/// </summary>
internal static unsafe partial class TableMemory
{
    private const int Line = 64;
    private const nint LargePage = 2 << 20;
    private const int AdviseHugePages = 14;

    /// <summary>Makes room for so many; it lives as long as <paramref name="keeper"/> is referred to.</summary>
    public static nint Allocate<T>(int count, out Array keeper)
        where T : struct
    {
        nint bytes = (nint)count * Unsafe.SizeOf<T>();
        if (bytes >= 1 << 20)
        {
            keeper = System.Array.Empty<byte>();
            void* p = NativeMemory.AlignedAlloc((nuint)bytes, (nuint)LargePage);
            _ = MemoryAdvice(p, (nuint)bytes, AdviseHugePages);
            NativeMemory.Clear(p, (nuint)bytes);
            return (nint)p;
        }

        int spare = (Line / Unsafe.SizeOf<T>()) + 1;
        T[] room = GC.AllocateArray<T>(count + spare, pinned: true);
        keeper = room;
        nint at = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(room));
        nint start = (at + Line - 1) & -Line;
        Advise(start, (nint)count * Unsafe.SizeOf<T>());
        return start;
    }

    // It is advice: where the system does not take it, all is as it was.
    private static void Advise(nint start, nint length)
    {
        nint first = (start + LargePage - 1) & -LargePage;
        nint last = (start + length) & -LargePage;
        if (OperatingSystem.IsLinux() && last > first)
        {
            _ = MemoryAdvice((void*)first, (nuint)(last - first), AdviseHugePages);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvice(void* start, nuint length, int advice);
}
