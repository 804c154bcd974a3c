using System.Management.Automation;

namespace KismetPS.PowerShell.Eventing;

/// <summary>
/// How many events of a subscription wait in the engine, whose queues have no bound of their own (PowerShell/PowerShell#14282). Waiting for Get-Event:
/// they are counted. Waiting for an action: nobody can count those, so a mark is queued behind them whose own action says that it was reached.
/// </summary>
internal sealed class EventBacklog
{
    /// <summary>Most events that wait for Get-Event or Wait-Event.</summary>
    public const int MostEvents = 10_000;

    /// <summary>Most events that wait for their action; Unregister-Event runs those that wait.</summary>
    public const int MostActions = 1_000;

    private const int MarkEvery = 100;

    private readonly PSEventManager _events;
    private readonly PSEventSubscriber _subscriber;
    private readonly PSEventSubscriber? _marks;
    private long _given;
    private long _taken;
    private long _marked;

    public EventBacklog(PSEventManager events, PSEventSubscriber subscriber, bool forward)
    {
        _events = events;
        _subscriber = subscriber;
        IsBounded = !forward;
        if (subscriber.Action is not null)
        {
            // Reading a property is all that is allowed in every language mode.
            _marks = events.SubscribeEvent(null, null, $"KismetPS.{Guid.NewGuid()}", null, ScriptBlock.Create("$null = $EventArgs.IsReached"), supportEvent: true, forwardEvent: false);
        }
    }

    // What is forwarded leaves at once.
    private bool IsBounded { get; }

    /// <summary>Whether no more should be given.</summary>
    public bool IsFull => IsBounded && (_marks is null ? _given >= MostEvents && Recount() >= MostEvents : _given - Volatile.Read(ref _taken) >= MostActions);

    /// <summary>An event was given to the engine.</summary>
    public void Add()
    {
        _given++;
        if (_given - _marked >= MarkEvery)
        {
            Mark();
        }
    }

    /// <summary>Sends a mark behind what was given since the last one.</summary>
    public void Mark()
    {
        if (_marks is not null && _given > _marked)
        {
            _marked = _given;
            _events.GenerateEvent(_marks.SourceIdentifier, null, [new EventMark(this, _given)], null, processInCurrentThread: true, waitForCompletionInCurrentThread: false);
        }
    }

    /// <summary>Everything up to that number was acted upon.</summary>
    public void Reach(long given) => Volatile.Write(ref _taken, given);

    /// <summary>Takes the marks away; only on the thread of the pipeline, which runs those that wait.</summary>
    public void Close()
    {
        if (_marks is not null)
        {
            _events.UnsubscribeEvent(_marks);
        }
    }

    private long Recount()
    {
        lock (_events.ReceivedEvents.SyncRoot)
        {
            _given = _events.ReceivedEvents.LongCount(e => string.Equals(e.SourceIdentifier, _subscriber.SourceIdentifier, StringComparison.OrdinalIgnoreCase));
        }

        return _given;
    }
}
