using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using KismetPS.Capture;

namespace KismetPS.Kismet.Rest;

/// <summary>What went wrong with a request, as a failure that says what to do.</summary>
internal sealed class RestFailure(Uri server, RestCredential credential)
{
    private string Name => $"{server.Host}:{server.Port}";

    /// <summary>Of an exception of the network or of TLS.</summary>
    public KismetException Of(Exception e)
    {
        // The inner ones say more: "The SSL connection could not be established, see inner exception."
        for (Exception? at = e; at is not null; at = at.InnerException)
        {
            if (at is AuthenticationException)
            {
                return Tls(at);
            }

            if (at is SocketException socket)
            {
                return Of(socket);
            }
        }

        HttpRequestError error = e is HttpRequestException request ? request.HttpRequestError : HttpRequestError.Unknown;
        return error switch
        {
            HttpRequestError.SecureConnectionError => Tls(e),
            HttpRequestError.InvalidResponse => new KismetException(
                KismetErrorId.ServerUnknown,
                $"{Name} does not answer in HTTP.",
                "Check the port; a server behind TLS needs -UseTls, one of before 2018 -Protocol Text.",
                e),
            _ => Closed(e),
        };
    }

    /// <summary>No answer in time.</summary>
    public KismetException Timeout(TimeSpan time) => new(
        KismetErrorId.ConnectionTimeout,
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name} did not answer for {time.TotalSeconds:0.#} s."),
        "Check address, port and firewall. A server that is asked for full records by another program may stand still for half a minute: -Timeout gives it more time.");

    /// <summary>A certificate that was not taken.</summary>
    public KismetException Certificate(CertificateRefusal refusal, Exception e) => new(
        refusal.Expired ? KismetErrorId.CertificateExpired : KismetErrorId.TlsFailure,
        $"The certificate of {Name} is not accepted: {refusal.Why}.",
        refusal.Expired ? "Renew it, or check the clocks." : "Trust its authority, use the name in it, or take any with -SkipCertificateCheck where you know the server.",
        e);

    /// <summary>The session ended before the answer.</summary>
    public KismetException Ended(Exception e) => new(
        KismetErrorId.ConnectionLost, $"The session with {Name} has ended.", "Connect again with Connect-KismetServer.", e);

    /// <summary>More than can be taken.</summary>
    public KismetException TooLong(long bytes) => new(
        KismetErrorId.AnswerInvalid,
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The answer of {Name} is longer than {bytes} bytes."),
        "Ask for less: name fields, a page or a time. Endpoints that never end, such as packet captures, cannot be asked for here.");

    /// <summary>An answer that is no JSON, or no whole one.</summary>
    public KismetException Invalid(JsonAnswerStatus status, string path, string outside) => status switch
    {
        JsonAnswerStatus.Html => Html(path),
        JsonAnswerStatus.Text when outside.Contains("ERROR", StringComparison.Ordinal) => new KismetException(
            KismetErrorId.ServerFailure,
            $"{Name} failed in the middle of its answer to {path}: {credential.Scrub(outside[outside.IndexOf("ERROR", StringComparison.Ordinal)..])}",
            "The messages of the server say more."),
        JsonAnswerStatus.Text => new KismetException(
            KismetErrorId.AnswerInvalid,
            $"The answer of {Name} to {path} is no JSON: {credential.Scrub(outside)}",
            "Check that the address is that of a Kismet server and not of another program."),
        _ => new KismetException(
            KismetErrorId.AnswerInvalid,
            $"The answer of {Name} to {path} ends too early.",
            "A proxy before the server may limit size or time of answers."),
    };

    /// <summary>A web page where JSON was asked for.</summary>
    public KismetException Html(string path) => new(
        KismetErrorId.AnswerInvalid,
        $"{Name} answers {path} with a web page instead of JSON.",
        "A proxy's login page, or a base path that is wrong: give the address of Kismet itself with -Uri.");

