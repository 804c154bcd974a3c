namespace KismetPS.Kismet.Rest;

/// <summary>Takes one record of an answer; the bytes are gone afterwards.</summary>
internal delegate void RecordHandler(ReadOnlySpan<byte> record);
