namespace KismetPS.Kismet.Text.Server;

/// <summary>What becomes of a command that is neither CAPABILITY, ENABLE nor REMOVE.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Text">The error to answer with.</param>
/// <param name="Order">What to do with sources.</param>
internal readonly record struct ControlAnswer(ControlAnswerKind Kind, string Text, SourceOrder? Order = null);
