using System.Management.Automation;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Stop-KismetCapture: stops captures from interfaces; their tables stay readable.</summary>
[Cmdlet(VerbsLifecycle.Stop, "KismetCapture", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(KismetCapture))]
public sealed class StopKismetCaptureCommand : StopSessionCommand<KismetCapture>
{
}
