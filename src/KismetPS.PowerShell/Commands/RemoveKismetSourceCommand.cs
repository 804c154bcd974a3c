using System.Management.Automation;
using KismetPS.Kismet;

namespace KismetPS.PowerShell.Commands;

/// <summary>Remove-KismetSource: removes capture sources from their server.</summary>
[Cmdlet(VerbsCommon.Remove, "KismetSource", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveKismetSourceCommand : SourceTargetCommand
{
    private protected override string Action => "Remove the capture source";

    private protected override Task ActAsync(KismetConnection connection, KismetSource source) => connection.Link.RemoveSourceAsync(source, StopToken);
}
