using System.Text.Json;
using KismetPS.Tracking;

namespace KismetPS.Export.Formats;

/// <summary>
/// JSON to devices: one object a line, or the objects of an array (a single object outside one too), found by their brackets so that a bad
/// one does not end the reading.
/// </summary>
internal sealed class JsonRecordReader(Stream stream, bool lines) : IDeviceRecordReader
{
    /// <summary>Longest record, bytes.</summary>
    public const int MaxRecordLength = 16 * 1024 * 1024;

    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 32, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private bool _eof;
    private bool _array;
    private bool _ended;
    private long _line = 1;

    /// <summary>Line on which the last record began.</summary>
    public long Line { get; private set; }

    /// <summary>Looks at the first bytes; gives what is wrong with them. An empty file has no devices and nothing wrong.</summary>
    public string? Start()
    {
        if (Has(2) && _buffer.AsSpan(0, 3).SequenceEqual(new byte[] { 0xEF, 0xBB, 0xBF }))
        {
            _start = 3;
        }

        SkipBlanks();
        if (!Has(_start))
        {
            return null;
        }

        if (lines)
        {
            return _buffer[_start] == '{' ? null : "its first line does not begin with a brace";
        }

        if (_buffer[_start] == '[')
        {
            _array = true;
            _start++;
            return null;
        }

        return _buffer[_start] == '{' ? null : "it begins with neither bracket nor brace";
    }

    public bool TryRead(out KismetDevice? device, out string? problem)
    {
        device = null;
        problem = null;
        SkipBlanks();
        if (_ended)
        {
            return false;
        }

        Line = _line;
        if (!Has(_start))
        {
            _ended = true;
            problem = _array ? "the file ends inside the array" : null;
            return _array;
        }

        if (_array && _buffer[_start] == ']')
        {
            _ended = true;
            return false;
        }

        int end = lines ? FindLineEnd() : FindObjectEnd(out problem);
        if (end < 0)
        {
            problem ??= "it is too long";
            return true;
        }

        try
        {
            var json = new Utf8JsonReader(_buffer.AsSpan(_start, end - _start), s_options);
            json.Read();
            DeviceFields.Table.TryReadJson(ref json, out device, out problem);
            if (json.Read())
            {
                device = null;
                problem = "something follows the object";
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The reader has no way but exceptions to say so; InvalidOperationException is its answer to text that is no UTF-8 or UTF-16.
            device = null;
            problem = "it is no valid JSON";
        }

        Take(end);
        return true;
    }

    private void SkipBlanks()
    {
        while (Has(_start) && _buffer[_start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',')
        {
            Take(_start + 1);
        }
    }

    private int FindLineEnd()
    {
        int at = _start;
        while (Has(at) && _buffer[at] != '\n')
        {
            at++;
        }

        if (Has(at) || IsEnd(at))
        {
            return at;
        }

        DropLine();
        return -1;
    }

    // What was looked at of a line that is too long is dropped piece by piece.
    private void DropLine()
    {
        while (true)
        {
            int at = _start;
            while (Has(at) && _buffer[at] != '\n')
            {
                at++;
            }

            bool end = Has(at) || IsEnd(at);
            Take(at);
            if (end)
            {
                return;
            }
        }
    }

    // The place behind the brace that closes the object at the start; brackets in strings do not count.
    private int FindObjectEnd(out string? problem)
    {
        problem = null;
        if (_buffer[_start] != '{')
        {
            _ended = true;
            problem = "something else than an object is in the array; the rest cannot be read";
            return -1;
        }

        int depth = 0;
        bool text = false;
        for (int at = _start; Has(at); at++)
        {
            byte b = _buffer[at];
            if (text)
            {
                if (b == '\\')
                {
                    at++;
                }
                else if (b == '"')
                {
                    text = false;
                }
            }
            else if (b == '"')
            {
                text = true;
            }
            else if (b is (byte)'{' or (byte)'[')
            {
                depth++;
            }
            else if (b is (byte)'}' or (byte)']' && --depth == 0)
            {
                return at + 1;
            }
        }

        _ended = true;
        problem = IsEnd(_end) ? "it is not closed; the rest cannot be read" : "it is too long; the rest cannot be read";
        return -1;
    }

    // Moves the start, counting lines. No place in the buffer that the caller knows is good any more.
    private void Take(int to)
    {
        _line += _buffer.AsSpan(_start, to - _start).Count((byte)'\n');
        _start = to;
        if (_start > _buffer.Length / 2)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
    }

    private bool IsEnd(int at) => _eof && at >= _end;

    // Whether there is a byte at that place, and the record is not too long; reads on, keeping everything from the start of the record.
    private bool Has(int at)
    {
        if (at - _start >= MaxRecordLength)
        {
            return false;
        }

        while (at >= _end)
        {
            if (_eof)
            {
                return false;
            }

            if (_end == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            int read = stream.Read(_buffer, _end, _buffer.Length - _end);
            _eof = read == 0;
            _end += read;
        }

        return true;
    }
}
