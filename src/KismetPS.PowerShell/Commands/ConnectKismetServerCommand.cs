using System.Management.Automation;
using System.Security;
using KismetPS.Capture;
using KismetPS.Kismet;
using KismetPS.Kismet.Connections;
using KismetPS.PowerShell.Input;
using KismetPS.Tracking.Tables;

namespace KismetPS.PowerShell.Commands;

/// <summary>Connect-KismetServer: connects to a Kismet server; its devices are those of the session.</summary>
[Cmdlet(VerbsCommunications.Connect, "KismetServer", SupportsShouldProcess = true)]
[OutputType(typeof(KismetConnection))]
public sealed class ConnectKismetServerCommand : KismetCmdlet
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
    public SecureString? ApiKey { get; set; }

    /// <summary>TLS from the first byte.</summary>
    [Parameter]
    public SwitchParameter UseTls { get; set; }

    /// <summary>Takes any certificate.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Ends the session with its first connection.</summary>
    [Parameter]
    public SwitchParameter NoReconnect { get; set; }

    /// <summary>Time between polls of an HTTP server; a number is seconds.</summary>
    [Parameter]
    [Duration]
    public TimeSpan UpdateInterval { get; set; } = s_defaults.UpdateInterval;

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

    private protected override void Process()
    {
        string endpoint = $"{ComputerName}:{Port}";
        Target = endpoint;
        if (!ShouldProcess(endpoint, "Connect to the Kismet server"))
        {
            return;
        }

        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromHours(1))
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "-Timeout is more than zero and at most an hour.", "Ten seconds are what is taken without it.");
        }

        Sessions.CheckName(Name);
        KismetConnection session = KismetConnection.Start(
            new KismetConnectionOptions
            {
                ComputerName = ComputerName,
                Port = Port,
                Protocol = Protocol,
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
            cancel: StopToken);
        Sessions.Add(session);
        WriteObject(session);
    }
}
