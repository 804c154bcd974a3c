namespace KismetPS.HelpMaker.Pages;

/// <summary>The page of a command. Texts are markdown as written, lines joined by a line feed.</summary>
internal sealed record CommandPage
{
    public required string Name { get; init; }

    public required string Module { get; init; }

    /// <summary>Address of the page online; empty where there is none.</summary>
    public required string HelpUri { get; init; }

    public required string Synopsis { get; init; }

    public required string Description { get; init; }

    public required string Notes { get; init; }

    public required IReadOnlyList<PageSyntax> Syntax { get; init; }

    public required IReadOnlyList<PageExample> Examples { get; init; }

    public required IReadOnlyList<PageParameter> Parameters { get; init; }

    public required IReadOnlyList<PageType> Inputs { get; init; }

    public required IReadOnlyList<PageType> Outputs { get; init; }

    public required IReadOnlyList<PageLink> Links { get; init; }
}
