namespace KismetPS.Kismet.Text.Server;

/// <summary>Whole lines, made once and shared by all who get them; nobody changes them.</summary>
/// <param name="Parts">The bytes, in pieces that may end within a line.</param>
/// <param name="Length">Bytes in all.</param>
/// <param name="Lines">Lines in all.</param>
internal sealed record OutputBatch(ReadOnlyMemory<byte>[] Parts, int Length, int Lines);
