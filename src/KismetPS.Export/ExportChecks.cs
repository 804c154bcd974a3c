using KismetPS.Capture;
using KismetPS.Export.Messages;

namespace KismetPS.Export;

/// <summary>Options that do not go together.</summary>
internal static class ExportChecks
{
    /// <summary>Throws ArgumentInvalid.</summary>
    public static void Check(ExportOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Host))
        {
            throw Invalid("There is no host to send to.", "Name one.");
        }

        if (options.Port is < 1 or > 65535)
        {
            throw Invalid($"{options.Port} is no port.", "Ports go from 1 to 65535.");
        }

        if (options.UpdateRate <= TimeSpan.Zero)
        {
            throw Invalid("The update rate must be above zero.", "It is the time between two looks at the sessions.");
        }

        bool lines = MessageEncoders.FramingOf(options.Format) == MessageFraming.LineFeed;
        if (options.Token is not null && (options.Protocol == KismetExportProtocol.Udp || !lines))
        {
            throw Invalid("A token goes with Json, Csv and Simple over TCP or TLS.", "Use a client certificate, or leave the token out.");
        }

        if (options.Protocol != KismetExportProtocol.Tls && (options.Certificate is not null || options.SkipCertificateCheck))
        {
            throw Invalid("Certificates are of TLS only.", "Use the protocol Tls.");
        }

        if (options.Protocol == KismetExportProtocol.Udp && options.BatchSize > 1 && !lines)
        {
            throw Invalid($"A datagram holds one {options.Format} message.", "Leave the batch size out.");
        }
    }

    /// <summary>What is worth a warning before anything is sent; null: nothing.</summary>
    public static string? Warning(ExportOptions options) => options.Token is not null && options.Protocol == KismetExportProtocol.Tcp
        ? "The token goes over the network in clear text; the protocol Tls protects it."
        : null;

    private static KismetException Invalid(string message, string advice) => new(KismetErrorId.ArgumentInvalid, message, advice);
}
