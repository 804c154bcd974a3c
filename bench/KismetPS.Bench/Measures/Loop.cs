using System.Diagnostics;

namespace KismetPS.Bench.Measures;

/// <summary>Runs rounds over a corpus for a time: first until the compiler has nothing more to better, then measured.</summary>
internal static class Loop
{
    // Tiered compilation takes up a method after 30 calls and waits for 100 ms of quiet before it compiles in the background, twice.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1.5);

    // The fastest slice tells what a frame takes while no neighbour is at the caches: for comparing two builds, not for the table.
    private const long SliceNs = 5_000_000;

    /// <summary>Runs <paramref name="round"/>, which gives how many frames it worked, and prints what a frame took.</summary>
    public static void Run(double seconds, Func<long> round)
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < s_warmUp;)
        {
            round();
            _ = CpuClock.ThreadNs;
            if (Stopwatch.GetElapsedTime(start) < s_warmUp / 2)
            {
                Thread.Sleep(1);
            }
        }

        long budget = (long)(seconds * 1e9);
        long frames = 0;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long began = CpuClock.ThreadNs;
        long wall = Stopwatch.GetTimestamp();
        long used = 0;
        double fastest = double.MaxValue;
        while (used < budget)
        {
            long inSlice = 0;
            long slice = used;
            while (used - slice < SliceNs)
            {
                inSlice += round();
                used = CpuClock.ThreadNs - began;
            }

            frames += inSlice;
            fastest = Math.Min(fastest, (double)(used - slice) / inSlice);
        }

        Output.Put("frames", frames);
        Output.Put("cpu_ns", used);
        Output.Put("fastest_ps", (long)(fastest * 1000));
        Output.Put("wall_ns", (long)Stopwatch.GetElapsedTime(wall).TotalNanoseconds);
        Output.Put("allocated", GC.GetAllocatedBytesForCurrentThread() - allocated);
    }
}
