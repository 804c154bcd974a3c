namespace KismetPS.PowerShell.Eventing;

/// <summary>The subscriptions of a runspace. Used on the thread of its pipeline only.</summary>
internal sealed class SubscriptionTable
{
    private readonly List<EventSubscription> _subscriptions = [];

    public void Add(EventSubscription subscription) => _subscriptions.Add(subscription);

    /// <summary>Forgets those that have ended, and gives what they want to say.</summary>
    public IReadOnlyList<string> TakeWarnings()
    {
        List<string> warnings = [];
        foreach (EventSubscription subscription in _subscriptions)
        {
            if (subscription.TryTakeWarning(out string? warning))
            {
                warnings.Add(warning!);
            }
        }

        foreach (EventSubscription over in _subscriptions.FindAll(static s => s.IsOver))
        {
            over.Forget();
            _subscriptions.Remove(over);
        }

        return warnings;
    }

    /// <summary>Ends all.</summary>
    public void Close()
    {
        _subscriptions.ForEach(static s => s.Close());
        _subscriptions.Clear();
    }
}
