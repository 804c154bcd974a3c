using System.Globalization;
using KismetPS.Tracking;

namespace KismetPS.Kismet;

/// <summary>Counters of an export of frames at one moment. Received are the packets taken from sessions, Bytes those sent, Dropped what the server did not get.</summary>
public sealed class KismetCaptureExportStatistic : KismetStatistic
{
    /// <summary>Where to: host and port.</summary>
    public string? EndPoint { get; init; }

    /// <summary>Way to the server.</summary>
    public KismetCaptureProtocol Protocol { get; init; }

    /// <summary>Name of the source at the server.</summary>
    public string? SourceName { get; init; }

    /// <summary>Its identity there.</summary>
    public string? SourceUuid { get; init; }

    /// <summary>Whether the server has the source open now.</summary>
    public bool IsConnected { get; init; }

    /// <summary>Frames sent.</summary>
    public long Sent { get; init; }

    /// <summary>Frames that wait to be sent.</summary>
    public long Queued { get; init; }

    /// <summary>Packets that are no 802.11 frames, which the server has no use for.</summary>
    public long Skipped { get; init; }

    /// <summary>Connections made after the first.</summary>
    public long Reconnects { get; init; }

    /// <summary>Pings of the server answered.</summary>
    public long Pings { get; init; }

    /// <summary>Channels and hops the server asked for; our sensors set their own.</summary>
    public long ChannelRequests { get; init; }

    /// <summary>The last failure: its id and what it said.</summary>
    public string? LastError { get; init; }

    /// <summary>When that was (UTC).</summary>
    public DateTimeOffset? LastErrorTime { get; init; }

    /// <summary>Sent, queued and dropped.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sent} sent, {Queued} queued, {Dropped} dropped");
}
