namespace KismetPS.Kismet.Text.Server;

/// <summary>What a tick tells besides devices.</summary>
/// <param name="Now">When it is.</param>
/// <param name="Totals">For INFO.</param>
/// <param name="Sources">For SOURCE and CARD.</param>
/// <param name="Channels">For CHANNEL; null in a tick that has none.</param>
internal readonly record struct WireTick(DateTimeOffset Now, WireTotals Totals, IReadOnlyList<WireSource> Sources, IReadOnlyCollection<WireChannel>? Channels);
