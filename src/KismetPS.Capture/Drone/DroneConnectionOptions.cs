namespace KismetPS.Capture.Drone;

/// <summary>Which drone to take frames from, and how.</summary>
internal sealed record DroneConnectionOptions
{
    /// <summary>Port of newcore drones.</summary>
    public const int NewcorePort = 2502;

    /// <summary>Port of stable drones.</summary>
    public const int StablePort = 3501;

    /// <summary>Host name or address.</summary>
    public string ComputerName { get; init; } = "localhost";

    /// <summary>TCP ports, tried in turn until a drone answers; the one that did is kept.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [NewcorePort, StablePort];

    /// <summary>Time for one attempt to connect, up to the drone's first word.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>False: the source ends with its first connection.</summary>
    public bool Reconnect { get; init; } = true;

    /// <summary>
    /// Time without a byte after which a connection is dead. Only newcore drones send something each second; for stable ones, silent where nothing
    /// is heard, the system's own probing finds out.
    /// </summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Shortest wait before connecting again; see <see cref="BackOff"/>.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait before connecting again.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Most capture sources told apart; frames of others are counted and dropped.</summary>
    public int MaxSources { get; init; } = 1024;

    /// <summary>Gives up the first attempt to connect.</summary>
    public CancellationToken Cancel { get; init; }
}
