namespace KismetPS.HelpMaker.Pages;

/// <summary>A type that goes in or comes out.</summary>
internal sealed record PageType(string Name, string Description);
