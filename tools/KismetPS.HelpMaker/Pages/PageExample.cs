namespace KismetPS.HelpMaker.Pages;

/// <summary>An example: its title, and its text with the code blocks in it.</summary>
internal sealed record PageExample(string Title, string Text);
