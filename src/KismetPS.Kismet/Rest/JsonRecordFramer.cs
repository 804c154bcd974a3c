using System.Buffers;
using System.Text;

namespace KismetPS.Kismet.Rest;

/// <summary>
/// Cuts an answer into its records as its bytes come, without a document of the whole: a full answer of a large server has tens of megabytes. It only
/// follows strings and brackets; whether a record is good JSON is for its reader. A line form finds its place again at each line, so that what is broken
/// costs one record.
/// </summary>
internal sealed class JsonRecordFramer(JsonAnswerForm form)
{
    /// <summary>Longest record taken. An access point with thousands of clients has a few hundred kilobytes.</summary>
    public const int MaxRecord = 8 * 1024 * 1024;

    private const int MinimumFree = 16 * 1024;
    private const int MaxOutside = 4096;

    private static readonly SearchValues<byte> s_marks = SearchValues.Create("\"{}[]\n"u8);

    private byte[] _buffer = new byte[64 * 1024];
    private readonly List<byte> _outside = [];
    private int _recordStart = -1;
    private int _scanned;
    private int _end;
    private int _depth;
    private int _recordDepth = -1;
    private int _outsideAtClose;
    private bool _inString;
    private bool _escaped;
    private bool _skipping;
    private bool _begun;
    private bool _closed;
    private byte _first;

    /// <summary>Records longer than <see cref="MaxRecord"/>, which were passed over.</summary>
    public int TooLong { get; private set; }

    /// <summary>Records of a line form that were broken off by the next line.</summary>
    public int Broken { get; private set; }

    /// <summary>What lies outside the records, cut at a few kilobytes: the frame of a page, or the server's words.</summary>
    public string Outside => Encoding.UTF8.GetString(_outside.ToArray()).Trim();

    /// <summary>Where the next bytes go; then <see cref="Advance"/>. Records given out before are gone.</summary>
    public Span<byte> GetSpan() => GetMemory().Span;

    /// <summary>As <see cref="GetSpan"/>.</summary>
    public Memory<byte> GetMemory()
    {
        int keep = _recordStart >= 0 && !_skipping ? _recordStart : _scanned;
        if (keep > 0)
        {
            Buffer.BlockCopy(_buffer, keep, _buffer, 0, _end - keep);
            _scanned -= keep;
            _end -= keep;
            if (_recordStart >= 0)
            {
                _recordStart = 0;
            }
        }

        if (_buffer.Length - _end < MinimumFree)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        return _buffer.AsMemory(_end);
    }

    /// <summary>So many bytes were put there.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>The next whole record; valid until <see cref="GetSpan"/>. False: more bytes are needed.</summary>
    public bool TryRead(out ReadOnlySpan<byte> record)
    {
        while (_scanned < _end)
        {
            if (_inString)
            {
                SkipString();
                continue;
            }

            byte b = _buffer[_scanned];
            if (_depth > 0 && b is not ((byte)'"' or (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)'\n') && _recordStart >= 0)
            {
                SkipPlain();
                continue;
            }

            _scanned++;
            if (b == '\n' && form == JsonAnswerForm.Lines && _depth > 0)
            {
                Break();
                continue;
            }

            if (Take(b))
            {
                record = _buffer.AsSpan(_recordStart, _scanned - _recordStart);
                _recordStart = -1;
                return true;
            }

            if (_recordStart >= 0 && !_skipping && _scanned - _recordStart > MaxRecord)
            {
                _skipping = true;
                TooLong++;
            }
        }

        record = default;
        return false;
    }

    /// <summary>What the answer was, its last byte having been read.</summary>
    public JsonAnswerStatus Finish()
    {
        if (_first == '<')
        {
            return JsonAnswerStatus.Html;
        }

        if (_depth > 0 || _inString)
        {
            return JsonAnswerStatus.Truncated;
        }

        // Nothing at all is an empty answer of the line form, and no answer of any other.
        return form == JsonAnswerForm.Lines ? (HasText() ? JsonAnswerStatus.Text : JsonAnswerStatus.Complete)
            : !_begun ? JsonAnswerStatus.Truncated
            : _closed && !HasTail() ? JsonAnswerStatus.Complete
            : JsonAnswerStatus.Text;
    }

