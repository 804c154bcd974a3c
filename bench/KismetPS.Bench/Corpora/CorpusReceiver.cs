using System.Net;
using KismetPS.Capture.Tzsp;

namespace KismetPS.Bench.Corpora;

/// <summary>Gives out a corpus in batches as the receiver of a socket does, without the socket.</summary>
internal sealed class CorpusReceiver : DatagramReceiver
{
    private readonly PackedCorpus _corpus;
    private readonly SensorAddress[] _senders;
    private int _first;
    private int _next;
    private readonly bool _shift;
    private int _round;
    private uint _number;

    /// <summary>Makes one.</summary>
    /// <param name="corpus">Messages.</param>
    /// <param name="sensors">Addresses they come from in turn, each message from one.</param>
    /// <param name="shift">Whether each round has other messages from a sensor, so that each comes from all of them in time.</param>
    public CorpusReceiver(PackedCorpus corpus, int sensors, bool shift = false)
    {
        _corpus = corpus;
        _shift = shift;
        _senders = [.. Enumerable.Range(1, sensors).Select(i => SensorAddress.From(new IPAddress([192, 0, (byte)(2 + (i >> 8)), (byte)i]), 40_000))];
    }

    /// <summary>Whether the last batch ended the corpus; the next one begins it anew.</summary>
    public bool RoundEnded => _next == 0;

    public override int Receive(int timeoutMs)
    {
        _first = _next;
        _round += _first == 0 && _shift ? 1 : 0;
        int count = Math.Min(BatchSize, _corpus.Count - _first);
        for (int i = 0; i < count; i++)
        {
            _corpus.Stamp(_first + i, _number++);
        }

        _next = _first + count == _corpus.Count ? 0 : _first + count;
        return count;
    }

    public override ReadOnlySpan<byte> Message(int index) => _corpus.Message(_first + index);

    public override SensorAddress Sender(int index) => _senders.Length == 1 ? _senders[0] : _senders[(_first + index + _round) % _senders.Length];

    public override void Dispose()
    {
    }
}
