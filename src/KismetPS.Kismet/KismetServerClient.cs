using KismetPS.Capture;
using KismetPS.Kismet.Text;

namespace KismetPS.Kismet;

/// <summary>A client of a server as it was at one moment: an immutable snapshot.</summary>
public sealed class KismetServerClient
{
    /// <summary>Number within the server.</summary>
    public int Id { get; init; }

    /// <summary>Address and port it came from.</summary>
    public required string EndPoint { get; init; }

    /// <summary>What it takes: lines of devices, or frames.</summary>
    public KismetServerClientProtocol Protocol { get; init; }

    /// <summary>Dialect it speaks; Unknown until its first command. Of one that takes frames the drone protocol it is served.</summary>
    public TextEra Era { get; init; }

    /// <summary>When it came (UTC).</summary>
    public DateTimeOffset ConnectedAt { get; init; }

    /// <summary>Sentences it asked for, each with the number of fields: <c>BSSID=58</c>.</summary>
    public DetailList<KismetPS.Tracking.KismetCounter> Enabled { get; init; } = DetailList<KismetPS.Tracking.KismetCounter>.Empty;

    /// <summary>Lines sent; to one that takes frames: messages.</summary>
    public long LinesSent { get; init; }

    /// <summary>Bytes sent.</summary>
    public long BytesSent { get; init; }

    /// <summary>Bytes that wait to be sent.</summary>
    public long Queued { get; init; }

    /// <summary>Lines dropped because it reads too slowly; it was told and got a fresh dump. Of one that takes frames: messages, which do not come again.</summary>
    public long Dropped { get; init; }

    /// <summary>Commands it sent.</summary>
    public long Commands { get; init; }

    /// <summary>Those answered with an error, and lines that are no command; of one that takes frames: all, since a drone here obeys none.</summary>
    public long Errors { get; init; }

    /// <summary>Whether the connection is encrypted.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Number of the server's session.</summary>
    public int SessionId { get; init; }

    /// <summary>Number and end point.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Id} {EndPoint}");
}
