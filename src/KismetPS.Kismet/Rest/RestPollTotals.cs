namespace KismetPS.Kismet.Rest;

/// <summary>What the polls of one link came to.</summary>
/// <param name="Count">How many there were.</param>
/// <param name="Time">From asking to the last byte taken, of all together.</param>
/// <param name="Bytes">Of their answers; a command that went in between may be among them.</param>
internal readonly record struct RestPollTotals(long Count, TimeSpan Time, long Bytes);
