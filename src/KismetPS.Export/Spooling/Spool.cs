using System.Globalization;
using KismetPS.Capture;
using KismetPS.Export.Delivery;
using Microsoft.Win32.SafeHandles;

namespace KismetPS.Export.Spooling;

/// <summary>
/// Messages on the disk, in order of their numbers, until they are known to have been received. A message is in a file before it is sent, so a
/// process that is killed leaves nothing that was sent and is not here, and no number is used twice. Thread-safe.
/// </summary>
internal sealed class Spool : IDisposable
{
    private const int LargestSegment = 8 << 20;
    private const int SmallestSegment = 64 << 10;
    private const long Forgotten = -2;
    private static readonly TimeSpan s_positionEvery = TimeSpan.FromMilliseconds(250);

    private readonly object _gate = new();
    private readonly string _folder;
    private readonly long _limit;
    private readonly long _segmentSize;
    private readonly string _format;
    private readonly string _boot = SpoolPosition.ThisBoot();
    private readonly FileStream _lock;
    private readonly List<SpoolSegment> _segments = [];
    private SafeFileHandle? _active;
    private SpoolReader? _reader;
    private long _readerAt;
    private byte[] _buffer = new byte[MessageChunk.Size * 2];
    private bool _unsaved;
    private long _positionAt;
    private long _positionConfirmed = -1;

    /// <summary>Path of the folder.</summary>
    public string Folder => _folder;

    private Spool(string folder, long limit, string format, FileStream writerLock)
    {
        _folder = folder;
        _limit = limit;
        _segmentSize = Math.Clamp(limit / 8, SmallestSegment, LargestSegment);
        _format = format;
        _lock = writerLock;
    }

    /// <summary>Name of the count.</summary>
    public string StreamId { get; private set; } = string.Empty;

    /// <summary>Every message up to this one was received or given up.</summary>
    public long Confirmed { get; private set; }

    /// <summary>Number of the last message on the disk, 0 where there never was one.</summary>
    public long Last { get; private set; }

    /// <summary>Number of the first message on the disk; behind <see cref="Last"/> where there is none.</summary>
    public long First
    {
        get
        {
            lock (_gate)
            {
                return _segments.Count == 0 ? Last + 1 : _segments[0].First;
            }
        }
    }

    /// <summary>Lowest number that is not used, also by messages that found no room on the disk.</summary>
    public long Next { get; set; }

    /// <summary>Bytes on the disk.</summary>
    public long Bytes { get; private set; }

    /// <summary>Messages given up because the folder had reached its size.</summary>
    public long Evicted { get; private set; }

    /// <summary>Bytes of a record that was being written when the process ended; it had not been sent.</summary>
    public long TornBytes { get; private set; }

    /// <summary>What was found damaged, once per segment.</summary>
    public Action<KismetException>? OnDamage { get; set; }

    /// <summary>Opens or makes a folder. Throws <see cref="KismetException"/>: SpoolInUse, FileNotWritable, DiskFull, ArgumentInvalid (messages of another format wait in it).</summary>
    public static Spool Open(string folder, long limit, string format, Action<KismetException>? onDamage = null)
    {
        FileStream? writerLock = null;
        try
        {
            folder = Path.GetFullPath(folder);
            Directory.CreateDirectory(folder);
            writerLock = Lock(folder);
            var spool = new Spool(folder, limit, format, writerLock) { OnDamage = onDamage };
            spool.Load();
            return spool;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            writerLock?.Dispose();
            throw DiskFailure.From(folder, e);
        }
        catch
        {
            writerLock?.Dispose();
            throw;
        }
    }

    /// <summary>Writes messages of a chunk, from a number to its end. Throws <see cref="IOException"/>; nothing of it counts as written then.</summary>
    public void Append(MessageChunk chunk, long from, long through)
    {
        lock (_gate)
        {
            int length = Encode(chunk, from, through);
            SpoolSegment segment;
            try
            {
                segment = Active(from, length);
                Write(segment, _buffer.AsSpan(0, length));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                ForgetPosition();
                throw;
            }

            segment.Length += length;
            segment.Last = through;
            Bytes += length;
            _unsaved = true;
            Last = through;
            Evict();
        }
    }

