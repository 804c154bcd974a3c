using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Eventing;
using KismetPS.PowerShell.Input;
using KismetPS.PowerShell.Model;
using KismetPS.PowerShell.Sessions;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.PowerShell.Commands;

/// <summary>Register-KismetEvent: subscribes to devices, networks, alerts or the end of sessions, as Register-ObjectEvent does to events of objects.</summary>
[Cmdlet(VerbsLifecycle.Register, "KismetEvent", SupportsShouldProcess = true)]
[OutputType(typeof(PSEventJob))]
public sealed class RegisterKismetEventCommand : DeviceFilterCommand
{
    private readonly List<KismetSession> _sessions = [];

    /// <summary>What to be told of.</summary>
    [Parameter(Position = 0)]
    public KismetEventKind EventName { get; set; } = KismetEventKind.Device;

    /// <summary>These addresses, in any usual notation.</summary>
    [Parameter]
    [Alias("Bssid")]
    [MacAddressInput]
    [ArgumentCompleter(typeof(MacAddressCompleter))]
    [ValidateNotNullOrEmpty]
    public MacAddress[]? MacAddress { get; set; }

    /// <summary>Devices: which changes.</summary>
    [Parameter]
    public KismetChangeKind Change { get; set; } = KismetChangeKind.All;

    /// <summary>Begins with what is known already.</summary>
    [Parameter]
    public SwitchParameter Existing { get; set; }

    /// <summary>Devices and networks: tells of each at most once in this time; a number is seconds.</summary>
    [Parameter]
    [Duration]
    public TimeSpan UpdateInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Name of the subscription.</summary>
    [Parameter(Position = 100)]
    [ValidateNotNullOrEmpty]
    public string SourceIdentifier { get; set; } = Guid.NewGuid().ToString();

    /// <summary>Run for each event, on the thread of the pipeline; without it events wait for Get-Event.</summary>
    [Parameter(Position = 101)]
    [ValidateNotNull]
    public ScriptBlock? Action { get; set; }

    /// <summary>Given with each event.</summary>
    [Parameter]
    public PSObject? MessageData { get; set; }

    /// <summary>Ends the subscription after so many events.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxTriggerCount { get; set; }

    /// <summary>Sends the events to the local computer of a remote session.</summary>
    [Parameter]
    public SwitchParameter Forward { get; set; }

    /// <summary>Hides the subscription, for scripts that support another.</summary>
    [Parameter]
    public SwitchParameter SupportEvent { get; set; }

    private protected override MacAddress[]? Addresses => MacAddress;

    private protected override void Begin()
    {
        base.Begin();
        Target = SourceIdentifier;
        if (Forward && Action is not null)
        {
            throw Wrong("-Forward sends events away, and -Action takes them here.", "Leave one of them out; the action belongs to a Register-EngineEvent on the other computer.");
        }

        bool narrows = EventName is KismetEventKind.Device or KismetEventKind.Network;
        if (!narrows && (IsNarrowed || MacAddress is not null))
        {
            throw Wrong($"Filters are for devices and networks, not for -EventName {EventName}.", "Test $EventArgs in the action.");
        }

        if (EventName != KismetEventKind.Device && MyInvocation.BoundParameters.ContainsKey(nameof(Change)))
        {
            throw Wrong($"-Change is for devices, not for -EventName {EventName}.", "Leave it out.");
        }

        if (Events.GetEventSubscribers(SourceIdentifier).Any())
        {
            throw new KismetException(
                KismetErrorId.SourceIdentifierInUse,
                $"There is a subscription '{SourceIdentifier}' already.",
                "Choose another -SourceIdentifier, or Unregister-Event that one first.");
        }
    }

    private protected override void Process() => _sessions.AddRange(EventName == KismetEventKind.Session ? SelectedOfAnyKind() : Selected());

    private protected override void End()
    {
        KismetSession[] running = [.. _sessions.Where(s => Existing || !s.Completion.IsCompleted).Distinct()];
        if (_sessions.Count == 0 && IsMissingTold)
        {
            return;
        }

        if (running.Length == 0)
        {
            throw new KismetException(KismetErrorId.SessionNotFound, "There is no running session to be told of.", "Start-TzspListener or Start-KismetCapture starts one; -Existing takes those that have ended too.");
        }

        string names = string.Join(", ", running.Select(static s => s.Name));
        if (!ShouldProcess(names, $"Subscribe to events '{EventName}'"))
        {
            return;
        }

        EventRequest request = new()
        {
            EventName = EventName,
            SourceIdentifier = SourceIdentifier,
            Action = Action,
            MessageData = MessageData,
            MaxTriggerCount = MaxTriggerCount,
            Forward = Forward,
            SupportEvent = SupportEvent,
        };
        var subscription = EventSubscription.Start(Events, request, running, session => StreamFactory.Open(session, EventName, Filter(), Change, Existing, UpdateInterval));
        RunspaceSessions.Subscriptions.Add(subscription);
        if (subscription.Job is { } job && !SupportEvent)
        {
            WriteObject(job);
        }
    }

    private static KismetException Wrong(string what, string advice) => new(KismetErrorId.ArgumentInvalid, what, advice);
}
