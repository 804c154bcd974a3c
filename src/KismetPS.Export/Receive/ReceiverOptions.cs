using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace KismetPS.Export.Receive;

/// <summary>Where to listen and for whom.</summary>
internal sealed record ReceiverOptions
{
    /// <summary>Transport.</summary>
    public KismetExportProtocol Protocol { get; init; } = KismetExportProtocol.Tcp;

    /// <summary>Local address.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port; 0: any free one.</summary>
    public int Port { get; init; } = ExportOptions.DefaultPort;

    /// <summary>Who may send; empty: this machine only.</summary>
    public IReadOnlyList<IPNetwork> Allowed { get; init; } = [];

    /// <summary>Certificate with its private key, of TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Certificates, or authorities, one of which a client must show (TLS); null: none is asked for.</summary>
    public X509Certificate2Collection? ClientCertificates { get; init; }

    /// <summary>What a client must say first (TCP, TLS); null: nothing.</summary>
    public string? Token { get; init; }

    /// <summary>Columns of Csv and Simple where the sender chose them; null: those of the format.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Devices that were forgotten too.</summary>
    public bool Expired { get; init; }

    /// <summary>Most connections at once.</summary>
    public int MaxClients { get; init; } = 64;

    /// <summary>Longest message, bytes.</summary>
    public int MaxBytes { get; init; } = MessageDeframer.DefaultMaxBytes;

    /// <summary>Most devices that wait for their reader.</summary>
    public int Queue { get; init; } = 8192;

    /// <summary>How long a client has for the TLS handshake.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long senders may take at a limit to end their connections after their last message.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromMilliseconds(500);
}
