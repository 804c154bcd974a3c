using System.Management.Automation;
using KismetPS.PowerShell.Input;
using KismetPS.PowerShell.Model;
using KismetPS.Tracking;
using KismetPS.Tracking.Tables;

namespace KismetPS.PowerShell.Commands;

/// <summary>Starts a capture and gives the session, a stream or a job.</summary>
public abstract class StartCaptureCommand : StreamingCommand
{
    private protected StartCaptureCommand()
    {
    }

    /// <summary>Name of the session; made from kind and number where not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Also writes all frames to this pcapng file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CapturePath { get; set; }

    /// <summary>Most devices kept; a new one beyond pushes out the one heard longest ago of a sample, access points last.</summary>
    [Parameter]
    [ValidateRange(DeviceTables.MinDevices, 10_000_000)]
    public int MaxDevice { get; set; } = new TrackerOptions().MaxDevices;

    /// <summary>Drops devices not heard for this time; a number is seconds; zero: never.</summary>
    [Parameter]
    [Duration]
    public TimeSpan DeviceTimeout { get; set; }

    /// <summary>What -WhatIf and -Confirm say is opened.</summary>
    private protected abstract string Endpoint { get; }

    /// <summary>What -WhatIf and -Confirm say is done.</summary>
    private protected abstract string Action { get; }

    /// <summary>Opens on this thread; <paramref name="attach"/> is called before the first frame can be read.</summary>
    private protected abstract CaptureSession Start(TrackerOptions tracker, string? capturePath, Action<CaptureSession>? attach);

    private protected override (string Why, string Instead)? Refusal(KismetEmit emit) => emit == KismetEmit.Sentence
        ? ("Frames are captured, and sentences are what a Kismet server says.", "Connect-KismetServer -Emit Sentence gives those of a server.")
        : null;

    private protected override void Process()
    {
        Target = Endpoint;
        string? capture = CapturePath is null ? null : PathResolver.ForWriting(this, CapturePath);
        if (!ShouldProcess(capture is null ? Endpoint : $"{Endpoint}, {capture}", Action))
        {
            return;
        }

        var tracker = new TrackerOptions { MaxDevices = MaxDevice, DeviceTimeout = DeviceTimeout };
        Deliver(Name, attach => Start(tracker, capture, attach));
    }
}
