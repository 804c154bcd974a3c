namespace KismetPS.HelpMaker.Pages;

/// <summary>What is wrong in a page, as <c>file(line): error: what</c>, the form that editors and build logs link.</summary>
internal sealed class PageException(string file, int line, string what) : Exception($"{file}({line}): error: {what}");