    /// <summary>
    /// Gives the messages from <paramref name="cursor"/> through <paramref name="through"/> to a sink until it has no room. The cursor moves behind
    /// the last one taken, and over what is not here any more; the latter are counted.
    /// </summary>
    /// <returns>How many were taken.</returns>
    public int Take(ref long cursor, long through, int most, IMessageSink sink, ref long evicted, ref long damaged)
    {
        lock (_gate)
        {
            int taken = 0;
            while (taken < most && cursor <= through)
            {
                SpoolSegment? segment = Find(cursor);
                if (segment is null || segment.First > through)
                {
                    evicted += through - cursor + 1;
                    cursor = through + 1;
                    break;
                }

                if (segment.First > cursor)
                {
                    evicted += segment.First - cursor;
                    cursor = segment.First;
                }

                long last = Math.Min(segment.Last, through);
                int count = Take(segment, ref cursor, last, most - taken, sink, ref damaged, out bool full);
                taken += count;
                if (full)
                {
                    break;
                }
            }

            return taken;
        }
    }

    /// <summary>Every message up to a number was received: its segments are deleted.</summary>
    public void Confirm(long through)
    {
        lock (_gate)
        {
            Confirmed = Math.Max(Confirmed, through);
            while (_segments.Count > 1 && _segments[0].Last <= Confirmed)
            {
                Remove(_segments[0]);
            }

            if (Environment.TickCount64 - _positionAt >= s_positionEvery.TotalMilliseconds)
            {
                SavePosition();
            }
        }
    }

    /// <summary>Writes the position and gives the folder free.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _reader?.Dispose();
            _active?.Dispose();
            SavePosition();
            if (Confirmed >= Last)
            {
                foreach (SpoolSegment segment in _segments.ToArray())
                {
                    Remove(segment);
                }
            }

