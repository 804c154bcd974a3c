namespace KismetPS.HelpMaker.Pages;

/// <summary>A parameter with its facts.</summary>
internal sealed record PageParameter
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    public required string Type { get; init; }

    public required string DefaultValue { get; init; }

    public required bool SupportsWildcards { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    public required IReadOnlyList<string> AcceptedValues { get; init; }

    public required IReadOnlyList<PageParameterSet> Sets { get; init; }

    public bool IsSwitch => Type is "System.Management.Automation.SwitchParameter";
}
