using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.Rest;

namespace KismetPS.Cli.Commands;

/// <summary>
/// Where a server is and who asks it: the same options wherever a server is read from. Keys and passwords are better not on the command line, which
/// every user of the machine can read; they come from a file or the environment.
/// </summary>
internal sealed class ServerAccess
{
    private const string KeyVariable = "KISMETPS_API_KEY";
    private const string PasswordVariable = "KISMETPS_PASSWORD";

    private readonly Option<string?> _key = new("--api-key") { Description = $"API key of an HTTP server. Better: {KeyVariable} in the environment, or --api-key-file.", HelpName = "KEY" };
    private readonly Option<string?> _keyFile = new("--api-key-file") { Description = "File whose first line is the API key.", HelpName = "FILE" };
    private readonly Option<string?> _credential = new("--credential") { Description = $"User of an HTTP server, or USER:PASSWORD. Better: the password as {PasswordVariable} in the environment.", HelpName = "USER" };
    private readonly Option<bool> _tls = new("--tls") { Description = "TLS from the first byte." };
    private readonly Option<bool> _skip;

    public ServerAccess(string skip = "--skip-certificate-check")
    {
        _skip = new(skip) { Description = "Take any certificate of the server." };
    }

    /// <summary>The options.</summary>
    public Option[] Options => [_key, _keyFile, _credential, _tls, _skip];

    /// <summary>Adds what contradicts itself to the errors of a line.</summary>
    public void Check(CommandResult result)
    {
        if (new[] { result.GetValue(_key), result.GetValue(_keyFile), result.GetValue(_credential) }.Count(static v => v is not null) > 1)
        {
            result.AddError("One of --api-key, --api-key-file and --credential says who asks.");
        }
    }

    /// <summary>Whether anything of it is on the line.</summary>
    public bool IsGiven(CommandResult result) => Options.Any(o => result.GetResult(o) is { Implicit: false });

    /// <summary>Whether a key or a login is on the line.</summary>
    public bool HasLogin(CommandResult result) => result.GetValue(_key) is not null || result.GetValue(_keyFile) is not null || result.GetValue(_credential) is not null;

    /// <summary>Options with the address: <c>host</c>, <c>host:port</c> or <c>http(s)://host/path</c>.</summary>
    public KismetConnectionOptions Apply(KismetConnectionOptions options, ParseResult parse, string address)
    {
        bool isUri = address.Contains("://", StringComparison.Ordinal);
        Uri? uri = isUri ? UriOf(address) : null;
        if (!isUri)
        {
            (string host, int? port) = HostOf(address);
            options = options with { ComputerName = host, Port = port ?? options.Port };
        }

        string? key = parse.GetValue(_key) ?? (parse.GetValue(_keyFile) is string file ? FileArguments.FirstLine(file).Trim() : null);
        string? credential = parse.GetValue(_credential);
        bool fromEnvironment = key is null && credential is null;
        key ??= fromEnvironment ? Environment.GetEnvironmentVariable(KeyVariable) : null;
        return options with
        {
            Uri = uri,
            UseTls = parse.GetValue(_tls),
            SkipCertificateCheck = parse.GetValue(_skip),
            ApiKey = string.IsNullOrEmpty(key) ? null : RestCredential.Secret(key),
            Credential = credential is null ? null : Login(credential),

            // What stands in the environment is for the servers that want it; it says nothing of this one.
            LoginIsOptional = fromEnvironment,
        };
    }

    private static Uri UriOf(string address) => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)
        ? uri
        : throw new KismetException(KismetErrorId.ArgumentInvalid, "The address is none.", "Give it as https://host/kismet/, host:port or host.");

    /// <summary>A host on the line, where options do not read it themselves. Throws <see cref="KismetException"/>.</summary>
    public static HostPort HostOf(string address) => HostPort.TryParse(address, out HostPort host)
        ? host
        : throw new KismetException(KismetErrorId.ArgumentInvalid, $"'{address}' is no address.", $"Give {HostPort.Expected}.");

    private static NetworkCredential Login(string credential)
    {
        string[] parts = credential.Split(':', 2);
        string? password = parts.Length == 2 ? parts[1] : Environment.GetEnvironmentVariable(PasswordVariable);
        return password is null
            ? throw new KismetException(KismetErrorId.ArgumentInvalid, $"There is no password for {parts[0]}.", $"Put it into the environment as {PasswordVariable}.")
            : new NetworkCredential(parts[0], password);
    }
}
