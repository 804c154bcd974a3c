using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Input;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.PowerShell.Commands;

/// <summary>Wait-KismetDevice: waits until a device is heard, and gives it.</summary>
[Cmdlet(VerbsLifecycle.Wait, "KismetDevice", DefaultParameterSetName = AddressSet)]
[OutputType(typeof(KismetDevice))]
public sealed class WaitKismetDeviceCommand : SessionReaderCommand
{
    private const string AddressSet = "MacAddress";
    private const string SsidSet = "Ssid";

    private readonly List<DeviceSession> _sessions = [];
    private readonly List<MacAddress> _addresses = [];
    private ChangeStream? _stream;

    /// <summary>Any of these addresses.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = AddressSet)]
    [Alias("Bssid")]
    [AllowEmptyCollection]
    [MacAddressInput]
    [ArgumentCompleter(typeof(MacAddressCompleter))]
    public MacAddress[] MacAddress { get; set; } = [];

    /// <summary>Any device that advertises, uses or probes for such a network; wildcards allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SsidSet)]
    [ArgumentCompleter(typeof(SsidCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Ssid { get; set; } = [];

    /// <summary>Gives up after this time; a number is seconds.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Timeout { get; set; }

    private string What => string.Join(", ", ((Array)Wanted).Cast<object>());

    private object Wanted => ParameterSetName == AddressSet ? _addresses.ToArray() : Ssid;

    private protected override void Process()
    {
        // Each record brings sessions, addresses, or neither: the wait is for any of all.
        _sessions.AddRange(Selected().Except(_sessions));
        _addresses.AddRange(MacAddress.Except(_addresses));
    }

    private protected override void End()
    {
        if (_sessions.Count == 0 && IsMissingTold)
        {
            return;
        }

        if (_sessions.Count == 0)
        {
            throw new KismetException(KismetErrorId.SessionNotFound, "There is no session to wait in.", "Start-TzspListener or Start-KismetCapture starts one.");
        }

        if (ParameterSetName == AddressSet && _addresses.Count == 0)
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "There is no address to wait for.", "Give an address such as 00:0C:42:00:00:01, or -Ssid.");
        }

        var filter = new DeviceFilter { Addresses = [.. _addresses], Ssid = Wildcards.Match(Ssid) };
        _stream = new ChangeStream(_sessions, filter, KismetChangeKind.Added | KismetChangeKind.Updated, existing: true, devices: true, TimeSpan.FromMilliseconds(50));
        var limits = new StreamLimits { Count = 1, Duration = Timeout };
        var pump = new StreamPump(_stream, limits, _sessions);
        var progress = new LimitProgress(this, $"Wait for {What}", limits with { Count = 0 }, "devices");
        KismetStopReason reason = pump.Run(WriteObject, p => progress.Update(p.Written, p.Elapsed), StopToken);
        progress.Complete();
        if (pump.Written > 0)
        {
            return;
        }

        Report(
            reason == KismetStopReason.EndOfInput
                ? new KismetException(KismetErrorId.DeviceNotFound, $"The sessions ended before {What} was heard.", "Start a session and wait again.")
                : new KismetException(KismetErrorId.Timeout, $"{What} was not heard within {Timeout}.", "Wait longer, or check that the sensors hear its channel."),
            Wanted);
    }

    private protected override void Release() => _stream?.Dispose();
}
