namespace KismetPS.HelpMaker.Pages;

/// <summary>A parameter set as the SYNTAX section shows it.</summary>
internal sealed record PageSyntax(string Set, bool IsDefault, IReadOnlyList<PageSyntaxParameter> Parameters);
