using System.Management.Automation;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Get-KismetAlert: what in the air deserves a look, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "KismetAlert")]
[OutputType(typeof(KismetAlert))]
public sealed class GetKismetAlertCommand : SessionReaderCommand
{
    /// <summary>Raised at or after this time.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only these kinds.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public KismetAlertType[]? Type { get; set; }

    private protected override void Process()
    {
        IReadOnlyList<DeviceSession> sessions = Selected();
        HintIfNone(sessions);
        foreach (DeviceSession session in sessions)
        {
            WriteObject(
                session.GetAlerts().Where(a => (Since is null || a.Time >= Since) && (Type is null || Type.Contains(a.Type))),
                enumerateCollection: true);
        }
    }
}
