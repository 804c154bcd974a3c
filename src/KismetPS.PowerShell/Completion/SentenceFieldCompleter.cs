using KismetPS.Kismet;
using KismetPS.Kismet.Text;

namespace KismetPS.PowerShell.Completion;

/// <summary>Completes fields of sentences: those of the servers connected to, else of the newest release of each era.</summary>
public sealed class SentenceFieldCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits)
    {
        SentenceDefinition[] offered = [.. DeviceSessions.OfType<KismetConnection>().SelectMany(static c => c.Offered)];
        IEnumerable<SentenceDefinition> sentences = offered.Length > 0 ? offered : SentenceCatalog.Newest(TextEra.Newcore).Sentences.Concat(SentenceCatalog.Newest(TextEra.Stable).Sentences);
        return sentences.SelectMany(static s => s.Fields.Select(f => new Candidate(f, s.Name)));
    }
}
