using System.Globalization;

namespace KismetPS.PowerShell.Completion;

/// <summary>Completes numbers of the sessions that a command takes.</summary>
public sealed class SessionIdCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits) =>
        SessionOffer.For(Command).Select(static s => new Candidate(s.Id.ToString(CultureInfo.InvariantCulture), $"{s.Name} {s.EndPoint}, {s.State}"));
}
