using System.Security.Cryptography.X509Certificates;
using KismetPS.Export.Messages;

namespace KismetPS.Export;

/// <summary>Where to, how and how often.</summary>
internal sealed record ExportOptions
{
    /// <summary>Port that receivers of this stream listen on by default.</summary>
    public const int DefaultPort = 8685;

    /// <summary>Host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>Port, 1 to 65535.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Transport.</summary>
    public KismetExportProtocol Protocol { get; init; } = KismetExportProtocol.Tcp;

    /// <summary>Format of a message.</summary>
    public DeviceDataFormat Format { get; init; } = DeviceDataFormat.Json;

    /// <summary>What messages contain.</summary>
    public MessageOptions Message { get; init; } = new();

    /// <summary>Time between two looks at the sessions.</summary>
    public TimeSpan UpdateRate { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>All devices at each look instead of those that changed.</summary>
    public bool All { get; init; }

    /// <summary>Alerts too.</summary>
    public bool Alerts { get; init; }

    /// <summary>Most messages per write (TCP, TLS) or datagram (UDP); 0: 256 and 1.</summary>
    public int BatchSize { get; init; }

    /// <summary>Whether the stream, or each datagram, is gzip-compressed.</summary>
    public bool Compress { get; init; }

    /// <summary>Said first on each connection, TCP and TLS with Json, Csv and Simple; null: nothing.</summary>
    public string? Token { get; init; }

    /// <summary>Certificate shown to a TLS server that asks for one.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Takes any certificate of a TLS server.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>Authorities trusted instead of those of the system; null: those of the system.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>Folder that messages go to before they are sent; null: memory only.</summary>
    public string? SpoolPath { get; init; }

    /// <summary>Most bytes in that folder.</summary>
    public long SpoolLimit { get; init; } = 1L << 30;

    /// <summary>Most bytes of messages in memory.</summary>
    public long MemoryLimit { get; init; } = 64L << 20;

    /// <summary>How long the end waits for what is still to be sent.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one address has to take a connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a receiver may take nothing before its connection is given up.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Wait after the first failure to connect.</summary>
    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait between two tries to connect.</summary>
    public TimeSpan MostBackOff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Bytes that a receiver's system may hold for a program that has not read them: what is sent again after a connection that did not end in
    /// good order.
    /// </summary>
    public long ResendWindow { get; init; } = Transports.ReceiveWindow.Likely;

    /// <summary>Datagrams a second; a burst of thousands would overflow the buffer of any receiver. 0: no limit.</summary>
    public int DatagramRate { get; init; } = 50_000;

    /// <summary>
    /// How long a receiver's close is not believed. A reset that follows it (unread bytes) is behind it by one round trip, and by what a busy machine lets the
    /// receiver wait between the two.
    /// </summary>
    public TimeSpan ResetBehindClose { get; init; } = TimeSpan.FromSeconds(1);
}
