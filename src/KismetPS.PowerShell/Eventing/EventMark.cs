namespace KismetPS.PowerShell.Eventing;

/// <summary>Stands behind a number of events in the engine's queue of actions.</summary>
internal sealed class EventMark(EventBacklog backlog, long given) : EventArgs
{
    /// <summary>Read when the queue has come here.</summary>
    public bool IsReached
    {
        get
        {
            backlog.Reach(given);
            return true;
        }
    }
}
