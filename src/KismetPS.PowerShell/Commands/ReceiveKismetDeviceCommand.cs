using System.Management.Automation;
using System.Net;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using KismetPS.Capture;
using KismetPS.Export;
using KismetPS.Export.Receive;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Input;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Receive-KismetDevice: listens for devices that Export-KismetDevice sends.</summary>
[Cmdlet(VerbsCommunications.Receive, "KismetDevice", SupportsShouldProcess = true, DefaultParameterSetName = StreamSet)]
[OutputType(typeof(KismetDevice), ParameterSetName = [StreamSet])]
[OutputType(typeof(KismetJob), ParameterSetName = [JobSet])]
public sealed class ReceiveKismetDeviceCommand : BoundedStreamCommand
{
    private static readonly ReceiverOptions s_defaults = new();

    /// <summary>Port to listen on; 0 takes any free one.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, 65535)]
    public int Port { get; set; } = s_defaults.Port;

    /// <summary>Transport.</summary>
    [Parameter]
    public KismetExportProtocol Protocol { get; set; } = s_defaults.Protocol;

    /// <summary>Local address; without it this machine only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("LocalAddress")]
    [ValidateNotNull]
    public IPAddress Address { get; set; } = s_defaults.Address;

    /// <summary>Hosts that may send: addresses and networks such as 10.0.0.0/24.</summary>
    [Parameter]
    [SensorNetwork]
    [ValidateNotNullOrEmpty]
    public IPNetwork[]? AllowedHost { get; set; }

    /// <summary>What a sender must say first.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <summary>Certificate with its private key, of TLS.</summary>
    [Parameter]
    [ValidateNotNull]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Certificates, or authorities, one of which a sender must show.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public X509Certificate2[]? ClientCertificate { get; set; }

    /// <summary>Columns of Csv and Simple where the sender chose them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MessageFieldCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Field { get; set; }

    /// <summary>Writes devices that the sender forgot too.</summary>
    [Parameter]
    public SwitchParameter IncludeExpired { get; set; }

    /// <summary>Most connections at once.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int MaxClient { get; set; } = s_defaults.MaxClients;

    /// <summary>Name of the session; made from kind and number where not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    private protected override void Process()
    {
        string endpoint = $"{(Protocol == KismetExportProtocol.Udp ? "UDP" : "TCP")} {new IPEndPoint(Address, Port)}";
        Target = endpoint;
        if (!ShouldProcess(endpoint, "Listen for exported devices"))
        {
            return;
        }

        Sessions.CheckName(Name);
        if (Token is not null && Protocol == KismetExportProtocol.Tcp)
        {
            WriteWarning("The token comes over the network in clear text; -Protocol Tls protects it.");
        }

        var options = new ReceiverOptions
        {
            Port = Port,
            Protocol = Protocol,
            Address = Address,
            Allowed = AllowedHost ?? [],
            Token = Token is null ? null : new NetworkCredential(string.Empty, Token).Password,
            Certificate = Certificate,
            ClientCertificates = ClientCertificate is null ? null : [.. ClientCertificate],
            Fields = Field,
            Expired = IncludeExpired,
            MaxClients = MaxClient,
        };
        Stream<KismetReceiver>(
            Name,
            attach =>
            {
                KismetReceiver receiver = KismetReceiver.Start(options, Name, attach);
                WriteVerbose($"Listening on {receiver.EndPoint} ({Protocol.ToString().ToUpperInvariant()}).");
                return receiver;
            },
            receiver => new ReceivedStream(receiver, Count));
    }
}
