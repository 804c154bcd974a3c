using System.Management.Automation;
using System.Net;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using KismetPS.Capture;
using KismetPS.Export;
using KismetPS.Export.Messages;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Input;
using KismetPS.PowerShell.Streaming;

namespace KismetPS.PowerShell.Commands;

/// <content>To a host: TCP, UDP, TLS.</content>
public sealed partial class ExportKismetDeviceCommand
{
    private const string NetworkSet = "Network";

    private static readonly ExportOptions s_defaults = new() { Host = string.Empty };

    private NetworkExport? _network;

    /// <summary>Host to send to.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NetworkSet)]
    [ValidateNotNullOrEmpty]
    public string ComputerName { get; set; } = string.Empty;

    /// <summary>Its port.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = ExportOptions.DefaultPort;

    /// <summary>Transport.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    public KismetExportProtocol Protocol { get; set; } = s_defaults.Protocol;

    /// <summary>Format of a message.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    public DeviceDataFormat DataFormat { get; set; } = s_defaults.Format;

    /// <summary>Time between two looks at the sessions; a number is seconds.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [Duration]
    public TimeSpan UpdateRate { get; set; } = s_defaults.UpdateRate;

    /// <summary>Sends all devices at each look, not only those that changed.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    public SwitchParameter All { get; set; }

    /// <summary>Sends alerts too.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    public SwitchParameter Alert { get; set; }

    /// <summary>Fields of a message, in this order.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [ArgumentCompleter(typeof(MessageFieldCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Field { get; set; }

    /// <summary>Most messages per write or datagram.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [ValidateRange(1, 10_000)]
    public int BatchSize { get; set; }

    /// <summary>Compresses the connection, or each datagram, with gzip.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    public SwitchParameter Compress { get; set; }

    /// <summary>Said to the receiver first on each connection.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <summary>Certificate shown to a TLS receiver.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [ValidateNotNull]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Takes any certificate of the receiver.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Folder where messages are kept until they are received.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [ValidateNotNullOrEmpty]
    public string? SpoolPath { get; set; }

    /// <summary>Most bytes in that folder.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [ValidateRange(256 * 1024, long.MaxValue)]
    public long SpoolLimit { get; set; } = s_defaults.SpoolLimit;

    /// <summary>How long the end waits for what is still to be sent; a number is seconds.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [Duration]
    public TimeSpan Timeout { get; set; } = s_defaults.Timeout;

    /// <summary>Sessions: stays in the foreground until they have ended.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    public SwitchParameter Wait { get; set; }

    /// <summary>Name of the session.</summary>
    [Parameter(ParameterSetName = NetworkSet)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    private void BeginNetwork()
    {
        string target = $"{ComputerName} {Protocol.ToString().ToUpperInvariant()} port {Port}";
        Target = target;
        if (NoClobber)
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "-NoClobber is for files.", "Leave it out.");
        }

        string? spool = SpoolPath is null ? null : PathResolver.ForWriting(this, SpoolPath);
        if (!ShouldProcess(target, "Send devices"))
        {
            return;
        }

        Sessions.CheckName(Name);
        ExportOptions options = new()
        {
            Host = ComputerName,
            Port = Port,
            Protocol = Protocol,
            Format = DataFormat,
            Message = new MessageOptions { Fields = Field },
            UpdateRate = UpdateRate,
            All = All,
            Alerts = Alert,
            BatchSize = BatchSize,
            Compress = Compress,
            Token = Token is null ? null : new NetworkCredential(string.Empty, Token).Password,
            Certificate = Certificate,
            SkipCertificateCheck = SkipCertificateCheck,
            SpoolPath = spool,
            SpoolLimit = SpoolLimit,
            Timeout = Timeout,
        };

        // What is wrong is told before anything comes down the pipeline.
        ExportChecks.Check(options);
        MessageEncoders.Create(options.Format, options.Message);
        if (ExportChecks.Warning(options) is { } warning)
        {
            WriteWarning(warning);
        }

        _network = new NetworkExport(this, Sessions, options, Name, StopToken);
    }
}
