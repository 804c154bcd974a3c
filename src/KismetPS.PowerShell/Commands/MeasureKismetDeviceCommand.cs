using System.Management.Automation;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Model;
using KismetPS.PowerShell.Sessions;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Measure-KismetDevice: how devices spread over channels, protections, vendors or types.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "KismetDevice", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(KismetDeviceGroup))]
public sealed class MeasureKismetDeviceCommand : KismetCmdlet
{
    private const string SessionSet = "Session";
    private const string ObjectSet = "InputObject";

    private readonly DeviceMeasure _measure = new();

    /// <summary>What to group by; several give one table after the other.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public KismetMeasure[] Property { get; set; } = [];

    /// <summary>Devices.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public KismetDevice[] InputObject { get; set; } = [];

    /// <summary>All devices of these sessions; without it of all sessions of this runspace.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = SessionSet)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [ValidateNotNullOrEmpty]
    public KismetSessionReference[]? Session { get; set; }

    private protected override void Process()
    {
        if (ParameterSetName == ObjectSet)
        {
            _measure.Add(InputObject);
            return;
        }

        foreach (DeviceSession session in SessionSearch.Knowing(Sessions, Session, Report, MyInvocation.ExpectingInput))
        {
            _measure.Add(session.GetDevices());
        }
    }

    private protected override void End()
    {
        foreach (KismetMeasure property in Property)
        {
            WriteObject(_measure.By(property), enumerateCollection: true);
        }
    }
}
