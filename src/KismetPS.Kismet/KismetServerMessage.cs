namespace KismetPS.Kismet;

/// <summary>Something a Kismet server said to all its clients.</summary>
public sealed class KismetServerMessage
{
    /// <summary>When it came (UTC).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Its words.</summary>
    public required string Text { get; init; }

    /// <summary>Whether the server calls it an error.</summary>
    public bool IsError { get; init; }

    /// <summary>Its words.</summary>
    public override string ToString() => Text;
}
