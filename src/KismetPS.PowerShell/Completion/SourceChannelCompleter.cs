using System.Globalization;

namespace KismetPS.PowerShell.Completion;

/// <summary>Completes channels that capture sources of the servers connected to hop over or stay on.</summary>
public sealed class SourceChannelCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits) => ConnectedSources.Now(DeviceSessions)
        .SelectMany(static s => s.Channels.Append(s.Channel ?? string.Empty).Select(c => (Text: c.Split(':')[0], Source: s)))
        .Where(static c => int.TryParse(c.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0)
        .OrderBy(static c => int.Parse(c.Text, CultureInfo.InvariantCulture))
        .Select(static c => new Candidate(c.Text, $"Channel of {c.Source}"));
}
