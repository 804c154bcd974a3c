using System.Diagnostics;
using KismetPS.Tracking;

namespace KismetPS.Export.Tests.Delivery;

internal static class Waiting
{
    /// <summary>Whether a condition comes true in time.</summary>
    public static bool Until(Func<bool> condition, int seconds = 15)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(begin).TotalSeconds > seconds)
            {
                return false;
            }

            Thread.Sleep(20);
        }

        return true;
    }

    /// <summary>Whether a session ends in time.</summary>
    public static bool EndsWithin(this KismetSession session, int seconds) => session.Completion.Wait(TimeSpan.FromSeconds(seconds));
}
