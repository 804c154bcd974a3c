using KismetPS.PowerShell.Model;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Eventing;

/// <summary>What one session tells a subscription.</summary>
internal sealed class EventFeed(KismetSession session, KismetEventKind kind, SessionStream stream) : IDisposable
{
    private readonly List<object> _items = [];

    public KismetSession Session => session;

    /// <summary>Whether the session has ended and all it had was read.</summary>
    public bool IsOver { get; private set; }

    public long Missed => stream.Dropped;

    /// <summary>What is new now, in a list that is used again.</summary>
    public IReadOnlyList<object> Read(CancellationToken stop)
    {
        _items.Clear();
        IsOver = IsOver || !stream.Read(_items, TimeSpan.Zero, stop);
        return _items;
    }

    public KismetEventArgs Describe(object item, long sequence, long missed)
    {
        var change = item as KismetDeviceChange;
        return new KismetEventArgs
        {
            Kind = kind,
            Sequence = sequence,
            Time = DateTimeOffset.UtcNow,
            SessionId = session.Id,
            SessionName = session.Name,
            Change = change?.Change,
            Device = change?.Device,
            Network = item as KismetNetwork,
            Alert = item as KismetAlert,
            Missed = missed,
        };
    }

    public void Dispose() => stream.Dispose();
}
