using KismetPS.Kismet;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Completion;

/// <summary>Capture sources of connected servers, as far as they are known at once.</summary>
internal static class ConnectedSources
{
    // A server that has to be asked may take longer; then there is nothing to complete.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(40);

    public static List<KismetSource> Now(IEnumerable<DeviceSession> sessions)
    {
        using CancellationTokenSource limit = new(s_patience);
        List<KismetSource> sources = [];
        foreach (KismetConnection connection in sessions.OfType<KismetConnection>())
        {
            Task<IReadOnlyList<KismetSource>> asked = connection.Link.GetSourcesAsync(limit.Token);
            if (asked.IsCompleted || asked.Wait(s_patience))
            {
                sources.AddRange(asked.Result);
            }
        }

        return sources;
    }
}
