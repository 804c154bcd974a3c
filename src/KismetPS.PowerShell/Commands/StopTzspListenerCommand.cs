using System.Management.Automation;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Stop-TzspListener: stops TZSP listeners; their tables stay readable.</summary>
[Cmdlet(VerbsLifecycle.Stop, "TzspListener", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(TzspListener))]
public sealed class StopTzspListenerCommand : StopSessionCommand<TzspListener>
{
}
