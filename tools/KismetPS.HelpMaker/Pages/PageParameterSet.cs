namespace KismetPS.HelpMaker.Pages;

/// <summary>What a parameter is in one parameter set; position is a number or <c>Named</c>.</summary>
internal sealed record PageParameterSet(string Name, string Position, bool IsRequired, bool ByValue, bool ByPropertyName, bool FromRemainingArguments);
