using System.Runtime.InteropServices;

namespace KismetPS.Bench.Peers;

/// <summary>Processor time of the child processes that have ended: what a peer used that does not tell by itself.</summary>
internal static unsafe partial class ChildClock
{
    private const int Children = -1;

    // struct rusage: user time, system time (seconds, microseconds each), then fourteen longs that are not asked for.
    private const int UsageLongs = 18;

    /// <summary>Nanoseconds so far; 0 where the system does not tell.</summary>
    public static long Ns
    {
        get
        {
            if (!OperatingSystem.IsLinux())
            {
                return 0;
            }

            Span<long> usage = stackalloc long[UsageLongs];
            fixed (long* at = usage)
            {
                _ = GetUsage(Children, at);
            }

            return ((usage[0] + usage[2]) * 1_000_000_000) + ((usage[1] + usage[3]) * 1000);
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, long* usage);
}
