using KismetPS.Tracking;

namespace KismetPS.Export.Receive;

/// <summary>One message as it was read.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Device">The device, of Device and Expired.</param>
/// <param name="Sequence">Number in its stream, from 1; 0: it has none.</param>
/// <param name="Stream">Name of the count; null: none.</param>
/// <param name="Token">The token, of Hello.</param>
internal readonly record struct ReceivedMessage(ReceivedKind Kind, KismetDevice? Device = null, long Sequence = 0, string? Stream = null, string? Token = null);
