using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;

namespace KismetPS.Cli.Commands;

/// <summary>Values of options that are no plain number or text.</summary>
internal static class Parsers
{
    /// <summary>A time: seconds, <c>90s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c> or <c>hh:mm:ss</c>.</summary>
    public static TimeSpan? Duration(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (TryDuration(text, out TimeSpan value))
        {
            return value;
        }

        result.AddError($"'{text}' is no time: give seconds, or 90s, 5m, 2h, 1d, 00:01:30.");
        return null;
    }

    /// <summary>Addresses and networks, such as 192.0.2.7 and 10.0.0.0/8.</summary>
    public static IPNetwork[]? Networks(ArgumentResult result)
    {
        var networks = new List<IPNetwork>();
        foreach (Token token in result.Tokens)
        {
            if (IPNetwork.TryParse(token.Value, out IPNetwork network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(token.Value, out IPAddress? address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                result.AddError($"'{token.Value}' is neither an address nor a network such as 192.0.2.0/24.");
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

    private static bool TryDuration(string text, out TimeSpan value)
    {
        double unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        string number = unit > 0 ? text[..^1] : text;
        if (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count))
        {
            double seconds = count * (unit > 0 ? unit : 1);
            value = seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
            return true;
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value) && value >= TimeSpan.Zero && text.Contains(':', StringComparison.Ordinal);
    }
}
