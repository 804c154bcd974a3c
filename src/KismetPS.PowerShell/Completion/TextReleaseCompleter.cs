using KismetPS.Kismet.Text;

namespace KismetPS.PowerShell.Completion;

/// <summary>Completes releases of Kismet with the text protocol, newest first.</summary>
public sealed class TextReleaseCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits) =>
        SentenceCatalog.Releases.Reverse().Select(static r => new Candidate(r.Release, $"{r.Era}, {r.Sentences.Count} sentences"));
}
