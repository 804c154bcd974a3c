using KismetPS.Capture;

namespace KismetPS.Tracking;

/// <summary>Counters of a session at one moment.</summary>
public class KismetStatistic
{
    /// <summary>Number of the session.</summary>
    public int SessionId { get; init; }

    /// <summary>Name of the session.</summary>
    public string? Name { get; init; }

    /// <summary>Datagrams, packets or records received.</summary>
    public long Received { get; init; }

    /// <summary>802.11 frames decoded.</summary>
    public long Decoded { get; init; }

    /// <summary>Messages and frames that could not be decoded (sum of the reasons that mean damage).</summary>
    public long Malformed { get; init; }

    /// <summary>Messages and frames that were received and did not reach the tables, for any reason.</summary>
    public long Dropped { get; init; }

    /// <summary>What the kernel dropped before we saw it.</summary>
    public long KernelDropped { get; init; }

    /// <summary>Bytes received.</summary>
    public long Bytes { get; init; }

    /// <summary>Frames that several sensors heard and that count once (already in Decoded).</summary>
    public long Duplicates { get; init; }

    /// <summary>Frames per second over the last few seconds.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>Most messages ever waiting in a queue of this session (subscriptions, capture file).</summary>
    public long QueueHighWater { get; init; }

    /// <summary>Frames that slow consumers of this session did not get.</summary>
    public long QueueDropped { get; init; }

    /// <summary>Receive buffer in force, bytes.</summary>
    public int ReceiveBufferBytes { get; init; }

    /// <summary>Devices known now.</summary>
    public int Devices { get; init; }

    /// <summary>Networks known now.</summary>
    public int Networks { get; init; }

    /// <summary>Devices that expired.</summary>
    public long Expired { get; init; }

    /// <summary>Devices, names and relations pushed out of full tables.</summary>
    public long Evicted { get; init; }

    /// <summary>Alerts raised.</summary>
    public long Alerts { get; init; }

    /// <summary>EAPOL-Key messages heard.</summary>
    public long EapolKeys { get; init; }

    /// <summary>Count by reason of what did not reach the tables, by limit of what was pushed out.</summary>
    public DetailList<KismetCounter> DropReasons { get; init; } = DetailList<KismetCounter>.Empty;

    /// <summary>Per sensor.</summary>
    public DetailList<KismetSensor> Sensors { get; init; } = DetailList<KismetSensor>.Empty;

    /// <summary>Received, devices and networks.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Received} received, {Devices} devices, {Networks} networks");
}
