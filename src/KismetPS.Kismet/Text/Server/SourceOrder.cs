using KismetPS.Kismet.Connections;

namespace KismetPS.Kismet.Text.Server;

/// <summary>What a client that may wants of capture sources.</summary>
/// <param name="Sources">Which; at least one.</param>
/// <param name="Change">What to change; null: the sources are to be removed.</param>
internal sealed record SourceOrder(IReadOnlyList<WireSource> Sources, SourceChange? Change);
