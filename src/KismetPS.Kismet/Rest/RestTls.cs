using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using KismetPS.Kismet.Connections;

namespace KismetPS.Kismet.Rest;

/// <summary>Which certificates of a server, or of the proxy before it, are taken; and why the last one was not.</summary>
internal sealed class RestTls(KismetConnectionOptions options)
{
    private CertificateRefusal? _rejected;

    /// <summary>Why the last certificate was not taken, once; null where it was.</summary>
    public CertificateRefusal? Rejected => Interlocked.Exchange(ref _rejected, null);

    /// <summary>Authorities to trust instead of the system's; null: the system's.</summary>
    public X509ChainPolicy? ChainPolicy { get; } = PolicyOf(options.TrustedRoots);

    /// <summary>The decision over one certificate.</summary>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None || options.SkipCertificateCheck)
        {
            return true;
        }

        _rejected = Why(certificate as X509Certificate2, chain, errors);
        return false;
    }

    private static X509ChainPolicy? PolicyOf(X509Certificate2Collection? roots)
    {
        if (roots is null)
        {
            return null;
        }

        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    private static CertificateRefusal Why(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return new CertificateRefusal(false, "it showed none");
        }

        DateTime now = DateTime.Now;
        if (now < certificate.NotBefore || now > certificate.NotAfter)
        {
            return new CertificateRefusal(true, string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"it is valid from {certificate.NotBefore.ToUniversalTime():u} to {certificate.NotAfter.ToUniversalTime():u} only"));
        }

        return new CertificateRefusal(false, (errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0
            ? $"it is for {Wireless.SsidText.ToDisplay(System.Text.Encoding.UTF8.GetBytes(certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)))}"
            : "its authority is not trusted: " + string.Join(' ', chain?.ChainStatus.Select(static s => s.StatusInformation.Trim()) ?? []));
    }
}