    /// <summary>The server does not know the caller.</summary>
    public KismetException NotKnown() => !credential.IsGiven
        ? new KismetException(KismetErrorId.AuthenticationFailed, $"{Name} wants a login.", "Give -Credential, or -ApiKey with a key made in the server's web page or with auth/apikey/generate.cmd.")
        : new KismetException(
            KismetErrorId.AuthenticationFailed,
            $"{Name} does not accept the {(credential.IsKey ? "API key" : "user and password")}.",
            credential.IsKey ? "Check the key; it may have been revoked." : "Check user and password: those of kismet_httpd.conf in the .kismet folder of the server's user, or of its global configuration.");

    /// <summary>The server knows the caller, but not as one who may do that.</summary>
    public KismetException NoRole(string path) => new(
        KismetErrorId.RoleMissing,
        $"The {(credential.IsKey ? "API key" : "user")} may not use {path} of {Name}.",
        "Reading needs a key of role readonly or admin, commands and sources need admin.");

    /// <summary>An answer of another status.</summary>
    public KismetException Of(RestAnswer answer, string path, bool command)
    {
        int status = (int)answer.Status;
        string words = answer.IsHtml || answer.Body.Length == 0 ? $"HTTP {status}" : $"{credential.Scrub(answer.Text)} (HTTP {status})";
        return answer.Status switch
        {
            >= (HttpStatusCode)300 and < (HttpStatusCode)400 => new KismetException(
                KismetErrorId.ServerRedirect,
                $"{Name} sends on to {credential.Scrub(answer.Location?.GetLeftPart(UriPartial.Path) ?? "nowhere")}.",
                "Redirects are not followed, since keys would be sent after them: give that address with -Uri if it is the server's."),
            HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => command
                ? new KismetException(KismetErrorId.CommandNotSupported, $"{Name} has no {path}.", "Check the path; releases differ in what they have.")
                : new KismetException(KismetErrorId.ServerUnknown, $"{Name} has no {path}.", "Check that it is a Kismet server, and its base path behind a proxy (-Uri)."),
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.ProxyAuthenticationRequired => new KismetException(
                KismetErrorId.ServerFailure,
                $"A proxy before {Name} answers for the server: HTTP {status}.",
                "Check that Kismet runs behind it."),
            _ when command => new KismetException(KismetErrorId.CommandRefused, $"{Name} refuses {path}: {words}", "The server's words say why; Get-KismetServerInfo shows whether it is well."),
            _ => new KismetException(KismetErrorId.ServerFailure, $"{Name} cannot answer {path}: {words}", "The messages of the server say more."),
        };
    }

    private KismetException Closed(Exception e) => new(
        KismetErrorId.NetworkFailure,
        $"{Name} closed the connection in the middle of an answer, or before it.",
        "The server closes it over a body of more than 100,000 bytes and when it ends; a proxy when the server behind it is away.",
        e);

    private KismetException Tls(Exception e) => new(
        KismetErrorId.TlsFailure,
        $"TLS with {Name} failed: {credential.Scrub(e.Message)}",
        "Kismet itself speaks no TLS, a proxy before it does: leave -UseTls out, or trust its certificate, or take any with -SkipCertificateCheck.",
        e);

    private KismetException Of(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => new KismetException(KismetErrorId.HostNotFound, $"There is no host {server.Host}.", "Check the name.", e),
        SocketError.ConnectionRefused => new KismetException(KismetErrorId.ConnectionRefused, $"Nothing listens at {Name}.", "Check that the server runs, and address and port.", e),
        SocketError.TimedOut => new KismetException(KismetErrorId.ConnectionTimeout, $"{Name} did not answer in time.", "Check address, port and firewall.", e),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => Closed(e),
        _ => new KismetException(KismetErrorId.NetworkFailure, $"{Name}: {e.Message}", "Check network and server.", e),
    };
}
