using System.Text;
using System.Text.RegularExpressions;

namespace KismetPS.Export.Tests.Messages;

/// <summary>A CEF message as its specification describes it: seven header fields with escaped bars, then keys and values with escaped equals signs.</summary>
internal sealed class CefMessage
{
    public required IReadOnlyList<string> Header { get; init; }

    public required IReadOnlyDictionary<string, string> Extension { get; init; }

    public static CefMessage Parse(string text)
    {
        var header = new List<string>();
        var part = new StringBuilder();
        int at = 0;
        while (header.Count < 7)
        {
            char c = text[at++];
            if (c == '\\')
            {
                part.Append(text[at++]);
            }
            else if (c == '|')
            {
                header.Add(part.ToString());
                part.Clear();
            }
            else
            {
                part.Append(c);
            }
        }

        var extension = new Dictionary<string, string>();
        string rest = text[at..];
        var keys = Regex.Matches(rest, @"(?:^| )([A-Za-z0-9]+)=");
        for (int i = 0; i < keys.Count; i++)
        {
            int from = keys[i].Index + keys[i].Length;
            int to = i + 1 < keys.Count ? keys[i + 1].Index : rest.Length;
            string value = rest[from..to];
            if (Regex.IsMatch(value, @"(?<!\\)(\\\\)*="))
            {
                throw new FormatException($"an equals sign that is not escaped: {value}");
            }

            extension.Add(keys[i].Groups[1].Value, Regex.Replace(value, @"\\(.)", "$1"));
        }

        return new CefMessage { Header = header, Extension = extension };
    }
}
