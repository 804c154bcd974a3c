using System.Text;

namespace KismetPS.Export.Formats;

/// <summary>
/// Reads rows of RFC 4180 text as a stream. A row that is wrong (quote not closed, text behind a quote, too long) costs its first line
/// only: reading goes on at the next one.
/// </summary>
internal sealed class CsvRowReader(TextReader reader)
{
    /// <summary>Longest row, characters.</summary>
    public const int MaxRowLength = 16 * 1024 * 1024;

    /// <summary>Most cells of a row.</summary>
    public const int MaxCells = 1024;

    // Line ends in quotes are legal, but a quote that is never closed must not swallow the file, nor each line of it be scanned to the end.
    private const int MaxRowLines = 64;

    private readonly StringBuilder _cell = new();
    private char[] _buffer = new char[4096];
    private int _start;
    private int _end;
    private bool _eof;
    private int _lineOfStart = 1;

    /// <summary>Line on which the last row began, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Reads the next row that is not blank. False at the end. Where <paramref name="problem"/> is set, the row is to be skipped.</summary>
    public bool TryRead(List<string> cells, out string? problem)
    {
        problem = null;
        cells.Clear();
        while (Has(_start) && _buffer[_start] is '\r' or '\n')
        {
            TakeLineEnd(_start);
        }

        if (!Has(_start))
        {
            return false;
        }

        Line = _lineOfStart;
        int at = _start;
        problem = ReadCells(cells, ref at);
        if (problem is null)
        {
            _lineOfStart += CountLines(_start, at);
            if (Has(at))
            {
                TakeLineEnd(at);
            }
            else
            {
                _start = at;
            }
        }
        else
        {
            SkipLine();
        }

        return true;
    }

    private string? ReadCells(List<string> cells, ref int at)
    {
        int lines = 1;
        while (true)
        {
            if (Has(at) && _buffer[at] == '"')
            {
                at++;
                _cell.Clear();
                while (true)
                {
                    if (!Has(at))
                    {
                        return IsEnd(at) ? "a quote is not closed" : "it is too long";
                    }

                    char c = _buffer[at++];
                    if (c == '"')
                    {
                        if (!Has(at) || _buffer[at] != '"')
                        {
                            break;
                        }

                        at++;
                    }
                    else if (c == '\n' && ++lines > MaxRowLines)
                    {
                        return "a quote is not closed";
                    }

                    _cell.Append(c);
                }

                cells.Add(_cell.ToString());
            }
            else
            {
                int begin = at;
                while (Has(at) && _buffer[at] is not (',' or '\r' or '\n'))
                {
                    at++;
                }

                cells.Add(new string(_buffer, begin, at - begin));
            }

            if (!Has(at))
            {
                return IsEnd(at) ? null : "it is too long";
            }

            if (_buffer[at] is '\r' or '\n')
            {
                return null;
            }

            if (_buffer[at] != ',')
            {
                return "text follows a closing quote";
            }

            if (cells.Count == MaxCells)
            {
                return "it has too many cells";
            }

            at++;
        }
    }

    private bool IsEnd(int at) => _eof && at >= _end;

    // Whether there is a character at that place, and the row is not too long; reads on, keeping everything from the start of the row.
    private bool Has(int at)
    {
        if (at - _start >= MaxRowLength)
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

            int read = reader.Read(_buffer, _end, _buffer.Length - _end);
            _eof = read == 0;
            _end += read;
        }

        return true;
    }

    private int CountLines(int from, int to)
    {
        int count = 0;
        for (int i = from; i < to; i++)
        {
            count += _buffer[i] == '\n' || (_buffer[i] == '\r' && (i + 1 == to || _buffer[i + 1] != '\n')) ? 1 : 0;
        }

        return count;
    }

    // Moves behind the line end at that place and makes it the start of the next row.
    private void TakeLineEnd(int at)
    {
        bool two = _buffer[at] == '\r' && Has(at + 1) && _buffer[at + 1] == '\n';
        _start = at + (two ? 2 : 1);
        _lineOfStart++;
        Compact();
    }

    private void Compact()
    {
        if (_start > _buffer.Length / 2)
        {
            Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }
    }

    private void SkipLine()
    {
        int at = _start;
        while (true)
        {
            if (!Has(at))
            {
                // At the end; or the line alone is longer than a row may be, and what was looked at is dropped.
                bool end = IsEnd(at);
                _start = at;
                if (end)
                {
                    return;
                }

                Compact();
                at = _start;
                continue;
            }

            if (_buffer[at] is '\r' or '\n')
            {
                TakeLineEnd(at);
                return;
            }

            at++;
        }
    }
}
