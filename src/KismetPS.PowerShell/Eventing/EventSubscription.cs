using System.Globalization;
using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Eventing;

/// <summary>
/// A subscription to events of sessions, and the thread that carries them to the engine of PowerShell. While the engine is full the tables are not
/// asked, and they know what changed: devices and networks are then told later and once. What cannot wait there (devices that went, alerts) is bounded
/// and counted where it waits. Ends when the subscription does, when all sessions have ended, and with the module.
/// </summary>
internal sealed class EventSubscription
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_release = TimeSpan.FromSeconds(2);

    private readonly PSEventManager _events;
    private readonly PSEventSubscriber _subscriber;
    private readonly IReadOnlyList<EventFeed> _feeds;
    private readonly EventRequest _request;
    private readonly EventBacklog _backlog;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private long _sequence;
    private bool _warned;
    private volatile string? _warning;

    private EventSubscription(PSEventManager events, PSEventSubscriber subscriber, IReadOnlyList<EventFeed> feeds, EventRequest request)
    {
        _events = events;
        _subscriber = subscriber;
        _feeds = feeds;
        _request = request;
        _backlog = new EventBacklog(events, subscriber, request.Forward);
        _thread = new Thread(Run) { IsBackground = true, Name = $"Events {subscriber.SourceIdentifier}" };
    }

    /// <summary>Whether nothing will be told any more.</summary>
    public bool IsOver => !_thread.IsAlive;

    /// <summary>The job of the action, null where there is none.</summary>
    public PSEventJob? Job => _subscriber.Action;

    /// <summary>Subscribes with the engine of PowerShell (throws <see cref="KismetException"/>), then opens the streams and begins to tell what they have.</summary>
    public static EventSubscription Start(PSEventManager events, EventRequest request, IReadOnlyList<KismetSession> sessions, Func<KismetSession, SessionStream> open)
    {
        var source = new KismetEventSource(string.Join(", ", sessions.Select(static s => s.Name)));
        PSEventSubscriber subscriber = Subscribe(events, request, source);
        var subscription = new EventSubscription(events, subscriber, [.. sessions.Select(s => new EventFeed(s, request.EventName, open(s)))], request);
        source.OnUnsubscribed(subscription._stop.Cancel);
        subscription._thread.Start();
        return subscription;
    }

    /// <summary>What its user should know and has not been told yet.</summary>
    public bool TryTakeWarning(out string? warning)
    {
        warning = _warning;
        _warning = null;
        return warning is not null;
    }

    /// <summary>Ends it and waits for its thread; on the thread of the pipeline.</summary>
    public void Close()
    {
        _stop.Cancel();
        _events.UnsubscribeEvent(_subscriber);
        _thread.Join(s_release);
        _backlog.Close();
    }

    /// <summary>It has ended by itself: takes the marks away, and leaves to the user what is registered under his name.</summary>
    public void Forget() => _backlog.Close();

    private static PSEventSubscriber Subscribe(PSEventManager events, EventRequest request, KismetEventSource source)
    {
        try
        {
            return events.SubscribeEvent(
                source, request.EventName.ToString(), request.SourceIdentifier, request.MessageData, request.Action, request.SupportEvent, request.Forward, request.MaxTriggerCount);
        }
        catch (ArgumentException e)
        {
            // Names that begin with 'PowerShell.' are the engine's.
            throw new KismetException(KismetErrorId.ArgumentInvalid, e.Message, "Choose another -SourceIdentifier.", e);
        }
    }

    // The top of a thread: whatever happens here must not take the user's PowerShell down.
    private void Run()
    {
        try
        {
            Pump();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Unregistered.
        }
#pragma warning disable CA1031 // told by the next command; where the runspace is gone there is nobody to tell
        catch (Exception e)
#pragma warning restore CA1031
        {
            _warning = $"Events of '{_subscriber.SourceIdentifier}' ended: {e.Message}";
        }
        finally
        {
            foreach (EventFeed feed in _feeds)
            {
                feed.Dispose();
            }
        }
    }

    private void Pump()
    {
        bool more = true;
        while (more)
        {
            more = false;
            foreach (EventFeed feed in _feeds.Where(static f => !f.IsOver))
            {
                foreach (object item in feed.Read(_stop.Token))
                {
                    Give(feed, item);
                    if (_sequence == _request.MaxTriggerCount)
                    {
                        return;
                    }
                }

                more |= !feed.IsOver;
            }

            _backlog.Mark();
            if (more)
            {
                Wait();
            }
        }
    }

    private void Give(EventFeed feed, object item)
    {
        while (_backlog.IsFull)
        {
            if (!_warned)
            {
                _warned = true;
                _warning = string.Create(
                    CultureInfo.InvariantCulture,
                    $"Events of '{_subscriber.SourceIdentifier}' are not taken: {EventBacklog.MostEvents:N0} wait for Get-Event, or {EventBacklog.MostActions:N0} for the action. Changes are put together until they are; what is lost is counted in Missed.");
            }

            _backlog.Mark();
            Wait();
        }

        _stop.Token.ThrowIfCancellationRequested();
        _sequence++;
        _events.GenerateEvent(
            _subscriber.SourceIdentifier,
            feed.Session,
            [feed.Describe(item, _sequence, _feeds.Sum(static f => f.Missed))],
            _request.MessageData,
            // Queued on this thread, in order; run by the engine on the thread of the pipeline.
            processInCurrentThread: true,
            waitForCompletionInCurrentThread: false);
        _backlog.Add();
    }

    private void Wait()
    {
        _stop.Token.WaitHandle.WaitOne(s_pace);
        _stop.Token.ThrowIfCancellationRequested();
    }
}
