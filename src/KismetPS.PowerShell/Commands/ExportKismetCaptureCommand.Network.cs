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

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);
    private static readonly RemoteCaptureOptions s_defaults = new();

    private readonly List<CaptureSession> _sessions = [];
    private RemoteCaptureOptions? _server;
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
    [ValidateRange(RemoteCaptureOptions.MinQueueBytes, RemoteCaptureOptions.MaxQueueBytes)]
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

    private void BeginNetwork()
    {
        int port = Port ?? RemoteCaptureOptions.DefaultPort(Protocol);
        string target = Uri is null ? string.Create(CultureInfo.InvariantCulture, $"{ComputerName}, {Protocol} port {port}") : KismetConnectionOptions.Shown(Uri);
        Target = target;
        if (NoClobber)
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "-NoClobber is for files.", "Leave it out.");
        }

        RemoteCaptureOptions options = new()
        {
            Server = new KismetConnectionOptions
            {
                ComputerName = ComputerName,
                Port = port,
                Uri = Uri,
                UseTls = UseTls,
                SkipCertificateCheck = SkipCertificateCheck,
                ApiKey = ApiKey,
                Credential = Credential?.GetNetworkCredential(),
                ConnectTimeout = Timeout,
                Reconnect = !NoReconnect,
            },
            Protocol = Protocol,
            SourceName = SourceName,
            SourceType = SourceType,
            SourceUuid = SourceUuid,
            QueueBytes = QueueSize,
        };

        // What is wrong is told before anything comes down the pipeline.
        RemoteCaptureChecks.Check(options);
        if (!ShouldProcess(target, "Send frames to the Kismet server"))
        {
            return;
        }

        Sessions.CheckName(Name);
        _server = options;
        if (RemoteCaptureChecks.Warning(options) is { } warning)
        {
            WriteWarning(warning);
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
                _sessions.Add(session);
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
        if (_server is null || _sessions.Count == 0)
        {
            return;
        }

        var export = KismetCaptureExport.Start(_sessions, _server, Name, StopToken);
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
