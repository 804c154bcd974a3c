namespace KismetPS.PowerShell.Completion;

/// <summary>Completes replay speeds.</summary>
public sealed class SpeedCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits) =>
    [
        new("Max", "As fast as it goes"),
        new("RealTime", "In the time of the recording"),
        new("x2", "Twice as fast as recorded"),
        new("x10", "Ten times as fast as recorded"),
    ];
}