            _lock.Dispose();
        }
    }

    private static FileStream Lock(string folder)
    {
        try
        {
            // Held by the handle: a killed process leaves no lock behind.
            return new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (DiskFailure.IsSharing(e))
        {
            throw new KismetException(KismetErrorId.SpoolInUse, $"Another export writes to the spool folder '{folder}'.", "Give each export a folder of its own, or stop the other one.", e);
        }
    }

    private void Load()
    {
        SpoolPosition? position = SpoolPosition.Read(_folder, out bool damaged);
        foreach (string path in Directory.EnumerateFiles(_folder, "*" + SpoolSegment.Extension).Order(StringComparer.Ordinal))
        {
            if (SpoolSegment.From(path) is SpoolSegment segment)
            {
                _segments.Add(segment);
            }
        }

        for (int i = 0; i + 1 < _segments.Count; i++)
        {
            _segments[i].Last = _segments[i + 1].First - 1;
        }

        if (_segments.Count > 0)
        {
            CutTail(_segments[^1]);
        }

        Bytes = _segments.Sum(static s => s.Length);
        Last = Math.Max(_segments.Count > 0 ? _segments[^1].Last : 0, (position?.Next ?? 1) - 1);
        Confirmed = Math.Min(position?.Confirmed ?? 0, Last);
        if (_segments.Count > 0)
        {
            // What was pushed out was counted by the run that did it.
            Confirmed = Math.Max(Confirmed, _segments[0].First - 1);
        }

        if (damaged)
        {
            OnDamage?.Invoke(new KismetException(
                KismetErrorId.SpoolDamaged, $"The position of the spool folder '{_folder}' cannot be read.", "All messages in it are sent again, as a new stream."));
        }

        if (position is not null && position.Format != _format && Confirmed < Last && _segments.Count > 0)
        {
            throw new KismetException(
                KismetErrorId.ArgumentInvalid,
                string.Create(CultureInfo.InvariantCulture, $"{Last - Confirmed} messages in the format {position.Format} wait in the spool folder '{_folder}'."),
                $"Export in that format until they are sent, or choose another folder for {_format}.");
        }

        // After the machine went down messages may be missing that were sent: their numbers would be used again, so the count gets another name.
        StreamId = position is not null && position.Boot == _boot ? position.StreamId : Guid.NewGuid().ToString("N")[..12];
        _positionConfirmed = -1;
        WritePosition();
    }

    // What a killed process was writing: it was not sent, and its number is used again.
    private void CutTail(SpoolSegment segment)
    {
        using var reader = new SpoolReader(segment);
        long last = segment.First - 1;
        while (reader.TryPeek(segment.Length, out long sequence, out _))
        {
            last = Math.Max(last, sequence);
            reader.Next();
        }

        segment.Last = last;
        if (reader.GoodEnd < segment.Length)
        {
            TornBytes = segment.Length - reader.GoodEnd;
            using SafeFileHandle file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.SetLength(file, reader.GoodEnd);
            segment.Length = reader.GoodEnd;
        }
    }

    private int Encode(MessageChunk chunk, long from, long through)
    {
        int length = 0;
        for (long sequence = from; sequence <= through; sequence++)
        {
            ReadOnlySpan<byte> message = chunk[sequence];
            int needed = length + SpoolRecord.HeaderLength + message.Length;
            if (needed > _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Max(needed, _buffer.Length * 2));
            }

            length += SpoolRecord.Write(_buffer.AsSpan(length), sequence, message);
        }

        return length;
    }

    private SpoolSegment Active(long first, int length)
    {
        SpoolSegment? segment = _segments.Count > 0 ? _segments[^1] : null;
        if (_active is not null && segment is not null && segment.Length + length <= _segmentSize && segment.Last + 1 == first)
        {
            return segment;
        }

        _active?.Dispose();
        _active = null;
        if (segment is null || segment.Last >= segment.First)
        {
            // The one before stays as long as it holds what was not received; an empty one is used again.
            segment = SpoolSegment.Create(_folder, first);
            _active = File.OpenHandle(segment.Path, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete);
            _segments.Add(segment);
        }
        else
        {
            string old = segment.Path;
            _segments.RemoveAt(_segments.Count - 1);
            File.Delete(old);
            return Active(first, length);
        }

        return segment;
    }

    private void Write(SpoolSegment segment, ReadOnlySpan<byte> records)
    {
        try
        {
            RandomAccess.Write(_active!, records, segment.Length);
        }
        catch (IOException)
        {
            // The part that fitted is taken back, so that the space is there for what needs less.
            RandomAccess.SetLength(_active!, segment.Length);
            throw;
        }
    }

    // Messages go out from memory now. Were their numbers lost with the process, the next one would use them again: without a position it begins
    // a stream of another name. Deleting needs no space on the disk.
    private void ForgetPosition()
    {
        if (_positionConfirmed != Forgotten)
        {
            _positionConfirmed = Forgotten;
            SpoolPosition.Delete(_folder);
        }
    }

    private void Evict()
    {
        while (Bytes > _limit && _segments.Count > 1)
        {
            SpoolSegment oldest = _segments[0];
            Evicted += Math.Max(0, oldest.Last - Math.Max(Confirmed, oldest.First - 1));
            Remove(oldest);
        }
    }

    private void Remove(SpoolSegment segment)
    {
        if (_reader?.Segment == segment)
        {
            _reader.Dispose();
            _reader = null;
        }

        Bytes -= segment.Length;
        _segments.Remove(segment);
        try
        {
            File.Delete(segment.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is passed over by its number when the folder is opened again.
        }
    }

    private SpoolSegment? Find(long cursor)
    {
        foreach (SpoolSegment segment in _segments)
        {
            if (segment.Last >= cursor)
            {
                return segment;
            }
        }

        return null;
    }

    private int Take(SpoolSegment segment, ref long cursor, long last, int most, IMessageSink sink, ref long damaged, out bool full)
    {
        full = false;
        int taken = 0;
        try
        {
            // Reading goes forward; a cursor that went back starts at the beginning of its segment.
            if (_reader is null || _reader.Segment != segment || _readerAt > cursor)
            {
                _reader?.Dispose();
                _reader = new SpoolReader(segment);
                _readerAt = segment.First;
            }

            while (taken < most && cursor <= last)
            {
                if (!_reader.TryPeek(segment.Length, out long sequence, out ReadOnlySpan<byte> message) || sequence > last)
                {
                    Lost(segment, ref cursor, last + 1, ref damaged);
                    return taken;
                }

                if (sequence >= cursor)
                {
                    Lost(segment, ref cursor, sequence, ref damaged);
                    if (!sink.Add(sequence, message))
                    {
                        full = true;
                        return taken;
                    }

                    taken++;
                    cursor = sequence + 1;
                }

                _reader.Next();
                _readerAt = sequence + 1;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Lost(segment, ref cursor, last + 1, ref damaged, e);
        }

        return taken;
    }

    private void Lost(SpoolSegment segment, ref long cursor, long next, ref long damaged, Exception? cause = null)
    {
        if (next <= cursor)
        {
            return;
        }

        damaged += next - cursor;
        OnDamage?.Invoke(new KismetException(
            KismetErrorId.SpoolDamaged,
            string.Create(CultureInfo.InvariantCulture, $"{next - cursor} messages from {cursor} on cannot be read from '{segment.Path}'."),
            "They are counted as dropped; what comes behind them is sent.",
            cause));
        cursor = next;
    }

    private void SavePosition()
    {
        if (_positionConfirmed == Confirmed && !_unsaved)
        {
            return;
        }

        try
        {
            WritePosition();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The old one stays: messages are sent again after a restart, none is lost. A full disk is told by the next append.
        }
    }

    private void WritePosition()
    {
        _positionAt = Environment.TickCount64;
        new SpoolPosition(StreamId, Confirmed, Math.Max(Next, Last + 1), _format, _boot).Write(_folder);
        _positionConfirmed = Confirmed;
        _unsaved = false;
    }
}
