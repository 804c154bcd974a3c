namespace KismetPS.PowerShell.Completion;

/// <summary>Completes fields of sentences: those of the servers connected to, else of the newest release of each era.</summary>
public sealed class SentenceFieldCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits) =>
        OfferedSentences.Now(DeviceSessions).SelectMany(static s => s.Fields.Select(f => new Candidate(f, s.Name)));
}
