namespace KismetPS.Export.Reports;

/// <summary>What a report says of itself.</summary>
internal sealed record ReportOptions
{
    /// <summary>Its title, as text.</summary>
    public string Title { get; init; } = "Wireless report";

    /// <summary>When it was made.</summary>
    public DateTimeOffset Made { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>What made it.</summary>
    public string Producer { get; init; } = $"KismetPS {typeof(ReportOptions).Assembly.GetName().Version?.ToString(3)}";
}
