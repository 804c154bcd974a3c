using System.Diagnostics;
using KismetPS.Capture;
using KismetPS.Tracking;

namespace KismetPS.Export.Receive;

/// <summary>The counts of all senders: which numbers are missing, which came twice. Thread-safe.</summary>
internal sealed class ReceivedStreams
{
    /// <summary>Streams counted at once; beyond that the one idle longest is forgotten.</summary>
    public const int Most = 256;

    // Datagrams overtake each other, and after a reconnect the end of the old connection may still be read: a gap is told when it stays.
    private const long SettleMilliseconds = 1000;

    private readonly Dictionary<string, StreamCount> _streams = new(StringComparer.Ordinal);
    private long _forgotten;
    private long _repeats;

    /// <summary>Messages that were there before.</summary>
    public long Repeats
    {
        get
        {
            lock (_streams)
            {
                return _repeats;
            }
        }
    }

    /// <summary>Numbers missing in all streams.</summary>
    public long Missing
    {
        get
        {
            lock (_streams)
            {
                // Whoever sends can claim gaps of any length: the sum stays at the largest number.
                long sum = _forgotten;
                foreach (StreamCount stream in _streams.Values)
                {
                    sum = AddUp(sum, stream.Checker.Missing);
                }

                return sum;
            }
        }
    }

    /// <summary>The streams now, by name.</summary>
    public DetailList<KismetReceivedStream> List()
    {
        lock (_streams)
        {
            return new DetailList<KismetReceivedStream>([.. _streams.OrderBy(static s => s.Key, StringComparer.Ordinal).Select(static s => new KismetReceivedStream
            {
                StreamId = s.Key,
                Received = s.Value.Received,
                LastSequence = s.Value.Checker.Last,
                Missing = s.Value.Checker.Missing,
                Repeats = s.Value.Repeats,
            })]);
        }
    }

    /// <summary>Counts a number; false where it was there before.</summary>
    public bool IsNew(string name, long sequence)
    {
        long now = Now();
        lock (_streams)
        {
            if (!_streams.TryGetValue(name, out StreamCount? stream))
            {
                if (_streams.Count >= Most)
                {
                    string oldest = _streams.MinBy(static s => s.Value.Heard).Key;
                    _forgotten = AddUp(_forgotten, _streams[oldest].Checker.Missing);
                    _streams.Remove(oldest);
                }

                _streams.Add(name, stream = new StreamCount());
            }

            stream.Heard = now;
            stream.Received++;
            if (stream.Checker.Take(sequence, now) != SequenceAnswer.Repeat)
            {
                return true;
            }

            stream.Repeats++;
            _repeats++;
            return false;
        }
    }

    /// <summary>Adds what there is to warn about since the last call: gaps that stay, repeats. At the end, gaps of any age.</summary>
    public void TakeWarnings(List<string> into, bool end)
    {
        long before = end ? long.MaxValue : Now() - SettleMilliseconds;
        lock (_streams)
        {
            foreach ((string name, StreamCount stream) in _streams)
            {
                long missing = stream.Checker.Settled(before, out long first, out long last);
                if (missing > stream.ToldMissing)
                {
                    into.Add($"Stream {name}: {missing} messages are missing, between {first} and {last}.");
                }

                stream.ToldMissing = missing;
                if (stream.Repeats > stream.ToldRepeats)
                {
                    into.Add($"Stream {name}: {stream.Repeats - stream.ToldRepeats} messages came again and were left out.");
                    stream.ToldRepeats = stream.Repeats;
                }
            }
        }
    }

    private static long AddUp(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;

    private static long Now() => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    private sealed class StreamCount
    {
        public SequenceChecker Checker { get; } = new();

        public long Heard { get; set; }

        public long Received { get; set; }

        public long Repeats { get; set; }

        public long ToldMissing { get; set; }

        public long ToldRepeats { get; set; }
    }
}
