using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Capture.Pcap;
using KismetPS.Capture.Tzsp;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Input;
using KismetPS.PowerShell.Model;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Import-KismetCapture: reads pcap and pcapng files and gives the devices in them, or networks, frames, packets or alerts.</summary>
[Cmdlet(VerbsData.Import, "KismetCapture", DefaultParameterSetName = PathSet)]
[OutputType(typeof(KismetDevice), typeof(KismetNetwork), typeof(KismetFrame), typeof(TzspPacket), typeof(KismetAlert))]
public sealed class ImportKismetCaptureCommand : ReadFileCommand
{
    private static readonly CaptureFileOptions s_defaults = new();

    /// <summary>What to write: devices and networks as they are at the end of each file; frames, packets and alerts as they come.</summary>
    [Parameter]
    public KismetEmit Emit { get; set; } = KismetEmit.Device;

    /// <summary>Max, RealTime (in the time of the recording), or a factor such as x2.</summary>
    [Parameter]
    [ReplaySpeed]
    [ArgumentCompleter(typeof(SpeedCompleter))]
    [ValidateRange(0.0, 1_000_000.0)]
    public double Speed { get; set; }

    /// <summary>UDP port on which TZSP is looked for inside IP packets.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = s_defaults.TzspPort;

    private protected override void Begin()
    {
        if (Emit == KismetEmit.Sentence)
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "A capture file holds frames, and sentences are what a Kismet server says.", "ConvertFrom-KismetSentence reads recorded sentences.");
        }
    }

    private protected override void ReadFile(string path) =>
        new CaptureImport(this, Sessions, Emit).Run(path, new CaptureFileOptions { Speed = Speed, TzspPort = Port }, StopToken);
}
