using System.Management.Automation;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Get-KismetStatistic: counters of sessions, with what was dropped and why.</summary>
[Cmdlet(VerbsCommon.Get, "KismetStatistic")]
[OutputType(typeof(KismetStatistic))]
public sealed class GetKismetStatisticCommand : SessionReaderCommand
{
    private protected override void Process()
    {
        IReadOnlyList<DeviceSession> sessions = Selected();
        HintIfNone(sessions);
        foreach (DeviceSession session in sessions)
        {
            WriteObject(session.Statistics);
        }
    }
}
