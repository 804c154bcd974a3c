namespace KismetPS.Export.Receive;

/// <summary>
/// The numbers of one stream: which are missing and which came twice. The first number seen begins the count, since a receiver may join late;
/// one below it belongs to what it joined behind. Gaps are kept as ranges, so that late messages (reordered datagrams, those sent again after a
/// reconnect) fill them; over <see cref="MostGaps"/> ranges the oldest is given up, and its numbers, should they come, count as repeats.
/// </summary>
internal sealed class SequenceChecker
{
    public const int MostGaps = 256;

    // In order, without overlap.
    private readonly List<(long First, long Last, long Since)> _gaps = [];
    private long _first;
    private long _next;
    private long _lost;

    /// <summary>Numbers that did not come.</summary>
    public long Missing
    {
        get
        {
            long missing = _lost;
            foreach ((long first, long last, _) in _gaps)
            {
                missing += last - first + 1;
            }

            return missing;
        }
    }

    /// <summary>The highest number seen; 0: none.</summary>
    public long Last { get; private set; }

    /// <summary>Takes a number.</summary>
    /// <param name="sequence">From 1.</param>
    /// <param name="now">Clock, milliseconds: the age of gaps.</param>
    public SequenceAnswer Take(long sequence, long now)
    {
        if (_next == 0)
        {
            _first = sequence;
            _next = sequence;
        }

        if (sequence >= _next)
        {
            if (sequence > _next)
            {
                Add(_gaps.Count, _next, sequence - 1, now);
            }

            Last = sequence;

            // The largest number has no next; it comes again as a gap of nothing.
            _next = sequence == long.MaxValue ? sequence : sequence + 1;
            return SequenceAnswer.New;
        }

        if (sequence < _first)
        {
            if (sequence + 1 < _first)
            {
                Add(0, sequence + 1, _first - 1, now);
            }

            _first = sequence;
            return SequenceAnswer.Late;
        }

        return Fill(sequence) ? SequenceAnswer.Late : SequenceAnswer.Repeat;
    }

    /// <summary>Numbers missing since before a moment, and the lowest and highest of them.</summary>
    public long Settled(long before, out long first, out long last)
    {
        first = last = 0;
        long count = _lost;
        foreach ((long from, long to, long since) in _gaps)
        {
            if (since <= before)
            {
                first = first == 0 ? from : first;
                last = to;
                count += to - from + 1;
            }
        }

        return count;
    }

    private void Add(int at, long first, long last, long now)
    {
        if (_gaps.Count == MostGaps)
        {
            (long from, long to, _) = _gaps[0];
            _lost += to - from + 1;
            _gaps.RemoveAt(0);
            at = Math.Max(0, at - 1);
        }

        _gaps.Insert(at, (first, last, now));
    }

    private bool Fill(long sequence)
    {
        int at = _gaps.FindIndex(g => sequence >= g.First && sequence <= g.Last);
        if (at < 0)
        {
            return false;
        }

        (long first, long last, long since) = _gaps[at];
        _gaps.RemoveAt(at);
        if (sequence < last)
        {
            _gaps.Insert(at, (sequence + 1, last, since));
        }

        if (sequence > first)
        {
            _gaps.Insert(at, (first, sequence - 1, since));
        }

        return true;
    }
}
