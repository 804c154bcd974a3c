namespace KismetPS.PowerShell.Completion;

/// <summary>Completes channels of the sources of the servers connected to, by the names these have for them.</summary>
public sealed class SourceChannelNameCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits) => ConnectedSources.Now(DeviceSessions)
        .SelectMany(static s => s.Channels.Append(s.Channel ?? string.Empty).Select(c => (Text: c.Split(':')[0], Source: s)))
        .Where(static c => c.Text.Length > 0)
        .Select(static c => new Candidate(c.Text, $"Channel of {c.Source}"));
}
