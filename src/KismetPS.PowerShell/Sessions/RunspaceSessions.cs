using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using KismetPS.PowerShell.Eventing;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Sessions;

/// <summary>One table of sessions per runspace: parallel runspaces do not see each other's, and each takes its own down when it closes.</summary>
internal static class RunspaceSessions
{
    private static readonly ConditionalWeakTable<Runspace, SessionTable> s_tables = [];
    private static readonly ConditionalWeakTable<Runspace, SubscriptionTable> s_subscriptions = [];

    /// <summary>The table of the runspace this thread works for.</summary>
    public static SessionTable Current => s_tables.GetValue(Here, Create);

    /// <summary>The subscriptions to events of the runspace this thread works for.</summary>
    public static SubscriptionTable Subscriptions => s_subscriptions.GetOrCreateValue(Here);

    private static Runspace Here => Runspace.DefaultRunspace ?? throw new InvalidOperationException("There is no runspace on this thread.");

    /// <summary>Ends the subscriptions and the sessions of the runspace this thread works for, forgets them, and gives what they had still to say.</summary>
    public static IReadOnlyList<string> Close()
    {
        List<string> last = [];
        if (Runspace.DefaultRunspace is { } here && s_subscriptions.TryGetValue(here, out SubscriptionTable? subscriptions))
        {
            s_subscriptions.Remove(here);
            subscriptions.Close();
        }

        if (Runspace.DefaultRunspace is { } runspace && s_tables.TryGetValue(runspace, out SessionTable? table))
        {
            s_tables.Remove(runspace);
            table.StopAll(KismetStopReason.HostClosed);
            foreach (KismetSession session in table.ToList())
            {
                while (session.TryTakeWarning(out string? warning))
                {
                    last.Add($"{session.Name}: {warning}");
                }
            }
        }

        return last;
    }

    private static SessionTable Create(Runspace runspace)
    {
        var table = new SessionTable();
        runspace.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken)
            {
                table.StopAll(KismetStopReason.HostClosed);
            }
        };
        return table;
    }
}
