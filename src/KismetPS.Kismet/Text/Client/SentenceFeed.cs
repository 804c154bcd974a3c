namespace KismetPS.Kismet.Text.Client;

/// <summary>Those who want the sentences as they come. Subscriptions come and go under the gate of the link; without any nothing is made.</summary>
internal sealed class SentenceFeed(int sessionId)
{
    private SentenceQueue[] _queues = [];

    /// <summary>Whether anybody wants them.</summary>
    public bool IsWanted => _queues.Length > 0;

    /// <summary>A subscription.</summary>
    public SentenceQueue Open(int capacity, Action<SentenceQueue> closed)
    {
        SentenceQueue queue = new(capacity, closed);
        _queues = [.. _queues, queue];
        return queue;
    }

    /// <summary>Ends a subscription.</summary>
    public void Close(SentenceQueue queue) => _queues = [.. _queues.Where(q => q != queue)];

    /// <summary>No more sentences will come.</summary>
    public void Complete()
    {
        foreach (SentenceQueue queue in _queues)
        {
            queue.Complete();
        }
    }

    /// <summary>Gives a sentence to all. One that was not asked for is read by the newest list of the era.</summary>
    public void Offer(ReadOnlySpan<byte> line, SentenceReader sentence, TextEra era, TextSubscription? subscription, DateTimeOffset now)
    {
        if (subscription is null && SentenceCatalog.Newest(era).TryGet(sentence.Name, out SentenceDefinition? definition))
        {
            subscription = TextSubscription.InOrder(definition!.Name, [.. definition.Fields], era);
        }

        KismetSentence made = SentenceValues.Make(line, sentence, era, subscription, now, sessionId);
        foreach (SentenceQueue queue in _queues)
        {
            queue.Offer(made);
        }
    }
}
