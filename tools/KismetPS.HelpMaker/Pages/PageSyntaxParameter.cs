namespace KismetPS.HelpMaker.Pages;

/// <summary>A parameter of a syntax line; type is null for a switch, position null for a named one.</summary>
internal sealed record PageSyntaxParameter(string Name, string? Type, int? Position, bool IsMandatory);
