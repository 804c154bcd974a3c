namespace KismetPS.Export.Spooling;

/// <summary>Reads the records of one segment file from the beginning, over what is damaged to the next good one.</summary>
internal sealed class SpoolReader : IDisposable
{
    private readonly FileStream _file;
    private byte[] _buffer = new byte[256 * 1024];
    private int _begin;
    private int _end;
    private long _bufferOffset;
    private int _peeked;

    public SpoolReader(SpoolSegment segment)
    {
        Segment = segment;
        _file = new FileStream(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
    }

    public SpoolSegment Segment { get; }

    /// <summary>Offset behind the last good record.</summary>
    public long GoodEnd { get; private set; }

    /// <summary>The next good record below <paramref name="limit"/> bytes; false where there is none. It stays until <see cref="Next"/>.</summary>
    public bool TryPeek(long limit, out long sequence, out ReadOnlySpan<byte> message)
    {
        if (_peeked > 0)
        {
            return Peeked(out sequence, out message);
        }

        while (true)
        {
            switch (SpoolRecord.Read(_buffer.AsSpan(_begin, _end - _begin), out sequence, out int length))
            {
                case SpoolRecordStatus.Good:
                    _peeked = SpoolRecord.HeaderLength + length;
                    return Peeked(out sequence, out message);
                case SpoolRecordStatus.Incomplete when Fill(limit):
                    break;
                case SpoolRecordStatus.Incomplete when _end - _begin < SpoolRecord.HeaderLength:
                    message = default;
                    return false;
                default:
                    // No record here, or one whose length leads beyond the end: look for the next.
                    _begin++;
                    break;
            }
        }
    }

    /// <summary>Goes behind the record that <see cref="TryPeek"/> gave.</summary>
    public void Next()
    {
        _begin += _peeked;
        _peeked = 0;
        GoodEnd = _bufferOffset + _begin;
    }

    public void Dispose() => _file.Dispose();

    private bool Peeked(out long sequence, out ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> record = _buffer.AsSpan(_begin, _peeked);
        sequence = SpoolRecord.SequenceOf(record);
        message = record[SpoolRecord.HeaderLength..];
        return true;
    }

    private bool Fill(long limit)
    {
        if (_begin > 0)
        {
            Buffer.BlockCopy(_buffer, _begin, _buffer, 0, _end - _begin);
            _bufferOffset += _begin;
            _end -= _begin;
            _begin = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int room = (int)Math.Min(_buffer.Length - _end, limit - (_bufferOffset + _end));
        if (room <= 0)
        {
            return false;
        }

        int read = RandomAccess.Read(_file.SafeFileHandle, _buffer.AsSpan(_end, room), _bufferOffset + _end);
        _end += read;
        return read > 0;
    }
}
