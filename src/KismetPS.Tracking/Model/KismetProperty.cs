namespace KismetPS.Tracking;

/// <summary>Something a remote server told that has no property of its own.</summary>
public sealed class KismetProperty
{
    /// <summary>The server's name for it, such as <c>bluetooth.device.txpower</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its value as text: numbers with a point, lists in brackets.</summary>
    public required string Value { get; init; }

    /// <summary><c>Name=Value</c>.</summary>
    public override string ToString() => $"{Name}={Value}";
}
