namespace KismetPS.PowerShell.Completion;

/// <summary>Completes types of capture sources of 802.11 frames that Kismet servers take from afar.</summary>
public sealed class SourceTypeCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits) =>
    [
        new("pcapfile", "Never asked to set a channel; every server has it"),
        new("linuxwifi", "Shown as a Wi-Fi interface; asked to set channels, which it answers and does not do"),
    ];
}
