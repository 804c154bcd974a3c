using System.Management.Automation;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Stop-KismetSession: stops sessions of any kind.</summary>
[Cmdlet(VerbsLifecycle.Stop, "KismetSession", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(KismetSession))]
public sealed class StopKismetSessionCommand : StopSessionCommand<KismetSession>
{
    /// <summary>All sessions of these kinds.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = KindSet)]
    [ValidateNotNullOrEmpty]
    public KismetSessionKind[] Kind { get; set; } = [];

    /// <summary>Forgets the sessions too: their tables are freed and they are listed no more.</summary>
    [Parameter]
    public SwitchParameter Remove { get; set; }

    private protected override IReadOnlyList<KismetSession> Selected() =>
        ParameterSetName == KindSet ? [.. Sessions.ToList().Where(s => Kind.Contains(s.Kind))] : base.Selected();

    private protected override void StopOne(KismetSession session)
    {
        base.StopOne(session);
        if (Remove)
        {
            Sessions.Remove(session);
        }
    }
}
