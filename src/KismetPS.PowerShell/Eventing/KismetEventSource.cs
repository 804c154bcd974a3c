using KismetPS.PowerShell.Model;

namespace KismetPS.PowerShell.Eventing;

/// <summary>
/// What Get-EventSubscriber shows as the source. PowerShell adds its handler to the event of the name and removes it when the subscription ends, which
/// is how that is learnt. The handler is never called: it would queue each event on the thread pool, where the order is lost
/// (PowerShell/PowerShell#11937); the pump hands events to the engine itself.
/// </summary>
internal sealed class KismetEventSource(string sessions)
{
    private Action? _unsubscribed;

    /// <summary>Called when the subscription ends, on the thread that ends it.</summary>
    public void OnUnsubscribed(Action action) => _unsubscribed = action;

    /// <summary>See <see cref="KismetEventKind.Device"/>.</summary>
    public event EventHandler<KismetEventArgs> Device
    {
        add { }
        remove => _unsubscribed?.Invoke();
    }

    /// <summary>See <see cref="KismetEventKind.Network"/>.</summary>
    public event EventHandler<KismetEventArgs> Network
    {
        add { }
        remove => _unsubscribed?.Invoke();
    }

    /// <summary>See <see cref="KismetEventKind.Alert"/>.</summary>
    public event EventHandler<KismetEventArgs> Alert
    {
        add { }
        remove => _unsubscribed?.Invoke();
    }

    /// <summary>See <see cref="KismetEventKind.Session"/>.</summary>
    public event EventHandler<KismetEventArgs> Session
    {
        add { }
        remove => _unsubscribed?.Invoke();
    }

    /// <summary>Names of the sessions.</summary>
    public override string ToString() => sessions;
}
