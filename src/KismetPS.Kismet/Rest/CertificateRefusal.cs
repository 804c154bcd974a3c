namespace KismetPS.Kismet.Rest;

/// <summary>Why a certificate was not taken.</summary>
/// <param name="Expired">Whether its time is over, or has not come.</param>
/// <param name="Why">The end of a sentence.</param>
internal sealed record CertificateRefusal(bool Expired, string Why);
