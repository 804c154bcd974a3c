namespace KismetPS.HelpMaker.Pages;

/// <summary>The lines of a page, with the headings among them; what stands in a code block is no heading.</summary>
internal sealed class PageText
{
    private readonly string _file;
    private readonly string[] _lines;

    /// <summary>Level of the heading in each line, 0 where it is none, -1 in a code block.</summary>
    private readonly sbyte[] _levels;

    public PageText(string file, string[] lines, int start)
    {
        _file = file;
        _lines = [.. lines.Select(static l => l.TrimEnd())];
        _levels = new sbyte[lines.Length];
        int fence = -1;
        for (int i = start; i < lines.Length; i++)
        {
            if (_lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                fence = fence < 0 ? i : -1;
                _levels[i] = -1;
            }
            else if (fence >= 0)
            {
                _levels[i] = -1;
            }
            else
            {
                int level = _lines[i].TakeWhile(static c => c == '#').Count();
                _levels[i] = (sbyte)(level is > 0 and < 7 && level < _lines[i].Length && _lines[i][level] == ' ' ? level : 0);
                if (_levels[i] > 0 && i > 0 && _lines[i - 1].Length > 0)
                {
                    throw Error(i, "there must be an empty line before a heading");
                }
            }
        }

        if (fence >= 0)
        {
            throw Error(fence, "the code block is not closed");
        }
    }

    public int Count => _lines.Length;

    public string this[int line] => _lines[line];

    /// <summary>Whether the line is a heading, of the level or of any.</summary>
    public bool IsHeading(int line, int? level = null) => level is int wanted ? _levels[line] == wanted : _levels[line] > 0;

    /// <summary>Text of a heading without its marks.</summary>
    public string Heading(int line) => _lines[line].TrimStart('#').Trim();

    /// <summary>Whether a code block in this language begins here.</summary>
    public bool IsFence(int line, string language) => _levels[line] < 0 && _lines[line] == "```" + language;

    /// <summary>Headings of a level in a range.</summary>
    public IEnumerable<int> Headings(int level, int start, int end) => Enumerable.Range(start, end - start).Where(i => IsHeading(i, level));

    /// <summary>Next heading of any level, or the end of the range.</summary>
    public int NextHeading(int start, int end)
    {
        while (start < end && !IsHeading(start))
        {
            start++;
        }

        return start;
    }

    /// <summary>Lines of a range without the empty ones around them.</summary>
    public string Text(int start, int end) => string.Join('\n', _lines[start..end]).Trim();

    /// <summary>The code block that a range holds and nothing else, as the lines between its marks.</summary>
    public (int Start, int End) Code(int start, int end, string language)
    {
        int open = FirstText(start, end);
        if (open == end || !IsFence(open, language))
        {
            throw Error(Math.Min(open, end - 1), $"a code block ```{language} is expected here");
        }

        int close = open + 1;
        while (!IsFence(close, string.Empty))
        {
            close++;
        }

        int rest = FirstText(close + 1, end);
        return rest == end ? (open + 1, close) : throw Error(rest, "nothing is expected after the code block");
    }

    /// <summary>First line of a range that is not empty, or its end.</summary>
    public int FirstText(int start, int end)
    {
        while (start < end && _lines[start].Length == 0)
        {
            start++;
        }

        return start;
    }

    /// <summary>What is wrong in a line, counted from 0.</summary>
    public PageException Error(int line, string what) => new(_file, line + 1, what);
}
