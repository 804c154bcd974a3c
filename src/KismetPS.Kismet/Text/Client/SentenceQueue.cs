using System.Threading.Channels;

namespace KismetPS.Kismet.Text.Client;

/// <summary>A subscription to raw sentences, bounded: what a slow reader misses is counted, newest first lost. Dispose ends it.</summary>
internal sealed class SentenceQueue(int capacity, Action<SentenceQueue> closed) : IDisposable
{
    private readonly Channel<KismetSentence> _channel = Channel.CreateBounded<KismetSentence>(new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private long _dropped;

    /// <summary>Sentences the reader was too slow for.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Sentences waiting.</summary>
    public int Waiting => _channel.Reader.Count;

    /// <summary>Takes the next sentence; false when none waits.</summary>
    public bool TryRead(out KismetSentence? sentence) => _channel.Reader.TryRead(out sentence);

    /// <summary>Waits up to a time for a sentence; false at the end, when no more will come and all were taken.</summary>
    public bool Wait(TimeSpan timeout, CancellationToken cancel)
    {
        if (_channel.Reader.Count > 0)
        {
            return true;
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(timeout);
        try
        {
            return _channel.Reader.WaitToReadAsync(limit.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return true;
        }
    }

    /// <summary>No more will come.</summary>
    public void Complete() => _channel.Writer.TryComplete();

    public void Offer(KismetSentence sentence)
    {
        if (!_channel.Writer.TryWrite(sentence))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    public void Dispose() => closed(this);
}
