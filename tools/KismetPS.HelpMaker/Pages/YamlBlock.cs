namespace KismetPS.HelpMaker.Pages;

/// <summary>
/// The part of YAML that PlatyPS writes: <c>key: value</c>, lists of values, and lists of mappings, one level deep. Whatever else there is,
/// is refused rather than guessed at.
/// </summary>
internal sealed class YamlBlock
{
    private readonly Dictionary<string, (int Line, string Value)> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Line, List<object> Items)> _lists = new(StringComparer.Ordinal);
    private readonly string _file;
    private readonly int _start;

    private YamlBlock(string file, int start)
    {
        _file = file;
        _start = start;
    }

    /// <summary>Reads lines from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    public static YamlBlock Read(string file, IReadOnlyList<string> lines, int start, int end)
    {
        var block = new YamlBlock(file, start);
        string? key = null;
        for (int i = start; i < end; i++)
        {
            string line = lines[i].TrimEnd();
            if (line.Length == 0)
            {
                continue;
            }

            if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                block.AddItem(key, line[2..], i);
            }
            else if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                block.AddToItem(key, line.Trim(), i);
            }
            else
            {
                key = block.AddKey(line, i);
            }
        }

        return block;
    }

    /// <summary>The value of a key that must be there.</summary>
    public string Value(string key) => _values.TryGetValue(key, out (int Line, string Value) found)
        ? found.Value
        : throw Error(_start, $"the key '{key}' is missing");

    /// <summary>What is wrong with the value of a key.</summary>
    public PageException Error(string key, string what) => Error(_values[key].Line, what);

    /// <summary>A value that is true or false.</summary>
    public bool Flag(string key) => Value(key) switch
    {
        "true" => true,
        "false" => false,
        string other => throw Error(_values[key].Line, $"'{key}' is true or false, not '{other}'"),
    };

    /// <summary>A list of values that must be there; <c>[]</c> is an empty one.</summary>
    public IReadOnlyList<string> List(string key) => [.. Items(key).Select(i => i as string ?? throw Error(_lists[key].Line, $"'{key}' is a list of values"))];

    /// <summary>A list of mappings that must be there.</summary>
    public IReadOnlyList<YamlBlock> Blocks(string key) => [.. Items(key).Select(i => i as YamlBlock ?? throw Error(_lists[key].Line, $"'{key}' is a list of mappings"))];

    /// <summary>Fails where there is a key that is not one of these.</summary>
    public void Only(params ReadOnlySpan<string> keys)
    {
        foreach ((string key, int line) in _values.Select(static v => (v.Key, v.Value.Line)).Concat(_lists.Select(static l => (l.Key, l.Value.Line))))
        {
            if (!keys.Contains(key))
            {
                throw Error(line, $"the key '{key}' is not known here");
            }
        }
    }

    private static string Unquote(string value) =>
        value.Length > 1 && value[0] == '\'' && value[^1] == '\'' ? value[1..^1].Replace("''", "'", StringComparison.Ordinal) : value;

    private List<object> Items(string key) => _lists.TryGetValue(key, out (int Line, List<object> Items) found)
        ? found.Items
        : _values.TryGetValue(key, out (int Line, string Value) value) && value.Value == "[]"
            ? []
            : throw Error(_start, $"the list '{key}' is missing");

    private string AddKey(string line, int at)
    {
        (string key, string value) = Split(line, at);
        if (_values.ContainsKey(key) || _lists.ContainsKey(key))
        {
            throw Error(at, $"the key '{key}' stands here twice");
        }

        if (value.Length == 0)
        {
            _lists.Add(key, (at, []));
        }
        else
        {
            _values.Add(key, (at, Unquote(value)));
        }

        return key;
    }

    private void AddItem(string? key, string item, int at)
    {
        if (key is null || !_lists.TryGetValue(key, out (int Line, List<object> Items) list))
        {
            throw Error(at, "a list item without a list");
        }

        // A value may hold a colon, a mapping's key ends with one and a space.
        if (item.Contains(": ", StringComparison.Ordinal) && item[0] != '\'')
        {
            var block = new YamlBlock(_file, at);
            block.AddKey(item, at);
            list.Items.Add(block);
        }
        else
        {
            list.Items.Add(Unquote(item));
        }
    }

    private void AddToItem(string? key, string line, int at)
    {
        if (key is null || !_lists.TryGetValue(key, out (int Line, List<object> Items) list) || list.Items.Count == 0 || list.Items[^1] is not YamlBlock block)
        {
            throw Error(at, "this line belongs to no list item");
        }

        block.AddKey(line, at);
    }

    private (string Key, string Value) Split(string line, int at)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && (colon + 1 == line.Length || line[colon + 1] == ' ')
            ? (line[..colon], line[(colon + 1)..].Trim())
            : throw Error(at, "'key: value' is expected");
    }

    private PageException Error(int line, string what) => new(_file, line + 1, what);
}
