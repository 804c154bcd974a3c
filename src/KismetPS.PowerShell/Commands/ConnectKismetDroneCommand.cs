using System.Globalization;
using System.Management.Automation;
using KismetPS.Capture.Drone;
using KismetPS.PowerShell.Input;
using KismetPS.PowerShell.Model;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Connect-KismetDrone: takes frames from a Kismet drone and tracks the devices in them.</summary>
[Cmdlet(VerbsCommunications.Connect, "KismetDrone", SupportsShouldProcess = true, DefaultParameterSetName = SessionSet)]
[OutputType(typeof(KismetDrone), ParameterSetName = [SessionSet])]
[OutputType(typeof(KismetDevice), typeof(KismetNetwork), typeof(KismetFrame), typeof(KismetAlert), ParameterSetName = [StreamSet])]
[OutputType(typeof(KismetJob), ParameterSetName = [JobSet])]
public sealed class ConnectKismetDroneCommand : StartCaptureCommand
{
    private static readonly DroneConnectionOptions s_defaults = new();

    /// <summary>Name or address of the drone's machine.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string ComputerName { get; set; } = s_defaults.ComputerName;

    /// <summary>TCP port; without it 2502, then 3501.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <summary>Time to connect in, up to the drone's first word; a number is seconds.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Timeout { get; set; } = s_defaults.ConnectTimeout;

    /// <summary>Ends the session with its connection instead of connecting again.</summary>
    [Parameter]
    public SwitchParameter NoReconnect { get; set; }

    private protected override string Endpoint => Port is int port
        ? string.Create(CultureInfo.InvariantCulture, $"{ComputerName}, TCP port {port}")
        : $"{ComputerName}, TCP ports {string.Join(" and ", s_defaults.Ports)}";

    private protected override string Action => "Connect to the Kismet drone";

    private protected override (string Why, string Instead)? Refusal(KismetEmit emit) => emit == KismetEmit.Packet
        ? ("A drone sends frames, no TZSP messages.", "Use -Emit Frame, or -Emit Device for what is in them.")
        : base.Refusal(emit);

    private protected override CaptureSession Start(TrackerOptions tracker, string? capturePath, Action<CaptureSession>? attach) => KismetDrone.Start(
        new DroneConnectionOptions
        {
            ComputerName = ComputerName,
            Ports = Port is int port ? [port] : s_defaults.Ports,
            ConnectTimeout = Timeout > TimeSpan.Zero ? Timeout : s_defaults.ConnectTimeout,
            Reconnect = !NoReconnect,
            Cancel = StopToken,
        },
        tracker,
        Name,
        capturePath,
        attach);
}
