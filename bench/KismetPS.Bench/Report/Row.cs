namespace KismetPS.Bench.Report;

/// <summary>One line of the table: what was measured, ours, the aim, and the peer beside it.</summary>
internal sealed record Row
{
    public required string What { get; init; }

    /// <summary>Our figure with its unit.</summary>
    public required string Ours { get; init; }

    /// <summary>What it should be, and whether it is; empty where it only tells.</summary>
    public string Aim { get; init; } = "";

    public bool? Reached { get; init; }

    public string Peer { get; init; } = "";

    public string Theirs { get; init; } = "";

    /// <summary>How we stand to the peer.</summary>
    public string Ratio { get; init; } = "";

    /// <summary>Spread of our runs and of the peer's.</summary>
    public string Noise { get; init; } = "";
}
