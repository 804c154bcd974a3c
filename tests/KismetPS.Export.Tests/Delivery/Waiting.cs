using System.Diagnostics;
using KismetPS.Capture;
using KismetPS.Tracking;

namespace KismetPS.Export.Tests.Delivery;

internal static class Waiting
{
    /// <summary>How long anything may take on a machine that others keep busy.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Whether a condition comes true in time.</summary>
    public static bool Until(Func<bool> condition)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(begin) > Patience)
            {
                return false;
            }

            Thread.Sleep(20);
        }

        return true;
    }

    /// <summary>Whether a session ends in time.</summary>
    public static bool Ends(this KismetSession session) => session.Completion.Wait(Patience);

    /// <summary>Whether an export has failed so often in this way.</summary>
    public static bool UntilFailed(this KismetExport export, KismetErrorId id, int times = 1) =>
        Until(() => export.ExportStatistics.Errors.Any(e => e.Name == id.ToString() && e.Count >= times));
}
