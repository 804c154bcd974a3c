using System.Management.Automation;
using KismetPS.Capture.Live;
using KismetPS.Capture.Tzsp;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Start-KismetCapture: captures from an interface in monitor mode through libpcap or Npcap.</summary>
[Cmdlet(VerbsLifecycle.Start, "KismetCapture", SupportsShouldProcess = true, DefaultParameterSetName = SessionSet)]
[OutputType(typeof(KismetCapture), ParameterSetName = [SessionSet])]
[OutputType(typeof(KismetDevice), typeof(KismetNetwork), typeof(KismetFrame), typeof(TzspPacket), typeof(KismetAlert), ParameterSetName = [StreamSet])]
[OutputType(typeof(KismetJob), ParameterSetName = [JobSet])]
public sealed class StartKismetCaptureCommand : StartCaptureCommand
{
    private static readonly LiveCaptureOptions s_defaults = new() { Interface = string.Empty };

    /// <summary>Interface, as Get-KismetInterface names it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Interface { get; set; } = string.Empty;

    /// <summary>pcap filter expression.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Filter { get; set; }

    /// <summary>Channel to tune to (1 to 14: 2.4 GHz, 32 to 181: 5 GHz), or its frequency in MHz (6 GHz needs that).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ChannelCompleter))]
    [ValidateRange(1, 7125)]
    public int? Channel { get; set; }

    /// <summary>Bytes kept of each packet.</summary>
    [Parameter]
    [ValidateRange(64, 262144)]
    public int SnapLength { get; set; } = s_defaults.SnapLength;

    /// <summary>UDP port on which TZSP is looked for where the interface gives Ethernet or IP: a mirror port.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = s_defaults.TzspPort;

    private protected override string Endpoint => Interface;

    private protected override string Action => "Capture";

    private protected override CaptureSession Start(TrackerOptions tracker, string? capturePath, Action<CaptureSession>? attach)
    {
        var options = new LiveCaptureOptions { Interface = Interface, Filter = Filter, Channel = Channel, SnapLength = SnapLength, TzspPort = Port };
        return KismetCapture.Start(options, tracker, Name, capturePath, attach);
    }
}
