using System.Runtime.CompilerServices;

namespace KismetPS.Tracking.Tables;

/// <summary>
/// Tells whether another sensor has delivered the same frame a moment ago. A frame was sent as often as the sensor that delivered it most often
/// says: what one sensor delivers twice was sent twice (retries and control frames repeat byte for byte), and every other sensor's copies of the
/// two are duplicates, in whatever order they come. Two sensors that each miss what the other hears may so make one of two such repeats.
/// </summary>
/// <remarks>
/// A frame is known by its two ends. The first one holds addresses, sequence number and, of those that have one, the time stamp or packet number
/// (IEEE Std 802.11-2020 9.2.4, 9.3.3.3, 12.5.3.2): what agrees in all of them and in length and end was sent once. Two that differ in the middle all the
/// same are two for every sensor that hears both.
/// Direct-mapped and of fixed size: under load an early entry is overwritten, and a late copy then counts as a frame. While one sensor alone is
/// heard nothing can be a duplicate: its frames are noted in a row, which spares a cache miss each, and go into the table when a second one speaks.
/// </remarks>
internal sealed class DuplicateFilter
{
    // 8192 frames are 30 ms at 250 k frames/s and seconds at usual rates; sensors deliver one frame within a few milliseconds of each other.
    private const int Size = 8192;
    private const long WindowNs = 500_000_000;

    // More sensors than ever hear one station. What a further one delivers is another's duplicate for certain but for its own repeats.
    private const int MaxEars = 12;

    private readonly Entry[] _entries = new Entry[Size];
    private (ulong Hash, long Ns)[]? _alone = new (ulong, long)[Size];
    private int _aloneCount;
    private int _aloneOrigin;

    /// <summary>Frames found to be duplicates.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Notes a frame of a sensor and gives whether it is another's duplicate.</summary>
    public bool IsDuplicate(ReadOnlySpan<byte> frame, int origin, long timestampNs)
    {
        ulong hash = ByteHash.ComputeEnds(frame);
        if (_alone is not null)
        {
            _aloneOrigin = _aloneCount == 0 ? origin : _aloneOrigin;
            if (origin == _aloneOrigin)
            {
                _alone[_aloneCount++ & (Size - 1)] = (hash, timestampNs);

                // It has only to tell none, some and at least all places.
                _aloneCount = _aloneCount == 2 * Size ? Size : _aloneCount;
                return false;
            }

            EndAlone(_alone);
        }

        return IsDuplicate(hash, origin, timestampNs);
    }

    private void EndAlone((ulong Hash, long Ns)[] alone)
    {
        for (int i = Math.Max(0, _aloneCount - Size); i < _aloneCount; i++)
        {
            IsDuplicate(alone[i & (Size - 1)].Hash, _aloneOrigin, alone[i & (Size - 1)].Ns);
        }

        _alone = null;
    }

    private bool IsDuplicate(ulong hash, int origin, long timestampNs)
    {
        ref Entry entry = ref _entries[hash & (Size - 1)];
        if (entry.Hash != hash || UnixTime.Distance(timestampNs, entry.FirstNs) >= WindowNs)
        {
            entry = default;
            entry.Hash = hash;
            entry.FirstNs = timestampNs;
        }

        ushort sensor = (ushort)origin;
        int ear = 0;
        while (ear < entry.EarCount && entry.Origins[ear] != sensor)
        {
            ear++;
        }

        if (ear == entry.EarCount)
        {
            if (ear == MaxEars)
            {
                Duplicates++;
                return true;
            }

            entry.Origins[ear] = sensor;
            entry.EarCount++;
        }

        int copies = entry.Copies[ear] = (byte)Math.Min(entry.Copies[ear] + 1, byte.MaxValue);
        if (copies > entry.Sent || copies == byte.MaxValue)
        {
            entry.Sent = (byte)copies;
            return false;
        }

        Duplicates++;
        return true;
    }

    [InlineArray(MaxEars)]
    private struct OriginList
    {
        private ushort _first;
    }

    [InlineArray(MaxEars)]
    private struct CopyList
    {
        private byte _first;
    }

    private struct Entry
    {
        public ulong Hash;
        public long FirstNs;
        public OriginList Origins;
        public CopyList Copies;
        public byte EarCount;

        /// <summary>Most copies of any sensor.</summary>
        public byte Sent;
    }
}
