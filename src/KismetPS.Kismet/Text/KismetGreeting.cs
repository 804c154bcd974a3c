namespace KismetPS.Kismet.Text;

/// <summary>What a server says of itself in its first sentence.</summary>
/// <param name="Era">Told by the form: six words in stable, five in newcore, whose fourth is quoted.</param>
/// <param name="ServerName">The name its owner gave it, octal escapes as they came.</param>
/// <param name="StartedUtc">When it started; null when it gives no time.</param>
/// <param name="Release">The release, such as 2005.08.R1; newcore never tells it.</param>
/// <param name="DumpFiles">Newcore: the types of logs it writes, with commas; empty when none.</param>
/// <param name="UserId">Newcore: the user it runs as; 0 is root.</param>
public sealed record KismetGreeting(TextEra Era, string ServerName, DateTimeOffset? StartedUtc, string? Release, string? DumpFiles, int? UserId);
