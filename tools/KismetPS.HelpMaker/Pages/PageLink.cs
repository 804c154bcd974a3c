namespace KismetPS.HelpMaker.Pages;

/// <summary>A related link.</summary>
internal sealed record PageLink(string Text, string Uri);
