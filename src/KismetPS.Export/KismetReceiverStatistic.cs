using System.Globalization;
using KismetPS.Capture;
using KismetPS.Tracking;

namespace KismetPS.Export;

/// <summary>Counters of a receiver at one moment. Received are the messages, good and bad; Malformed those that could not be read; Bytes their bytes without framing, uncompressed; QueueDropped the devices of datagrams that a slow reader did not get.</summary>
public sealed class KismetReceiverStatistic : KismetStatistic
{
    /// <summary>Where it listens: address and port.</summary>
    public string? EndPoint { get; init; }

    /// <summary>Transport.</summary>
    public KismetExportProtocol Protocol { get; init; }

    /// <summary>Connections open now.</summary>
    public int Clients { get; init; }

    /// <summary>Connections taken.</summary>
    public long Connections { get; init; }

    /// <summary>Connections and datagrams from hosts that are not allowed, and connections over the limit.</summary>
    public long Refused { get; init; }

    /// <summary>Numbers that did not come, of all streams.</summary>
    public long Missing { get; init; }

    /// <summary>Messages that were there before and were left out.</summary>
    public long Repeats { get; init; }

    /// <summary>Per stream.</summary>
    public DetailList<KismetReceivedStream> Streams { get; init; } = DetailList<KismetReceivedStream>.Empty;

    /// <summary>Received, missing, repeated and not read.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Received} received, {Missing} missing, {Repeats} repeated, {Malformed} not read");
}
