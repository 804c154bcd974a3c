namespace KismetPS.TestKit;

/// <summary>What code allocates, without what the runtime makes now and then when it meets or compiles it anew.</summary>
public static class Allocation
{
    /// <summary>
    /// Does the same several times and gives the bytes allocated on this thread by that time which took fewest: what the work allocates it allocates each time.
    /// </summary>
    public static long Least(Action work, int times = 10)
    {
        long least = long.MaxValue;
        for (int i = 0; i < times; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
