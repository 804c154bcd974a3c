using KismetPS.Kismet;

namespace KismetPS.PowerShell.Completion;

/// <summary>Completes capture sources of the servers connected to, by name or UUID.</summary>
public sealed class SourceCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits) => ConnectedSources.Now(DeviceSessions)
        .SelectMany(static s => new[] { s.Name, s.Interface, s.Uuid }
            .Where(static n => !string.IsNullOrEmpty(n))
            .Select(n => new Candidate(n!, $"{s} {s.Type}, channel {s.Channel ?? "unknown"}", IsPattern: true)));
}
