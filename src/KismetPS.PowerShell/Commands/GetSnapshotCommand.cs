using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.PowerShell.Commands;

/// <summary>Takes snapshots out of the tables of sessions.</summary>
public abstract class GetSnapshotCommand : DeviceFilterCommand
{
    private int _written;

    private protected GetSnapshotCommand()
    {
    }

    /// <summary>At most so many.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    private protected abstract IEnumerable<(string Address, object Snapshot)> Read(DeviceSession session, DeviceFilter filter);

    private protected override void Process()
    {
        IReadOnlyList<DeviceSession> sessions = Selected();
        HintIfNone(sessions);
        if (Addresses is { Length: 0 })
        {
            return;
        }

        HashSet<MacAddress> missing = [.. Addresses ?? []];
        foreach (DeviceSession session in sessions)
        {
            if (First > 0 && _written >= First)
            {
                return;
            }

            foreach ((string address, object snapshot) in Read(session, Filter(First > 0 ? First - _written : 0)))
            {
                StopToken.ThrowIfCancellationRequested();
                if (missing.Count > 0)
                {
                    missing.Remove(MacAddress.Parse(address));
                }

                _written++;
                WriteObject(snapshot);
            }
        }

        foreach (MacAddress address in IsNarrowed ? [] : missing)
        {
            Report(new KismetException(KismetErrorId.DeviceNotFound, $"{address} has not been heard.", "Wait-KismetDevice waits until it is."), address);
        }
    }
}
