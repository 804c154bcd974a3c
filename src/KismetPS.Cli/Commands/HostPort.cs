using System.CommandLine.Parsing;
using System.Globalization;

namespace KismetPS.Cli.Commands;

/// <summary>A host as it stands on the line: <c>host</c>, <c>host:port</c>, an IPv6 address, or one in brackets with a port (RFC 3986 3.2.2).</summary>
/// <param name="Host">Name or address, without brackets.</param>
/// <param name="Port">1 to 65535; null: none is named.</param>
internal readonly record struct HostPort(string Host, int? Port)
{
    /// <summary>What is wrong with an address that is none.</summary>
    public const string Expected = "host, host:port or [address]:port, with a port from 1 to 65535";

    /// <summary>Reads one.</summary>
    public static bool TryParse(string text, out HostPort value)
    {
        // An IPv6 address has colons of its own: with a port it stands in brackets.
        int colon = text.LastIndexOf(':');
        bool hasPort = colon >= 0 && (text.IndexOf(':') == colon || text[colon - 1] == ']');
        int port = 0;
        bool good = !hasPort || (int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535);
        string host = (hasPort ? text[..colon] : text).Trim('[', ']');
        value = new HostPort(host, hasPort ? port : null);
        return good && host.Length > 0;
    }

    /// <summary>The value of an option.</summary>
    public static HostPort Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!TryParse(text, out HostPort value))
        {
            result.AddError($"'{text}' is not {Expected}.");
        }

        return value;
    }
}
