using System.Globalization;

namespace KismetPS.Bench.Experiments;

/// <summary>What the words behind bench/run ask for.</summary>
internal sealed record Options
{
    /// <summary>How often each measurement is taken; the median counts.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Seconds of one measurement.</summary>
    public double Seconds { get; init; } = 2;

    /// <summary>Devices of the growth corpus and of the memory measurement.</summary>
    public int Devices { get; init; } = 100_000;

    /// <summary>Datagrams a second on loopback.</summary>
    public double Rate { get; init; } = 250_000;

    /// <summary>Path of PacketDotNet's assembly, null: it is not measured.</summary>
    public string? PacketDotNet { get; init; }

    /// <summary>Reads pairs of name and number; false with what is wrong.</summary>
    public static bool TryParse(ReadOnlySpan<string> words, out Options options, out string error)
    {
        options = new Options();
        error = "";
        for (int i = 0; i < words.Length; i += 2)
        {
            if (words[i] == "--packetdotnet" && i + 1 < words.Length)
            {
                options = options with { PacketDotNet = words[i + 1] };
                continue;
            }

            if (i + 1 == words.Length || !double.TryParse(words[i + 1], CultureInfo.InvariantCulture, out double number) || number <= 0)
            {
                error = $"'{words[i]}' wants a number behind it.";
                return false;
            }

            switch (words[i])
            {
                case "--rounds":
                    options = options with { Rounds = (int)Math.Max(1, number) };
                    break;
                case "--seconds":
                    options = options with { Seconds = number };
                    break;
                case "--devices":
                    options = options with { Devices = (int)number };
                    break;
                case "--rate":
                    options = options with { Rate = number };
                    break;
                default:
                    error = $"'{words[i]}' is no option; there are --rounds, --seconds, --devices, --rate and --packetdotnet.";
                    return false;
            }
        }

        return true;
    }
}
