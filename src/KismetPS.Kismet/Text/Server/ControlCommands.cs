using System.Globalization;
using System.Text;
using KismetPS.Kismet.Connections;

namespace KismetPS.Kismet.Text.Server;

/// <summary>
/// The commands by which Kismet's clients change a server. Here they are refused unless control is allowed. What there is a means for is done: live
/// interfaces are tuned, sources of other servers are changed there, a source removed ends its session. The others are answered with why not.
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
            : name switch
            {
                "CHANLOCK" or "CHANHOP" => Card(name.ToLowerInvariant(), command, sources),
                "DELSOURCE" or "RESTARTSOURCE" or "HOPSOURCE" or "CHANSOURCE" => Source(name, command, sources),
                "PAUSE" or "RESUME" => Pause(name == "PAUSE", sources),
                _ => Refuse(Reason(name)),
            };
    }

    private static string Reason(string name) => name switch
    {
        "ADDSOURCE" => "ADDSOURCE command failed: sources are added where the server runs",
        "STRINGS" or "ADDSTRINGSFILTER" => "This server takes no strings out of frames",
        "ADDWEPKEY" or "DELWEPKEY" => NoKeys,
        "ADDNETTAG" or "DELNETTAG" or "ADDCLITAG" or "DELCLITAG" => "This server keeps no tags of clients",
        _ => "This server has no filters for all clients",
    };

    // In the words of stable's servers, since their clients show them.
    private static ControlAnswer Card(string name, Command command, IReadOnlyList<WireSource> sources)
    {
        string request = $"invalid {name} request";
        if (!command.TryReadArgument(out Word id) || !id.TryGetInt32(out int number))
        {
            return Refuse(request);
        }

        if (number < 0 || number >= sources.Count)
        {
            return Refuse($"{request}, unknown meta id");
        }

        WireSource source = sources[number];
        if (name == "chanhop")
        {
            return source.Remote is null ? Refuse($"{request}, source cannot change channel") : Order(source, new SourceChange { Hop = true });
        }

        return !source.CanLock ? Refuse($"{request}, source cannot change channel")
            : !command.TryReadArgument(out Word word) || !word.TryGetInt32(out int channel) ? Refuse(request)
            : Order(source, Lock(channel));
    }

    private static ControlAnswer Source(string name, Command command, IReadOnlyList<WireSource> sources)
    {
        string label = name == "CHANSOURCE" ? "CHANLIST" : name;
        if (!command.TryReadArgument(out Word word) || !Guid.TryParseExact(Encoding.ASCII.GetString(word.Value), "D", out Guid uuid))
        {
            return Refuse(string.Create(CultureInfo.InvariantCulture, $"Invalid UUID in {label} command"));
        }

        if (sources.FirstOrDefault(s => s.Uuid == uuid) is not { } source)
        {
            return Refuse($"Invalid UUID in {label} command, couldn't find source with UUID {uuid:D}");
        }

        return name switch
        {
            "HOPSOURCE" => Hop(command, source),
            "CHANSOURCE" => source.Remote is not null && command.TryReadArgument(out Word list) && !list.IsEmpty
                ? Order(source, new SourceChange { Channels = Encoding.ASCII.GetString(list.Value).Split(',', StringSplitOptions.RemoveEmptyEntries) })
                : Refuse($"Source {uuid:D} cannot change channel"),
            "DELSOURCE" when source.CanRemove => Order(source, null),
            _ => Refuse($"Source {uuid:D} is stopped and started where the server runs"),
        };
    }

    private static ControlAnswer Hop(Command command, WireSource source)
    {
        command.TryReadArgument(out Word mode);
        bool isLock = mode.Value.SequenceEqual("LOCK"u8);
        bool isDwell = mode.Value.SequenceEqual("DWELL"u8);
        if (!isLock && !isDwell && !mode.Value.SequenceEqual("HOP"u8))
        {
            return Refuse("Expected LOCK, HOP or DWELL");
        }

        // An interface of this machine stays where it is put: nothing here hops it.
        if (isLock ? !source.CanLock : source.Remote is null)
        {
            return Refuse($"Source {source.Uuid:D} cannot {(source.CanLock ? "hop" : "change channel")}");
        }

        int value = 0;
        if (command.TryReadArgument(out Word word) ? !word.TryGetInt32(out value) : isLock || isDwell)
        {
            return Refuse("Invalid value, expected number");
        }

        return Order(source, isLock ? Lock(value)
            : isDwell ? new SourceChange { DwellSeconds = value }
            : new SourceChange { Hop = true, HopRate = value > 0 ? value : null });
    }

    // The command is for all sources, so all must be able to: half a pause would be a lie.
    private static ControlAnswer Pause(bool pause, IReadOnlyList<WireSource> sources) => sources.Count == 0 || sources.Any(static s => s.Remote is null)
        ? Refuse("Sources cannot be paused here")
        : new ControlAnswer(
            ControlAnswerKind.Ordered,
            string.Empty,

            // A server of the text protocol pauses as a whole, one of HTTP each source.
            new SourceOrder([.. sources.DistinctBy(static s => s.Session is KismetConnection { Protocol: KismetServerProtocol.Rest } ? $"{s.Session.Id} {s.Uuid}" : $"{s.Session.Id}")], new SourceChange { Paused = pause }));

    private static SourceChange Lock(int channel) => new() { Channel = channel.ToString(CultureInfo.InvariantCulture) };

    private static ControlAnswer Order(WireSource source, SourceChange? change) => new(ControlAnswerKind.Ordered, string.Empty, new SourceOrder([source], change));

    private static ControlAnswer Refuse(string text) => new(ControlAnswerKind.Refused, text);
}
