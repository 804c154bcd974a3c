namespace KismetPS.Export.Receive;

/// <summary>
/// Takes messages out of a stream of bytes, however they are cut: lines (LF, or CR LF), NUL-ended ones (GELF over TCP) and counted ones
/// (RFC 6587 3.4.1), told apart by the first byte of each: no message of ours begins with a digit. What is too long is dropped up to its end,
/// with no more memory than the limit.
/// </summary>
internal sealed class MessageDeframer(int maxBytes)
{
    /// <summary>Longest message by default, bytes.</summary>
    public const int DefaultMaxBytes = 64 * 1024;

    // Nine digits: below 2^31.
    private const int MostDigits = 9;

    private byte[] _buffer = new byte[Math.Min(maxBytes + 1, 4096)];
    private int _start;
    private int _seen;
    private int _end;
    private long _skip;
    private bool _skipLine;

    /// <summary>Adds received bytes. Call <see cref="TryRead"/> until it gives nothing before adding more.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            _end -= _start;
            _seen -= _start;
            _start = 0;
        }

        if (_buffer.Length - _end < bytes.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _end + bytes.Length));
        }

        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>
    /// Gives the next message, good until the next call; empty lines are left out. <paramref name="problem"/> is set where a message was dropped
    /// instead. False: more bytes are needed.
    /// </summary>
    public bool TryRead(out ReadOnlySpan<byte> message, out ReceivedKind? problem)
    {
        message = default;
        problem = null;
        while (Skip() && _start < _end)
        {
            byte first = _buffer[_start];
            if (first is (byte)'\n' or (byte)'\r' or 0)
            {
                Take(1);
            }
            else if (char.IsAsciiDigit((char)first))
            {
                return TryCounted(out message, out problem);
            }
            else
            {
                return TryLine(out message, out problem);
            }
        }

        return false;
    }

    /// <summary>The bytes end here: gives what is left as a message, as a datagram has no end of line. False: nothing is left.</summary>
    public bool TryFinish(out ReadOnlySpan<byte> message)
    {
        message = _skipLine || _skip > 0 ? default : Trim(_buffer.AsSpan(_start.._end));
        _start = _seen = _end = 0;
        _skip = 0;
        _skipLine = false;
        return message.Length > 0;
    }

    private bool Skip()
    {
        if (_skip > 0)
        {
            int now = (int)Math.Min(_skip, _end - _start);
            _skip -= now;
            Take(now);
        }
        else if (_skipLine)
        {
            int at = _buffer.AsSpan(_start.._end).IndexOfAny((byte)'\n', (byte)0);
            _skipLine = at < 0;
            Take(at < 0 ? _end - _start : at + 1);
        }

        return _skip == 0 && !_skipLine;
    }

    private bool TryLine(out ReadOnlySpan<byte> message, out ReceivedKind? problem)
    {
        message = default;
        problem = null;
        int at = _buffer.AsSpan(_seen.._end).IndexOfAny((byte)'\n', (byte)0);
        int length = (at < 0 ? _end : _seen + at) - _start;
        if (length > maxBytes)
        {
            Take(at < 0 ? length : length + 1);
            _skipLine = at < 0;
            problem = ReceivedKind.TooLong;
            return true;
        }

        if (at < 0)
        {
            _seen = _end;
            return false;
        }

        message = Trim(_buffer.AsSpan(_start, length));
        Take(length + 1);
        return true;
    }

    private bool TryCounted(out ReadOnlySpan<byte> message, out ReceivedKind? problem)
    {
        message = default;
        problem = null;
        int length = 0;
        int at = _start;
        while (at < _end && at - _start < MostDigits && char.IsAsciiDigit((char)_buffer[at]))
        {
            length = (length * 10) + (_buffer[at++] - '0');
        }

        if (at == _end)
        {
            return false;
        }

        if (_buffer[at] != ' ' || length == 0)
        {
            _skipLine = true;
            problem = ReceivedKind.BadFraming;
            return true;
        }

        at++;
        if (length > maxBytes)
        {
            Take(at - _start);
            _skip = length;
            problem = ReceivedKind.TooLong;
            return true;
        }

        if (_end - at < length)
        {
            return false;
        }

        message = Trim(_buffer.AsSpan(at, length));
        Take(at + length - _start);
        return true;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line) => line.TrimEnd("\r\n\0"u8);

    private void Take(int bytes)
    {
        _start += bytes;
        _seen = _start;
    }
}
