using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>The session itself, once, when it has ended.</summary>
internal sealed class EndStream(KismetSession session) : SessionStream
{
    public override bool Read(List<object> into, TimeSpan wait, CancellationToken stop)
    {
        if (!session.Completion.Wait((int)wait.TotalMilliseconds, stop))
        {
            return true;
        }

        into.Add(session);
        return false;
    }

    public override void Dispose()
    {
    }
}
