using KismetPS.Export.Messages;

namespace KismetPS.PowerShell.Completion;

/// <summary>Completes names of fields that messages about devices can have.</summary>
public sealed class MessageFieldCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits) =>
        MessageEncoders.FieldNames.Select(static name => new Candidate(name, name));
}
