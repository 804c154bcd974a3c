using KismetPS.Capture.Live;

namespace KismetPS.PowerShell.Completion;

/// <summary>Completes names of capture interfaces.</summary>
public sealed class InterfaceCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits) =>
        PcapLibrary.GetInterfaces().Select(static i => new Candidate(i.Name, i.Description));
}
