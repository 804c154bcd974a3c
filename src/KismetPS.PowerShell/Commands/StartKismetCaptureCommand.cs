using System.Management.Automation;
using KismetPS.Capture.Live;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Model;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Start-KismetCapture: captures from an interface in monitor mode through libpcap or Npcap.</summary>
[Cmdlet(VerbsLifecycle.Start, "KismetCapture", SupportsShouldProcess = true, DefaultParameterSetName = SessionSet)]
[OutputType(typeof(KismetCapture), ParameterSetName = [SessionSet])]
[OutputType(typeof(KismetDevice), typeof(KismetNetwork), typeof(KismetFrame), typeof(KismetAlert), ParameterSetName = [StreamSet])]
[OutputType(typeof(KismetJob), ParameterSetName = [JobSet])]
public sealed class StartKismetCaptureCommand : StartCaptureCommand
{
    /// <summary>Interface, as Get-KismetInterface names it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Interface { get; set; } = string.Empty;

    /// <summary>pcap filter expression.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Filter { get; set; }

    /// <summary>Channel to tune to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 253)]
    public int? Channel { get; set; }

    /// <summary>Bytes kept of each packet.</summary>
    [Parameter]
    [ValidateRange(64, 262144)]
    public int SnapLength { get; set; } = 65535;

    private protected override string Endpoint => Interface;

    private protected override string Action => "Capture";

    private protected override CaptureSession Start(TrackerOptions tracker, string? capturePath, Action<CaptureSession>? attach)
    {
        if (ParameterSetName != SessionSet && Emit == KismetEmit.Packet)
        {
            throw StreamFactory.NoPackets();
        }

        var options = new LiveCaptureOptions { Interface = Interface, Filter = Filter, Channel = Channel, SnapLength = SnapLength };
        return KismetCapture.Start(options, tracker, Name, capturePath, attach);
    }
}
