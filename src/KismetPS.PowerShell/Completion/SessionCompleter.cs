namespace KismetPS.PowerShell.Completion;

/// <summary>Completes names of the sessions that a command takes.</summary>
public sealed class SessionCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits) =>
        SessionOffer.For(Command).Select(static s => new Candidate(s.Name, $"{s.Kind} {s.EndPoint}, {s.State}", IsPattern: true));
}
