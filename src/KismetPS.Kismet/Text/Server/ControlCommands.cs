using System.Globalization;
using System.Text;

namespace KismetPS.Kismet.Text.Server;

/// <summary>
/// The commands by which Kismet's clients change a server. Here they are refused unless control is allowed, and those that this server has no means
/// for say so: its sources are sensors and files, which do not hop at a client's word.
/// </summary>
internal static class ControlCommands
{
    private const string NotAllowed = "Control is not allowed on this server";
    private const string NoKeys = "Server has no WEP keys";

    private static readonly string[] Stable = ["CHANLOCK", "CHANHOP", "PAUSE", "RESUME", "ADDWEPKEY", "DELWEPKEY"];

    private static readonly string[] Newcore =
    [
        "SHUTDOWN", "ADDSOURCE", "DELSOURCE", "RESTARTSOURCE", "HOPSOURCE", "CHANSOURCE", "ADDNETTAG", "DELNETTAG", "ADDCLITAG", "DELCLITAG",
        "ADDTRACKERFILTER", "ADDNETCLIFILTER", "ADDSTRINGSFILTER", "STRINGS", "ADDWEPKEY", "DELWEPKEY",
    ];

    /// <summary>Judges a command.</summary>
    public static ControlAnswer Judge(Command command, TextEra era, TextHubOptions options, IReadOnlyList<WireSource> sources)
    {
        if (command.Is("LISTWEPKEYS"u8))
        {
            return Refuse(NoKeys);
        }

        string? name = null;
        foreach (string candidate in era == TextEra.Stable ? Stable : Newcore)
        {
            if (command.Is(Encoding.ASCII.GetBytes(candidate)))
            {
                name = candidate;
                break;
            }
        }

        return name is null ? new ControlAnswer(ControlAnswerKind.Unknown, string.Empty)
            : !options.AllowControl ? Refuse(NotAllowed)
            : name == "SHUTDOWN" ? options.Shutdown is null ? Refuse("This server cannot be shut down by its clients") : new ControlAnswer(ControlAnswerKind.Shutdown, string.Empty)
            : Refuse(Reason(name, command, sources));
    }

    private static string Reason(string name, Command command, IReadOnlyList<WireSource> sources) => name switch
    {
        "CHANLOCK" or "CHANHOP" => Card(name.ToLowerInvariant(), command, sources),
        "DELSOURCE" or "RESTARTSOURCE" or "HOPSOURCE" or "CHANSOURCE" => Source(name, command, sources),
        "PAUSE" or "RESUME" => "Sources cannot be paused here",
        "ADDSOURCE" => "ADDSOURCE command failed: sources are added where the server runs",
        "STRINGS" or "ADDSTRINGSFILTER" => "This server takes no strings out of frames",
        "ADDWEPKEY" or "DELWEPKEY" => NoKeys,
        "ADDNETTAG" or "DELNETTAG" or "ADDCLITAG" or "DELCLITAG" => "This server keeps no tags of clients",
        _ => "This server has no filters for all clients",
    };

    // In the words of stable's servers, since their clients show them.
    private static string Card(string name, Command command, IReadOnlyList<WireSource> sources)
    {
        string request = $"invalid {name} request";
        if (!command.TryReadArgument(out Word id) || !id.TryGetInt32(out int number))
        {
            return request;
        }

        return number < 0 || number >= sources.Count ? $"{request}, unknown meta id" : $"{request}, source cannot change channel";
    }

    private static string Source(string name, Command command, IReadOnlyList<WireSource> sources)
    {
        string label = name == "CHANSOURCE" ? "CHANLIST" : name;
        if (!command.TryReadArgument(out Word word) || !Guid.TryParseExact(Encoding.ASCII.GetString(word.Value), "D", out Guid uuid))
        {
            return string.Create(CultureInfo.InvariantCulture, $"Invalid UUID in {label} command");
        }

        if (!sources.Any(s => s.Uuid == uuid))
        {
            return $"Invalid UUID in {label} command, couldn't find source with UUID {uuid:D}";
        }

        if (name == "HOPSOURCE" && (!command.TryReadArgument(out Word mode) || !(mode.Value.SequenceEqual("LOCK"u8) || mode.Value.SequenceEqual("HOP"u8) || mode.Value.SequenceEqual("DWELL"u8))))
        {
            return "Expected LOCK, HOP or DWELL";
        }

        return name switch
        {
            "HOPSOURCE" or "CHANSOURCE" => $"Source {uuid:D} cannot change channel",
            _ => $"Source {uuid:D} is stopped and started where the server runs",
        };
    }

    private static ControlAnswer Refuse(string text) => new(ControlAnswerKind.Refused, text);
}
