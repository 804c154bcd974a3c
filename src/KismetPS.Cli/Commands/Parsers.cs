using System.CommandLine.Parsing;
using System.Net;
using KismetPS.Capture;

namespace KismetPS.Cli.Commands;

/// <summary>Values of options that are no plain number or text.</summary>
internal static class Parsers
{
    /// <summary>A time: seconds, <c>500ms</c>, <c>90s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c> or <c>hh:mm:ss</c>.</summary>
    public static TimeSpan? Duration(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (DurationText.TryParse(text, out TimeSpan value))
        {
            return value;
        }

        result.AddError($"'{text}' is no time: {DurationText.Expected}.");
        return null;
    }

    /// <summary>Addresses and networks, such as 192.0.2.7 and 10.0.0.0/8.</summary>
    public static IPNetwork[]? Networks(ArgumentResult result)
    {
        var networks = new List<IPNetwork>();
        foreach (Token token in result.Tokens)
        {
            if (NetworkRange.TryParse(token.Value, out IPNetwork network))
            {
                networks.Add(network);
            }
            else
            {
                result.AddError($"'{token.Value}' is not {NetworkRange.Expected}.");
            }
        }

        return [.. networks];
    }

    /// <summary>An address of this machine.</summary>
    public static IPAddress? Address(ArgumentResult result)
    {
        if (IPAddress.TryParse(result.Tokens[0].Value, out IPAddress? address))
        {
            return address;
        }

        result.AddError($"'{result.Tokens[0].Value}' is no IP address.");
        return null;
    }
}
