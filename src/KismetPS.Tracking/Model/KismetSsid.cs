using KismetPS.Wireless.Security;

namespace KismetPS.Tracking;

/// <summary>One network name that an access point advertises.</summary>
public sealed class KismetSsid
{
    /// <summary>Name; null while hidden and not learnt. Bytes that are no UTF-8 or are control characters are shown as <c>\xNN</c>.</summary>
    public string? Ssid { get; init; }

    /// <summary>Whether beacons hide it.</summary>
    public bool Hidden { get; init; }

    /// <summary>Channel advertised.</summary>
    public int? Channel { get; init; }

    /// <summary>Protection.</summary>
    public WirelessEncryption Encryption { get; init; }

    /// <summary>Beacon interval, time units of 1.024 ms.</summary>
    public int? BeaconIntervalTu { get; init; }

    /// <summary>Highest rate offered, Mbit/s.</summary>
    public double? MaxRateMbps { get; init; }

    /// <summary>First advertised (UTC).</summary>
    public DateTimeOffset FirstSeen { get; init; }

    /// <summary>Last advertised (UTC).</summary>
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>Beacons and probe responses with it.</summary>
    public long Packets { get; init; }

    /// <summary>The name, or <c>&lt;hidden&gt;</c>.</summary>
    public override string ToString() => Ssid ?? "<hidden>";
}
