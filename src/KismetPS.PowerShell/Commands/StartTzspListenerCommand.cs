using System.Management.Automation;
using System.Net;
using KismetPS.Capture.Tzsp;
using KismetPS.PowerShell.Input;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Start-TzspListener: receives TZSP and tracks the devices in it.</summary>
[Cmdlet(VerbsLifecycle.Start, "TzspListener", SupportsShouldProcess = true, DefaultParameterSetName = SessionSet)]
[OutputType(typeof(TzspListener), ParameterSetName = [SessionSet])]
[OutputType(typeof(KismetDevice), typeof(KismetNetwork), typeof(KismetFrame), typeof(TzspPacket), typeof(KismetAlert), ParameterSetName = [StreamSet])]
[OutputType(typeof(KismetJob), ParameterSetName = [JobSet])]
public sealed class StartTzspListenerCommand : StartCaptureCommand
{
    private static readonly TzspListenerOptions s_defaults = new();

    /// <summary>UDP port; 0 takes any free one.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, 65535)]
    public int Port { get; set; } = s_defaults.Port;

    /// <summary>Local address; without it all, IPv4 and IPv6.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("LocalAddress")]
    public IPAddress? Address { get; set; }

    /// <summary>Accepts only these senders: addresses and networks such as 10.0.0.0/24.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SensorNetwork]
    [ValidateNotNullOrEmpty]
    public IPNetwork[]? Sensor { get; set; }

    /// <summary>Receive buffer asked of the system, bytes.</summary>
    [Parameter]
    [ValidateRange(4096, int.MaxValue)]
    public int ReceiveBuffer { get; set; } = s_defaults.ReceiveBuffer;

    /// <summary>Sends a keepalive to each sensor at this interval; a number is seconds; zero: none.</summary>
    [Parameter]
    [Duration]
    public TimeSpan KeepAlive { get; set; }

    private protected override string Endpoint => $"UDP {new IPEndPoint(TzspSocket.AddressOf(Address), Port)}";

    private protected override string Action => "Listen for TZSP";

    private protected override CaptureSession Start(TrackerOptions tracker, string? capturePath, Action<CaptureSession>? attach) => TzspListener.Start(
        new TzspListenerOptions
        {
            Port = Port,
            Address = Address,
            Sensors = Sensor ?? [],
            ReceiveBuffer = ReceiveBuffer,
            KeepAlive = KeepAlive,
        },
        tracker,
        Name,
        capturePath,
        attach);
}
