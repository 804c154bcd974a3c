using System.Diagnostics;
using System.Management.Automation;
using System.Net;
using KismetPS.Capture;
using KismetPS.Capture.Pcap;
using KismetPS.Capture.Tzsp;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Input;
using KismetPS.PowerShell.Model;
using KismetPS.PowerShell.Streaming;
using KismetPS.Wireless;

namespace KismetPS.PowerShell.Commands;

/// <summary>Send-TzspPacket: sends captures, frames or TZSP packets as a sensor does.</summary>
[Cmdlet(VerbsCommunications.Send, "TzspPacket", SupportsShouldProcess = true, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(TzspSendResult))]
public sealed class SendTzspPacketCommand : KismetCmdlet
{
    private const string ObjectSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly Stopwatch _clock = new();
    private TzspSender? _sender;
    private TzspObjectSender? _objects;

    /// <summary>Host that listens.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string ComputerName { get; set; } = string.Empty;

    /// <summary>Its UDP port.</summary>
    [Parameter(Position = 1)]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = new TzspListenerOptions().Port;

    /// <summary>802.11 frames, TZSP packets, or ready TZSP messages as bytes or hexadecimal text. Without input a keepalive or port opener can be sent.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Captures to replay, wildcards allowed.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Captures to replay, taken as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Messages a second; without it as fast as it goes.</summary>
    [Parameter]
    [ValidateRange(0.0, 100_000_000.0)]
    public double Rate { get; set; }

    /// <summary>Captures: Max, RealTime (in the time of the recording), or a factor such as x2.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ReplaySpeed]
    [ArgumentCompleter(typeof(SpeedCompleter))]
    [ValidateRange(0.0, 1_000_000.0)]
    public double Speed { get; set; }

    /// <summary>Type of the messages.</summary>
    [Parameter]
    public TzspType Type { get; set; } = TzspType.Received;

    /// <summary>MAC address that the sensor gives as its own (tag 60).</summary>
    [Parameter]
    public MacAddress? Serial { get; set; }

    /// <summary>Name that the sensor gives itself (tag 80).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DeviceName { get; set; }

    /// <summary>Local address to send from.</summary>
    [Parameter]
    public IPAddress? LocalAddress { get; set; }

    /// <summary>Returns what was sent.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Begin()
    {
        string target = $"{ComputerName} UDP port {Port}";
        Target = target;
        if (!ShouldProcess(target, "Send TZSP"))
        {
            return;
        }

        _sender = new TzspSender(ComputerName, Port, new TzspSenderOptions { Rate = Rate, Type = Type, Serial = Serial, DeviceName = DeviceName, LocalAddress = LocalAddress });
        _objects = new TzspObjectSender(_sender, MyInvocation.BoundParameters.ContainsKey(nameof(Type)) ? Type : null);
        _clock.Start();
    }

    private protected override void Process()
    {
        if (_sender is null)
        {
            return;
        }

        if (ParameterSetName == ObjectSet)
        {
            if (InputObject?.BaseObject is FileInfo capture)
            {
                // Get-ChildItem *.pcap | Send-TzspPacket: the object binds before its PSPath can.
                Target = capture.FullName;
                new CaptureReplay(this, _sender).Run(capture.FullName, new CaptureFileOptions(), StopToken);
                return;
            }

            _objects!.Send(InputObject?.BaseObject, Type, Report, StopToken);
            return;
        }

        bool literal = ParameterSetName == LiteralPathSet;
        foreach (string path in literal ? LiteralPath : Path)
        {
            Target = path;
            foreach (string file in PathResolver.Existing(this, path, literal))
            {
                new CaptureReplay(this, _sender).Run(file, new CaptureFileOptions { Speed = Speed }, StopToken);
            }
        }
    }

    private protected override void End()
    {
        if (_sender is null || _objects is null)
        {
            return;
        }

        _objects.Complete(StopToken);
        TzspSendResult result = TzspSendSummary.Write(this, _sender, _clock.Elapsed);
        if (PassThru)
        {
            WriteObject(result);
        }
    }

    private protected override void Release() => _sender?.Dispose();
}
