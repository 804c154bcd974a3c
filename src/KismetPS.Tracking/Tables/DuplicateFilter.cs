using KismetPS.Wireless.Frames;

namespace KismetPS.Tracking.Tables;

/// <summary>
/// Tells whether another sensor has delivered the same frame a moment ago. Only frames of different sensors are compared: what one sensor
/// delivers twice was sent twice. Direct-mapped and of fixed size: under load an early entry is overwritten, and the frame then counts twice.
/// </summary>
internal sealed class DuplicateFilter
{
    // 8192 frames are 30 ms at 250 k frames/s and seconds at usual rates; sensors deliver one frame within a few milliseconds of each other.
    private const int Size = 8192;
    private const long WindowNs = 500_000_000;

    private readonly Entry[] _entries = new Entry[Size];

    /// <summary>Frames found to be duplicates.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Notes a frame of a sensor and gives whether it is another's duplicate.</summary>
    public bool IsDuplicate(ReadOnlySpan<byte> frame, in FrameFacts facts, int origin, long timestampNs)
    {
        // Without a sequence number two equal frames may be two frames (ACK, CTS); they make no device and are not compared.
        if (!facts.Has(FrameParts.Sequence))
        {
            return false;
        }

        ulong hash = ByteHash.Compute(frame);
        ref Entry entry = ref _entries[hash & (Size - 1)];
        ulong bit = 1UL << (origin & 63);
        bool same = entry.Hash == hash && Math.Abs(timestampNs - entry.FirstNs) < WindowNs;
        if (same && (entry.Sensors & bit) == 0)
        {
            entry.Sensors |= bit;
            Duplicates++;
            return true;
        }

        entry = new Entry { Hash = hash, FirstNs = timestampNs, Sensors = bit };
        return false;
    }

    private struct Entry
    {
        public ulong Hash;
        public long FirstNs;
        public ulong Sensors;
    }
}
