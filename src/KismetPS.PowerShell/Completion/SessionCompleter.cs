using KismetPS.PowerShell.Sessions;

namespace KismetPS.PowerShell.Completion;

/// <summary>Completes names of sessions.</summary>
public sealed class SessionCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits) =>
        RunspaceSessions.Current.ToList().Select(static s => new Candidate(s.Name, $"{s.Kind} {s.EndPoint}, {s.State}", IsPattern: true));
}
