using KismetPS.Capture;
using KismetPS.Tracking;

namespace KismetPS.Export.Delivery;

/// <summary>What went wrong on the way, by kind; tells of a kind of failure once until things have gone well again. Thread-safe.</summary>
internal sealed class DeliveryLog(Action<KismetException> tell)
{
    private readonly object _gate = new();
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<KismetErrorId> _told = [];
    private KismetException? _last;
    private DateTimeOffset? _lastTime;

    /// <summary>The last failure and when it was.</summary>
    public (KismetException? Failure, DateTimeOffset? Time) Last
    {
        get
        {
            lock (_gate)
            {
                return (_last, _lastTime);
            }
        }
    }

    /// <summary>Failures by error id.</summary>
    public DetailList<KismetCounter> Counts
    {
        get
        {
            lock (_gate)
            {
                return new DetailList<KismetCounter>([.. _counts.Select(static c => new KismetCounter { Name = c.Key, Count = c.Value })]);
            }
        }
    }

    public void Add(KismetException failure)
    {
        bool isNew;
        lock (_gate)
        {
            string name = failure.Id.ToString();
            _counts[name] = _counts.GetValueOrDefault(name) + 1;
            _last = failure;
            _lastTime = DateTimeOffset.UtcNow;
            isNew = _told.Add(failure.Id);
        }

        if (isNew)
        {
            tell(failure);
        }
    }

    /// <summary>Things go well: the next failure is news.</summary>
    public void Recovered()
    {
        lock (_gate)
        {
            _told.Clear();
        }
    }
}
