using System.Management.Automation;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Get-KismetStatistic: counters of sessions of every kind, with what was dropped and why.</summary>
[Cmdlet(VerbsCommon.Get, "KismetStatistic")]
[OutputType(typeof(KismetStatistic))]
public sealed class GetKismetStatisticCommand : SessionReaderCommand
{
    private protected override void Process()
    {
        IReadOnlyList<KismetSession> sessions = SelectedOfAnyKind();
        HintIfNone(sessions);
        foreach (KismetSession session in sessions)
        {
            WriteObject(session.Statistics);
        }
    }
}
