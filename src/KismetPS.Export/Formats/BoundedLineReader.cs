namespace KismetPS.Export.Formats;

/// <summary>Lines of a file, ended by LF or CRLF; one that is too long is skipped without being kept.</summary>
internal sealed class BoundedLineReader(TextReader reader)
{
    /// <summary>Longest line, characters.</summary>
    public const int MaxLength = 64 * 1024;

    private readonly char[] _buffer = new char[MaxLength + 1];
    private readonly char[] _read = new char[4096];
    private int _at;
    private int _end;

    /// <summary>Number of the last line, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The next line; false at the end. Where it is too long there is a problem instead.</summary>
    public bool TryRead(out string? line, out string? problem)
    {
        line = null;
        problem = null;
        int length = 0;
        bool any = false;
        while (true)
        {
            if (_at == _end)
            {
                _at = 0;
                _end = reader.Read(_read, 0, _read.Length);
                if (_end == 0)
                {
                    break;
                }
            }

            any = true;
            char c = _read[_at++];
            if (c == '\n')
            {
                break;
            }

            if (length <= MaxLength)
            {
                _buffer[length++] = c;
            }
        }

        if (!any)
        {
            return false;
        }

        Line++;
        if (length > MaxLength)
        {
            problem = "it is too long";
            return true;
        }

        line = new string(_buffer, 0, length > 0 && _buffer[length - 1] == '\r' ? length - 1 : length);
        return true;
    }
}
