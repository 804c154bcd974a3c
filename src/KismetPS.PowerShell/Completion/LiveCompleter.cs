using System.Collections;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Language;
using KismetPS.PowerShell.Sessions;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Completion;

/// <summary>Completes from what the engine knows now. It never throws and never waits: a user is typing.</summary>
public abstract class LiveCompleter : IArgumentCompleter
{
    // What a user can look through; also bounds the work in a full table.
    private const int Most = 200;

    // A user sees a delay of 50 ms; finding takes no longer than this, and making the list comes on top.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(35);

    private protected LiveCompleter()
    {
    }

    /// <summary>Called by PowerShell.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        try
        {
            Command = commandName ?? string.Empty;
            string word = (wordToComplete ?? string.Empty).Trim('\'', '"');
            Predicate<string> fits = Fits(word);
            return [.. Candidates(word, fits).Where(c => c.IsChosen || fits(c.Value)).DistinctBy(static c => c.Value).Take(Most).Select(Result)];
        }
#pragma warning disable CA1031 // an exception here would break the user's command line, and there is nobody to tell
        catch (Exception)
#pragma warning restore CA1031
        {
            return [];
        }
    }

    /// <summary>Name of the command whose parameter is completed.</summary>
    private protected string Command { get; private set; } = string.Empty;

    /// <summary>What could be meant; <paramref name="word"/> and whether a value begins with it may be used to look at less.</summary>
    private protected abstract IEnumerable<Candidate> Candidates(string word, Predicate<string> fits);

    /// <summary>How many objects a completer looks at.</summary>
    private protected static int Enough => 10 * Most;

    /// <summary>Sessions of this runspace that track devices.</summary>
    private protected static IEnumerable<DeviceSession> DeviceSessions => RunspaceSessions.Current.ToList().OfType<DeviceSession>();

    /// <summary>Devices of all sessions that pass, bounded.</summary>
    private protected static IEnumerable<KismetDevice> Devices(DeviceFilter filter) => DeviceSessions.SelectMany(s => s.GetDevices(filter with { First = Enough }));

    /// <summary>
    /// For a filter: passes each value that fits once, so that the objects made are as many as the values. When the time is up everything passes, so
    /// that the walk comes to its <see cref="Enough"/> and ends; what does not fit is left out afterwards.
    /// </summary>
    private protected static Predicate<string> Once(Predicate<string> fits)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        long begin = Stopwatch.GetTimestamp();
        return value => Stopwatch.GetElapsedTime(begin) > s_patience || (fits(value) && seen.Add(value));
    }

    // What is typed may be the beginning of a name, also of one with brackets or one that was completed before and is escaped, or a pattern.
    private static Predicate<string> Fits(string word)
    {
        string plain = WildcardPattern.Unescape(word);
        Predicate<string>? matches = Wildcards.TryMatch(word);
        return value => value.StartsWith(word, StringComparison.OrdinalIgnoreCase) || value.StartsWith(plain, StringComparison.OrdinalIgnoreCase) || matches?.Invoke(value) == true;
    }

    private static CompletionResult Result(Candidate candidate)
    {
        string text = candidate.IsPattern ? WildcardPattern.Escape(candidate.Value) : candidate.Value;
        bool bare = text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is ':' or '_' or '.' or '-') && text[0] is not ('-' or ':' or '.');
        return new CompletionResult(
            bare ? text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'",
            candidate.Value,
            CompletionResultType.ParameterValue,
            string.IsNullOrEmpty(candidate.ToolTip) ? candidate.Value : candidate.ToolTip);
    }

    /// <summary>A value, what it is, whether its parameter takes wildcards, and whether it fits the word though it does not begin with it.</summary>
    private protected readonly record struct Candidate(string Value, string? ToolTip, bool IsPattern = false, bool IsChosen = false);
}
