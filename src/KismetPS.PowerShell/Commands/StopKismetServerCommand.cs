using System.Management.Automation;
using KismetPS.Kismet;

namespace KismetPS.PowerShell.Commands;

/// <summary>Stop-KismetServer: says good-bye to the clients of Kismet servers and releases their ports.</summary>
[Cmdlet(VerbsLifecycle.Stop, "KismetServer", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(KismetServer))]
public sealed class StopKismetServerCommand : StopSessionCommand<KismetServer>
{
}
