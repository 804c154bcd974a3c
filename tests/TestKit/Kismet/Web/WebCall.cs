#nullable enable

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace KismetPS.TestKit.Web;

/// <summary>One request as it came.</summary>
public sealed class WebCall
{
    /// <summary>Reads the head; the body is added by the server.</summary>
    public WebCall(string head, int connection)
    {
        string[] lines = head.Split("\r\n");
        string[] words = lines[0].Split(' ');
        (Method, Target, Connection, Head) = (words[0], words.Length > 1 ? words[1] : string.Empty, connection, head);
        int mark = Target.IndexOf('?');
        Path = mark < 0 ? Target : Target[..mark];
        foreach (string pair in mark < 0 ? Array.Empty<string>() : Target[(mark + 1)..].Split('&'))
        {
            string[] parts = pair.Split('=', 2);
            Query[Uri.UnescapeDataString(parts[0])] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : string.Empty;
        }

        for (int i = 1; i < lines.Length; i++)
        {
            int colon = lines[i].IndexOf(':');
            if (colon > 0)
            {
                Headers[lines[i][..colon]] = lines[i][(colon + 1)..].Trim();
            }
        }
    }

    /// <summary>Verb.</summary>
    public string Method { get; }

    /// <summary>Path and query.</summary>
    public string Target { get; }

    /// <summary>Path without query.</summary>
    public string Path { get; }

    /// <summary>First line and headers.</summary>
    public string Head { get; }

    /// <summary>Number of the connection it came on, from 1.</summary>
    public int Connection { get; }

    /// <summary>Variables of the query, unescaped; a plus stays a plus, as in the real server.</summary>
    public Dictionary<string, string> Query { get; } = new();

    /// <summary>Headers; the last of a name counts.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Body, a character a byte.</summary>
    public string Body { get; set; } = string.Empty;

    /// <summary>When it was read (ticks of <see cref="Environment.TickCount64"/>).</summary>
    public long At { get; } = Environment.TickCount64;

    /// <summary>Length of the body, 0 where it has none.</summary>
    public int Length => Headers.TryGetValue("Content-Length", out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;

    /// <summary>The JSON that was sent, in a form or as it is; null where there is none of a kind the real server takes.</summary>
    public string? Json
    {
        get
        {
            string type = Headers.TryGetValue("Content-Type", out string? text) ? text.Split(';')[0].Trim() : string.Empty;
            return type == "application/json" ? Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Body))
                : type == "application/x-www-form-urlencoded" && Body.StartsWith("json=", StringComparison.Ordinal) ? Uri.UnescapeDataString(Body[5..].Replace('+', ' '))
                : null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Head + "\r\n" + Body;
}
