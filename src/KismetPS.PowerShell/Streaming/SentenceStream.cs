using KismetPS.Kismet;
using KismetPS.Kismet.Text.Client;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Sentences of a text server as they come.</summary>
internal sealed class SentenceStream(SentenceQueue queue) : SessionStream
{
    public override long Dropped => queue.Dropped;

    public override bool Read(List<object> into, TimeSpan wait, CancellationToken stop)
    {
        bool more = queue.Wait(wait, stop);
        for (int i = 0; i < StreamLimits.Batch && queue.TryRead(out KismetSentence? sentence); i++)
        {
            into.Add(sentence!);
        }

        return more;
    }

    public override void Dispose() => queue.Dispose();
}
