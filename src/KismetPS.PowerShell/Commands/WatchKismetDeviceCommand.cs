using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Input;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.PowerShell.Commands;

/// <summary>Watch-KismetDevice: streams changes of devices until it is bounded, stopped, or the sessions end.</summary>
[Cmdlet(VerbsCommon.Watch, "KismetDevice", DefaultParameterSetName = ChangeSet)]
[OutputType(typeof(KismetDeviceChange), ParameterSetName = [ChangeSet])]
[OutputType(typeof(KismetDevice), ParameterSetName = [DeviceSet])]
public sealed class WatchKismetDeviceCommand : DeviceFilterCommand, IStreamBounds
{
    private const string ChangeSet = "Change";
    private const string DeviceSet = "Device";

    private readonly List<DeviceSession> _sessions = [];
    private ChangeStream? _stream;

    /// <summary>These addresses, in any usual notation.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Bssid")]
    [MacAddressInput]
    [ArgumentCompleter(typeof(MacAddressCompleter))]
    public MacAddress[]? MacAddress { get; set; }

    /// <summary>Which changes.</summary>
    [Parameter]
    public KismetChangeKind Change { get; set; } = KismetChangeKind.All;

    /// <summary>Writes the devices instead of the changes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DeviceSet)]
    public SwitchParameter Device { get; set; }

    /// <summary>Begins with the devices known already, as added.</summary>
    [Parameter]
    public SwitchParameter Existing { get; set; }

    /// <summary>Writes each device at most once in this time; a number is seconds.</summary>
    [Parameter]
    [Duration]
    public TimeSpan UpdateInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc cref="IStreamBounds.Count"/>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long Count { get; set; }

    /// <inheritdoc cref="IStreamBounds.Duration"/>
    [Parameter]
    [Duration]
    public TimeSpan Duration { get; set; }

    /// <inheritdoc cref="IStreamBounds.IdleTimeout"/>
    [Parameter]
    [Duration]
    public TimeSpan IdleTimeout { get; set; }

    private protected override MacAddress[]? Addresses => MacAddress;

    private protected override void Process() => _sessions.AddRange(Selected());

    private protected override void End()
    {
        if (_sessions.Count == 0 && IsMissingTold)
        {
            return;
        }

        if (_sessions.TrueForAll(static s => s.Completion.IsCompleted))
        {
            throw new KismetException(KismetErrorId.SessionNotFound, "There is no running session to watch.", "Start-TzspListener or Start-KismetCapture starts one.");
        }

        _stream = new ChangeStream(_sessions, Filter(), Change, Existing, Device, UpdateInterval);
        StreamLimits limits = StreamLimits.Of(this);
        var progress = new LimitProgress(this, "Watch devices", limits, Device ? "devices" : "changes");
        new StreamPump(_stream, limits, _sessions).Run(WriteObject, p => progress.Update(p.Written, p.Elapsed), StopToken);
        progress.Complete();
        if (_stream.Dropped > 0)
        {
            WriteWarning(SessionSummary.Missed(_stream.Dropped));
        }
    }

    private protected override void Release() => _stream?.Dispose();
}
