using System.Management.Automation;
using System.Security;
using KismetPS.Kismet;
using KismetPS.Kismet.Connections;
using KismetPS.PowerShell.Input;
using KismetPS.PowerShell.Model;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;
using KismetPS.Tracking.Tables;

namespace KismetPS.PowerShell.Commands;

/// <summary>Connect-KismetServer: connects to a Kismet server; its devices are those of the session.</summary>
[Cmdlet(VerbsCommunications.Connect, "KismetServer", SupportsShouldProcess = true, DefaultParameterSetName = SessionSet)]
[OutputType(typeof(KismetConnection), ParameterSetName = [SessionSet])]
[OutputType(typeof(KismetDevice), typeof(KismetNetwork), typeof(KismetAlert), typeof(KismetSentence), ParameterSetName = [StreamSet])]
[OutputType(typeof(KismetJob), ParameterSetName = [JobSet])]
public sealed class ConnectKismetServerCommand : StreamingCommand
{
    private static readonly KismetConnectionOptions s_defaults = new();

    /// <summary>Host name or address.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string ComputerName { get; set; } = s_defaults.ComputerName;

    /// <summary>TCP port.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = KismetConnectionOptions.DefaultPort;

    /// <summary>What to speak; Auto finds out.</summary>
    [Parameter]
    public KismetServerProtocol Protocol { get; set; }

    /// <summary>User and password of an HTTP server.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>API key of an HTTP server.</summary>
    [Parameter]
    [ValidateNotNull]
    [SecretInput]
    public SecureString? ApiKey { get; set; }

    /// <summary>Base address of an HTTP server, such as that of a reverse proxy; stands for host, port and TLS.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Uri { get; set; }

    /// <summary>TLS from the first byte.</summary>
    [Parameter]
    public SwitchParameter UseTls { get; set; }

    /// <summary>Takes any certificate.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Ends the session with its first connection.</summary>
    [Parameter]
    public SwitchParameter NoReconnect { get; set; }

    /// <summary>Time for one attempt to connect; a number is seconds.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Timeout { get; set; } = s_defaults.ConnectTimeout;

    /// <summary>Name of the session; made from kind and number where not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Most devices kept; a new one beyond pushes out the one heard longest ago of a sample.</summary>
    [Parameter]
    [ValidateRange(DeviceTables.MinDevices, 10_000_000)]
    public int MaxDevice { get; set; } = s_defaults.MaxDevices;

    /// <summary>Drops devices not heard for this time; a number is seconds; zero: never.</summary>
    [Parameter]
    [Duration]
    public TimeSpan DeviceTimeout { get; set; }

    // It is the time between polls, too.
    private protected override IEnumerable<string> Bounds => base.Bounds.Where(static b => b != nameof(UpdateInterval));

    private protected override (string Why, string Instead)? Refusal(KismetEmit emit) => emit switch
    {
        KismetEmit.Frame or KismetEmit.Packet => ("A Kismet server tells of devices and sends no frames.", "Connect-KismetDrone takes frames, from drones and from servers that serve them."),
        KismetEmit.Sentence when Protocol == KismetServerProtocol.Rest => ("Servers that speak HTTP say no sentences.", "Leave out -Protocol, or use -Emit Device."),
        _ => null,
    };

    private protected override void Process()
    {
        string endpoint = Uri is null ? $"{ComputerName}:{Port}" : KismetConnectionOptions.Shown(Uri);
        Target = endpoint;
        if (!ShouldProcess(endpoint, "Connect to the Kismet server"))
        {
            return;
        }

        bool sentences = ParameterSetName != SessionSet && Emit == KismetEmit.Sentence;
        Deliver(Name, attach => KismetConnection.Start(
            new KismetConnectionOptions
            {
                ComputerName = ComputerName,
                Port = Port,
                Uri = Uri,

                // Only one protocol has sentences, and none of them should be missed while it is found out.
                Protocol = sentences ? KismetServerProtocol.Text : Protocol,
                EverySentence = sentences,
                Credential = Credential?.GetNetworkCredential(),
                ApiKey = ApiKey,
                UseTls = UseTls,
                SkipCertificateCheck = SkipCertificateCheck,
                Reconnect = !NoReconnect,
                ConnectTimeout = Timeout,
                UpdateInterval = UpdateInterval,
                MaxDevices = MaxDevice,
                DeviceTimeout = DeviceTimeout,
            },
            ServerLinks.Create,
            Name,
            attach,
            StopToken));
    }
}
