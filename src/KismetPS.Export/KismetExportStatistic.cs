using System.Globalization;
using KismetPS.Capture;
using KismetPS.Export.Messages;
using KismetPS.Tracking;

namespace KismetPS.Export;

/// <summary>Counters of an export at one moment. Received are the messages made, Bytes those given to the system, Dropped the messages given up.</summary>
public sealed class KismetExportStatistic : KismetStatistic
{
    /// <summary>Where to: host and port.</summary>
    public string? EndPoint { get; init; }

    /// <summary>Transport.</summary>
    public KismetExportProtocol Protocol { get; init; }

    /// <summary>Format of a message.</summary>
    public DeviceDataFormat DataFormat { get; init; }

    /// <summary>Name of the count of messages.</summary>
    public string? StreamId { get; init; }

    /// <summary>Whether there is a connection (TCP, TLS) or an address to send to (UDP).</summary>
    public bool IsConnected { get; init; }

    /// <summary>Number of the last message.</summary>
    public long Sequence { get; init; }

    /// <summary>Messages given to the system, each counted once.</summary>
    public long Sent { get; init; }

    /// <summary>Messages known to have been received; null where that cannot be known (UDP).</summary>
    public long? Delivered { get; init; }

    /// <summary>Messages sent that are not known to have been received: sent again where the connection breaks.</summary>
    public long Unconfirmed { get; init; }

    /// <summary>Messages that wait to be sent, in memory or on the disk.</summary>
    public long Queued { get; init; }

    /// <summary>Messages on the disk that are not known to have been received.</summary>
    public long Spooled { get; init; }

    /// <summary>Bytes on the disk.</summary>
    public long SpoolBytes { get; init; }

    /// <summary>Messages sent again.</summary>
    public long Resent { get; init; }

    /// <summary>Connections made after the first.</summary>
    public long Reconnects { get; init; }

    /// <summary>Datagrams refused by the other machine or by this one's kernel.</summary>
    public long Refused { get; init; }

    /// <summary>Messages that lost fields to stay within the longest length.</summary>
    public long Shortened { get; init; }

    /// <summary>Messages that were sent without having been on the disk first, since it was full or failed.</summary>
    public long NotSpooled { get; init; }

    /// <summary>The last failure: its id and what it said.</summary>
    public string? LastError { get; init; }

    /// <summary>When that was (UTC).</summary>
    public DateTimeOffset? LastErrorTime { get; init; }

    /// <summary>Failures by error id.</summary>
    public DetailList<KismetCounter> Errors { get; init; } = DetailList<KismetCounter>.Empty;

    /// <summary>Sent, delivered, queued and dropped.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Sent} sent{(Delivered is long n ? $", {n} delivered" : string.Empty)}, {Queued} queued, {Dropped} dropped");
}
