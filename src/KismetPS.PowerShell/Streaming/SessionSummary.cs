using System.Globalization;
using KismetPS.Export;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>What a session did, in a line for the verbose stream: no drop is silent.</summary>
internal static class SessionSummary
{
    public static string Of(KismetSession session)
    {
        KismetStatistic s = session.Statistics;
        string text = s is KismetReceiverStatistic received ? $"{session.Name}: {received}." : string.Create(
            CultureInfo.InvariantCulture,
            $"{session.Name}: {s.Received} received, {s.Decoded} frames, {s.Devices} devices, {s.Networks} networks, {s.Dropped} not used, {s.KernelDropped} dropped by the kernel, {s.QueueDropped} dropped by slow readers.");
        return s.DropReasons.Count == 0 ? text : $"{text} By reason: {s.DropReasons}.";
    }

    public static string Missed(long dropped) => string.Create(
        CultureInfo.InvariantCulture,
        $"{dropped} objects were dropped because the pipeline took them slower than they came. They are in the session's tables; filter earlier, or emit devices.");
}
