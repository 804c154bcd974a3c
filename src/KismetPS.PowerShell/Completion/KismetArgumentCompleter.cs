using KismetPS.Kismet;
using KismetPS.Kismet.Text;

namespace KismetPS.PowerShell.Completion;

/// <summary>Completes arguments of commands to text servers: names of sentences they offer, and their sources.</summary>
public sealed class KismetArgumentCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits)
    {
        SentenceDefinition[] offered = [.. DeviceSessions.OfType<KismetConnection>().SelectMany(static c => c.Offered)];
        return offered.Select(static s => new Candidate(s.Name, string.Join(',', s.Fields)))
            .Concat(ConnectedSources.Now(DeviceSessions).Select(static s => new Candidate(s.Uuid, s.ToString())));
    }
}
