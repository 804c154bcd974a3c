using KismetPS.Tracking;

namespace KismetPS.Export.Messages;

/// <summary>One message to be.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Device">The device, of Device and Expired.</param>
/// <param name="Alert">The alert, of Alert.</param>
/// <param name="Sequence">Number of the message in its stream, from 1, over all kinds, without gaps.</param>
/// <param name="StreamId">Names the count: up to 36 ASCII letters, digits and dashes. A receiver that sees another one begins anew.</param>
/// <param name="Time">When the message was made (UTC).</param>
internal readonly record struct ExportRecord(ExportRecordKind Kind, KismetDevice? Device, KismetAlert? Alert, long Sequence, string StreamId, DateTimeOffset Time);
