using KismetPS.Kismet.Connections;

namespace KismetPS.Kismet.RemoteCapture;

/// <summary>Which server to send frames to, and as what.</summary>
internal sealed record RemoteCaptureOptions
{
    /// <summary>Port of remote captures (remote_capture_port).</summary>
    public const int TcpPort = 3501;

    /// <summary>Smallest queue.</summary>
    public const int MinQueueBytes = 256 * 1024;

    /// <summary>Largest queue.</summary>
    public const int MaxQueueBytes = 1 << 30;

    private readonly KismetCaptureProtocol _protocol;

    /// <summary>Where to, with what credentials, within what time.</summary>
    public KismetConnectionOptions Server { get; init; } = new() { Port = TcpPort };

    /// <summary>
    /// Time without a byte after which a connection is dead. A server pings every five seconds, but stands still for half a minute where another program asks it
    /// for full records (measured: 28 s at 50,000 devices).
    /// </summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Way to the server; what has a base address, such as one behind a proxy, is reached by a WebSocket.</summary>
    public KismetCaptureProtocol Protocol
    {
        get => Server.Uri is null ? _protocol : KismetCaptureProtocol.WebSocket;
        init => _protocol = value;
    }

    /// <summary>Name shown to users of the server; null: made of this machine's name and the session's.</summary>
    public string? SourceName { get; init; }

    /// <summary>Type of the source, one the server has a driver for.</summary>
    public string SourceType { get; init; } = RemoteSource.DefaultType;

    /// <summary>Identity of the source; null: made of this machine's name, the source's name and type, the same each time.</summary>
    public Guid? SourceUuid { get; init; }

    /// <summary>Bytes of frames that may wait for each session while the server is away or slow.</summary>
    public int QueueBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Shortest wait before connecting again; see <see cref="Capture.BackOff"/>.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait before connecting again.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection that held so long was a good one: the next outage begins with the shortest wait.</summary>
    public TimeSpan GoodConnection { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Port of a server for each way.</summary>
    public static int DefaultPort(KismetCaptureProtocol protocol) => protocol == KismetCaptureProtocol.Tcp ? TcpPort : KismetConnectionOptions.DefaultPort;
}
