using System.Globalization;
using KismetPS.PowerShell.Sessions;

namespace KismetPS.PowerShell.Completion;

/// <summary>Completes numbers of sessions.</summary>
public sealed class SessionIdCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits) =>
        RunspaceSessions.Current.ToList().Select(static s => new Candidate(s.Id.ToString(CultureInfo.InvariantCulture), $"{s.Name} {s.EndPoint}, {s.State}"));
}
