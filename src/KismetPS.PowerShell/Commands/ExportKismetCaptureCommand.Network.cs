using System.Globalization;
using System.Management.Automation;
using System.Security;
using KismetPS.Capture;
using KismetPS.Kismet;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.RemoteCapture;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Input;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <content>To a Kismet server, as one of its capture sources.</content>
public sealed partial class ExportKismetCaptureCommand
{
    private const string NetworkSet = "Network";
    private const string UriSet = "Uri";
    private const int MaxQueueBytes = 1 << 30;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);
    private static readonly RemoteCaptureOptions s_defaults = new();

    private List<CaptureSession>? _sessions;
    private KismetCaptureExport? _waited;

    /// <summary>Host of the Kismet server.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NetworkSet)]
    [ValidateNotNullOrEmpty]
    public string ComputerName { get; set; } = string.Empty;

    /// <summary>Its port; without it 3501, with -Protocol WebSocket 2501.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <summary>Way to the server.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    public KismetCaptureProtocol Protocol { get; set; }

    /// <summary>Base address of the server, such as that of a reverse proxy: a WebSocket is opened there.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UriSet)]
    [ValidateNotNull]
    public Uri? Uri { get; set; }

    /// <summary>TLS from the first byte, for a server behind a proxy.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    public SwitchParameter UseTls { get; set; }

    /// <summary>Takes any certificate.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [Parameter(ParameterSetName = UriSet)]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>API key of role datasource or admin, for -Protocol WebSocket.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [Parameter(ParameterSetName = UriSet)]
    [ValidateNotNull]
    [SecretInput]
    public SecureString? ApiKey { get; set; }

    /// <summary>User and password instead of a key.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [Parameter(ParameterSetName = UriSet)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Name of the source at the server; without it this machine's name and the session's.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [Parameter(ParameterSetName = UriSet)]
    [ValidateNotNullOrEmpty]
    public string? SourceName { get; set; }

    /// <summary>Type of the source, one the server has a driver for.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [Parameter(ParameterSetName = UriSet)]
    [ArgumentCompleter(typeof(SourceTypeCompleter))]
    [ValidatePattern("^[A-Za-z0-9_-]{1,32}$")]
    public string SourceType { get; set; } = s_defaults.SourceType;

    /// <summary>Identity of the source; without it one that follows from machine, name and type.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [Parameter(ParameterSetName = UriSet)]
    public Guid? SourceUuid { get; set; }

    /// <summary>Bytes of frames that may wait for each session.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [Parameter(ParameterSetName = UriSet)]
    [ValidateRange(RemoteCaptureOptions.MinQueueBytes, MaxQueueBytes)]
    public int QueueSize { get; set; } = s_defaults.QueueBytes;

    /// <summary>Time for one attempt to connect, up to the server's opening the source; a number is seconds.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [Parameter(ParameterSetName = UriSet)]
    [Duration]
    public TimeSpan Timeout { get; set; } = s_defaults.Server.ConnectTimeout;

    /// <summary>Ends the export with its first connection.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [Parameter(ParameterSetName = UriSet)]
    public SwitchParameter NoReconnect { get; set; }

    /// <summary>Stays in the foreground until the sessions have ended.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [Parameter(ParameterSetName = UriSet)]
    public SwitchParameter Wait { get; set; }

    /// <summary>Name of the session.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [Parameter(ParameterSetName = UriSet)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    private KismetCaptureProtocol Way => Uri is null ? Protocol : KismetCaptureProtocol.WebSocket;

    private int ServerPort => Port ?? (Way == KismetCaptureProtocol.Tcp ? RemoteCaptureOptions.TcpPort : KismetConnectionOptions.DefaultPort);

    private void BeginNetwork()
    {
        string target = Uri is null ? string.Create(CultureInfo.InvariantCulture, $"{ComputerName}, {Protocol} port {ServerPort}") : KismetConnectionOptions.Shown(Uri);
        Target = target;
        if (NoClobber)
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "-NoClobber is for files.", "Leave it out.");
        }

        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromHours(1))
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "-Timeout is more than zero and at most an hour.", "Ten seconds are what is taken without it.");
        }

        if (Way == KismetCaptureProtocol.Tcp && (ApiKey is not null || Credential is not null))
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "The TCP port for remote captures knows no keys and no logins.", "Give -Protocol WebSocket with them, or leave them out.");
        }

        if (!ShouldProcess(target, "Send frames to the Kismet server"))
        {
            return;
        }

        Sessions.CheckName(Name);
        _sessions = [];
        bool clear = Uri is null ? !UseTls && ComputerName is not ("localhost" or "127.0.0.1" or "::1") : Uri.IsAbsoluteUri && Uri.Scheme == Uri.UriSchemeHttp && !Uri.IsLoopback;
        if (clear && (ApiKey is not null || Credential is not null))
        {
            WriteWarning("The key or password goes over the network in clear text; a TLS proxy before the server and -UseTls protect it.");
        }
    }

    private void AddToNetwork()
    {
        switch (InputObject.BaseObject)
        {
            case CaptureSession session when session.Completion.IsCompleted:
                Report(new KismetException(KismetErrorId.SessionNotFound, $"{session.Name} has ended; its frames are gone.", "Start it again; the command kismetps forward sends the frames of files."), session);
                break;
            case CaptureSession session:
                _sessions!.Add(session);
                break;
            case KismetSession other:
                Report(new KismetException(KismetErrorId.ArgumentInvalid, $"{other.Name} has no frames.", "Listeners, captures and drones do."), other);
                break;
            default:
                Report(new KismetException(KismetErrorId.ArgumentInvalid, "The object is no session.", "Start-TzspListener, Start-KismetCapture and Connect-KismetDrone give sessions whose frames can be sent to a server; the command kismetps forward sends those of files."), InputObject);
                break;
        }
    }

    private void EndNetwork()
    {
        if (_sessions is not { Count: > 0 } sessions)
        {
            return;
        }

        var export = KismetCaptureExport.Start(
            sessions,
            new RemoteCaptureOptions
            {
                Server = new KismetConnectionOptions
                {
                    ComputerName = ComputerName,
                    Port = ServerPort,
                    Uri = Uri,
                    UseTls = UseTls,
                    SkipCertificateCheck = SkipCertificateCheck,
                    ApiKey = ApiKey,
                    Credential = Credential?.GetNetworkCredential(),
                    ConnectTimeout = Timeout,
                    Reconnect = !NoReconnect,
                },
                Protocol = Way,
                SourceName = SourceName,
                SourceType = SourceType,
                SourceUuid = SourceUuid,
                QueueBytes = QueueSize,
            },
            Name,
            StopToken);
        Sessions.Add(export);
        if (Wait)
        {
            _waited = export;
            while (!export.Completion.Wait((int)s_look.TotalMilliseconds, StopToken))
            {
                TellWarnings();
            }

            if (export.Error is { } failure)
            {
                Report(failure, export);
            }
        }

        WriteObject(export);
    }
}