    private bool Take(byte b)
    {
        if (!_begun && b > ' ')
        {
            _begun = true;
            _first = b;
        }

        switch (b)
        {
            case (byte)'{' or (byte)'[':
                if (_recordStart < 0 && b == '{' && IsRecord())
                {
                    _recordStart = _scanned - 1;
                    _recordDepth = _depth;
                }
                else if (_recordStart < 0)
                {
                    Note(b);
                }

                _depth++;
                return false;

            case (byte)'}' or (byte)']':
                if (_depth == 0)
                {
                    Note(b);
                    return false;
                }

                _depth--;
                if (_recordStart >= 0 && _depth == _recordDepth)
                {
                    if (!_skipping)
                    {
                        return true;
                    }

                    _skipping = false;
                    _recordStart = -1;
                    return false;
                }

                if (_recordStart < 0)
                {
                    Note(b);
                }

                if (_depth == 0)
                {
                    _closed = true;
                    _outsideAtClose = _outside.Count;
                }

                return false;

            case (byte)'"':
                // Outside the JSON a quote is only a character of the server's words.
                if (_depth > 0)
                {
                    _inString = true;
                }

                if (_recordStart < 0)
                {
                    Note(b);
                }

                return false;

            default:
                if (_recordStart < 0)
                {
                    Note(b);
                }

                return false;
        }
    }

    // A line; a member of the array; of a page, a member of an array in the object around.
    private bool IsRecord() => form == JsonAnswerForm.Lines ? _depth == 0
        : _closed ? false
        : _depth == 1 ? _first == '['
        : _depth == 2 && _first == '{';

    private void SkipString()
    {
        ReadOnlySpan<byte> rest = _buffer.AsSpan(_scanned, _end - _scanned);
        if (_escaped)
        {
            _escaped = false;
            Pass(1);
            return;
        }

        int at = form == JsonAnswerForm.Lines ? rest.IndexOfAny((byte)'"', (byte)'\\', (byte)'\n') : rest.IndexOfAny((byte)'"', (byte)'\\');
        if (at < 0)
        {
            Pass(rest.Length);
            return;
        }

        byte found = rest[at];
        Pass(at + 1);
        if (found == '\\')
        {
            _escaped = true;
        }
        else if (found == '"')
        {
            _inString = false;
        }
        else
        {
            Break();
        }
    }

    private void SkipPlain()
    {
        ReadOnlySpan<byte> rest = _buffer.AsSpan(_scanned, _end - _scanned);
        int at = rest.IndexOfAny(s_marks);
        Pass(at < 0 ? rest.Length : at);
    }

    private void Pass(int count)
    {
        if (_recordStart < 0)
        {
            foreach (byte b in _buffer.AsSpan(_scanned, Math.Min(count, MaxOutside)))
            {
                Note(b);
            }
        }

        _scanned += count;
        if (_recordStart >= 0 && !_skipping && _scanned - _recordStart > MaxRecord)
        {
            _skipping = true;
            TooLong++;
        }
    }

    private void Break()
    {
        Broken++;
        _depth = 0;
        _inString = _escaped = _skipping = false;
        _recordStart = -1;
    }

    private void Note(byte b)
    {
        // What separates records is not worth keeping: it would fill the room for what comes after them.
        bool separates = b is <= (byte)' ' or (byte)',';
        if (_outside.Count < MaxOutside && !(separates && (_outside.Count == 0 || _outside[^1] is <= (byte)' ' or (byte)',')))
        {
            _outside.Add(b);
        }
    }

    private bool HasText() => _outside.Exists(static b => b is > (byte)' ');

    private bool HasTail() => _outside.FindIndex(_outsideAtClose, static b => b is > (byte)' ') >= 0;
}
