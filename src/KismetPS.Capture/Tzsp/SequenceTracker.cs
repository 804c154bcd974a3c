namespace KismetPS.Capture.Tzsp;

/// <summary>
/// Tells from a sender's running packet count (tag 40) what was lost on the way. Loss in our own receive buffer looks the same; the kernel's
/// drop count tells them apart.
/// </summary>
internal struct SequenceTracker
{
    /// <summary>A larger jump ahead is a sender that began anew, not loss: at 200,000 messages a second half a second's worth.</summary>
    public const uint MostLost = 100_000;

    /// <summary>How far behind a message may come and still be one that was late.</summary>
    public const uint MostLate = 1_000;

    private uint _last;
    private bool _started;

    /// <summary>Takes the next message's count into the counters.</summary>
    public void Next(uint count, ref OriginCounters counters)
    {
        if (!_started)
        {
            _started = true;
            _last = count;
            return;
        }

        uint ahead = unchecked(count - _last);
        if (ahead == 0)
        {
            counters.Duplicates++;
            return;
        }

        if (ahead <= MostLost)
        {
            counters.Lost += ahead - 1;
        }
        else if (unchecked(_last - count) <= MostLate)
        {
            // It was counted as lost when a later one overtook it, unless that was before the first we heard.
            counters.Reordered++;
            counters.Lost = Math.Max(0, counters.Lost - 1);
            return;
        }
        else
        {
            counters.Restarts++;
        }

        _last = count;
    }
}
