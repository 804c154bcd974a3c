using System.Diagnostics;
using System.Runtime.InteropServices;

namespace KismetPS.Bench;

/// <summary>
/// Processor time. On a shared machine the clock on the wall also counts the neighbours; this does not, but for the caches they take.
/// Where the system has no such clock, the one on the wall is taken.
/// </summary>
internal static unsafe partial class CpuClock
{
    private const int ProcessClock = 2;
    private const int ThreadClock = 3;

    /// <summary>Nanoseconds this thread has run.</summary>
    public static long ThreadNs => Read(ThreadClock);

    /// <summary>Nanoseconds all threads of this process have run.</summary>
    public static long ProcessNs => Read(ProcessClock);

    private static long Read(int clock)
    {
        if (!OperatingSystem.IsLinux())
        {
            return (long)Stopwatch.GetElapsedTime(0).TotalNanoseconds;
        }

        Span<long> time = stackalloc long[2];
        fixed (long* at = time)
        {
            _ = GetTime(clock, at);
        }

        return (time[0] * 1_000_000_000) + time[1];
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, long* time);
}
