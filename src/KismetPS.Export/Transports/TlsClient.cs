using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using KismetPS.Capture;

namespace KismetPS.Export.Transports;

/// <summary>The client's side of a TLS handshake, with reasons a user understands.</summary>
internal static class TlsClient
{
    /// <summary>Authenticates over a stream. Throws <see cref="KismetException"/>.</summary>
    public static SslStream Open(Stream inner, ExportOptions options, string target, CancellationToken stop)
    {
        KismetException? rejected = null;
        var ssl = new SslStream(inner, leaveInnerStreamOpen: true);
        var settings = new SslClientAuthenticationOptions
        {
            TargetHost = options.Host,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                if (errors == SslPolicyErrors.None || options.SkipCertificateCheck)
                {
                    return true;
                }

                rejected = Rejected(target, certificate as X509Certificate2, chain, errors);
                return false;
            },
        };
        if (options.Certificate is not null)
        {
            settings.ClientCertificates = [options.Certificate];
        }

        if (options.TrustedRoots is not null)
        {
            settings.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            settings.CertificateChainPolicy.CustomTrustStore.AddRange(options.TrustedRoots);
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(options.ConnectTimeout);
            ssl.AuthenticateAsClientAsync(settings, limit.Token).GetAwaiter().GetResult();
            return ssl;
        }
#pragma warning disable CA1031 // whatever the handshake fails with becomes a reason
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            ssl.Dispose();
            throw rejected ?? (e is OperationCanceledException
                ? ConnectionFailure.NoAnswer(target, e)
                : ConnectionFailure.From(target, e));
        }
    }

    private static KismetException Rejected(string target, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return new KismetException(KismetErrorId.TlsFailure, $"{target} showed no certificate.", "Check the receiver's TLS settings.");
        }

        DateTime now = DateTime.Now;
        if (now < certificate.NotBefore || now > certificate.NotAfter)
        {
            return new KismetException(
                KismetErrorId.CertificateExpired,
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"The certificate of {target} is valid from {certificate.NotBefore.ToUniversalTime():u} to {certificate.NotAfter.ToUniversalTime():u} only."),
                "Renew it, or check the clocks.");
        }

        string why = (errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0
            ? $"it is for {certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)}"
            : string.Join(' ', chain?.ChainStatus.Select(static s => s.StatusInformation.Trim()) ?? []);
        return new KismetException(
            KismetErrorId.TlsFailure, $"The certificate of {target} is not accepted: {why}", "Trust its authority, use the name in it, or skip the check where you know the receiver.");
    }
}
