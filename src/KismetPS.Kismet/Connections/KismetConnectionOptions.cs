using System.Net;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using KismetPS.Capture;

namespace KismetPS.Kismet.Connections;

/// <summary>Where to connect to and how.</summary>
internal sealed record KismetConnectionOptions
{
    /// <summary>Port of a Kismet server, old and new.</summary>
    public const int DefaultPort = 2501;

    /// <summary>Longest time for one attempt to connect.</summary>
    public static readonly TimeSpan MaxConnectTimeout = TimeSpan.FromHours(1);

    /// <summary>Host name or address.</summary>
    public string ComputerName { get; init; } = "localhost";

    /// <summary>TCP port.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Base address of an HTTP server behind a proxy; null: made of host and port.</summary>
    public Uri? Uri { get; init; }

    /// <summary>An address as it may be shown: whoever writes a password or key into one does not want to read it.</summary>
    public static string Shown(Uri uri) => uri.IsAbsoluteUri ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "a relative address";

    /// <summary>What to speak; Auto finds out.</summary>
    public KismetServerProtocol Protocol { get; init; }

    /// <summary>User and password of an HTTP server.</summary>
    public NetworkCredential? Credential { get; init; }

    /// <summary>API key of an HTTP server.</summary>
    public SecureString? ApiKey { get; init; }

    /// <summary>Whether the login is there for the servers that want one, and says nothing of this one.</summary>
    public bool LoginIsOptional { get; init; }

    /// <summary>Whether there is a key or a user.</summary>
    public bool HasLogin => ApiKey is not null || Credential is not null;

    /// <summary>Whether an HTTP server is told the login over a network that others may read.</summary>
    public bool IsLoginInClear => HasLogin && (Uri is { IsAbsoluteUri: true } uri ? uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback : Uri is null && !UseTls && !IsLoopback(ComputerName));

    /// <summary>TLS from the first byte.</summary>
    public bool UseTls { get; init; }

    /// <summary>Takes any certificate.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>Trusts certificates of these authorities only; null: those of the system.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>False: the session ends with its first connection.</summary>
    public bool Reconnect { get; init; } = true;

    /// <summary>Time for one attempt to connect, greeting included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time without a byte after which a connection is dead. A text server sends TIME each second; its own client gives up after ten.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time for which a session waits at its start for what the server knows; the rest comes in the background.</summary>
    public TimeSpan FirstLook { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Time between polls of an HTTP server.</summary>
    public TimeSpan UpdateInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Most devices; the rest as in a capture.</summary>
    public int MaxDevices { get; init; } = 250_000;

    /// <summary>Time without news after which a device is dropped; zero: never.</summary>
    public TimeSpan DeviceTimeout { get; init; }

    /// <summary>Whether a text server is asked for what comes with every packet too (PACKET, STRING), for those who want the sentences themselves.</summary>
    public bool EverySentence { get; init; }

    /// <summary>Whether an attempt to connect may take so long.</summary>
    public static bool IsConnectTimeout(TimeSpan time) => time > TimeSpan.Zero && time <= MaxConnectTimeout;

    /// <summary>Throws ArgumentInvalid where a value is out of its bounds.</summary>
    public void Check()
    {
        if (!IsConnectTimeout(ConnectTimeout))
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "The time for an attempt to connect is more than zero and at most an hour.", "Ten seconds are what is taken without it.");
        }
    }

    private static bool IsLoopback(string host) =>
        IPAddress.TryParse(host, out IPAddress? address) ? IPAddress.IsLoopback(address) : host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
}
