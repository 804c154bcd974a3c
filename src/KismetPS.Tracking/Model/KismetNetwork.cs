using KismetPS.Capture;
using KismetPS.Wireless.Security;

namespace KismetPS.Tracking;

/// <summary>A network, one per BSSID and SSID, as known at one moment: an immutable snapshot. Null means unknown.</summary>
public sealed class KismetNetwork
{
    /// <summary>BSSID.</summary>
    public required string Bssid { get; init; }

    /// <summary>Name; null while hidden and not learnt.</summary>
    public string? Ssid { get; init; }

    /// <summary>Whether beacons hide the name.</summary>
    public bool Hidden { get; init; }

    /// <summary>Primary channel.</summary>
    public int? Channel { get; init; }

    /// <summary>Its frequency, MHz.</summary>
    public int? FrequencyMHz { get; init; }

    /// <summary>Operating width, MHz.</summary>
    public int? WidthMHz { get; init; }

    /// <summary>Protection.</summary>
    public WirelessEncryption Encryption { get; init; }

    /// <summary>Newest generation offered: b, g, a, n, ac, ax or be.</summary>
    public string? Standard { get; init; }

    /// <summary>Country code of its beacons.</summary>
    public string? Country { get; init; }

    /// <summary>Last signal of the access point, dBm.</summary>
    public int? SignalDbm { get; init; }

    /// <summary>Clients of the BSSID.</summary>
    public int ClientCount { get; init; }

    /// <summary>Their MAC addresses.</summary>
    public DetailList<string> Clients { get; init; } = DetailList<string>.Empty;

    /// <summary>Beacons with this name.</summary>
    public long Beacons { get; init; }

    /// <summary>Frames sent in the BSS, by the access point and its clients.</summary>
    public long Packets { get; init; }

    /// <summary>Data frames with payload among them.</summary>
    public long DataPackets { get; init; }

    /// <summary>Management frames among them.</summary>
    public long ManagementPackets { get; init; }

    /// <summary>Data frames among them that are protected, whatever by.</summary>
    public long EncryptedPackets { get; init; }

    /// <summary>Bytes of the frames in the BSS.</summary>
    public long Bytes { get; init; }

    /// <summary>Clock of the access point in its last beacon, microseconds since it started; 0 while unknown.</summary>
    internal ulong TimestampUs { get; init; }

    /// <summary>Management frame protection demanded; null where the network has no RSN.</summary>
    public bool? MfpRequired { get; init; }

    /// <summary>WPS: Configured, NotConfigured or Locked; null if not offered.</summary>
    public string? Wps { get; init; }

    /// <summary>Maker, from WPS, else the vendor of the BSSID.</summary>
    public string? Manufacturer { get; init; }

    /// <summary>Model, from WPS.</summary>
    public string? Model { get; init; }

    /// <summary>Name the access point gives itself (Cisco CCX, WPS device name).</summary>
    public string? ApName { get; init; }

    /// <summary>MLD address where the access point is one link of a multi-link device.</summary>
    public string? MldAddress { get; init; }

    /// <summary>Stations the access point reports (QBSS load), null if it does not.</summary>
    public int? ReportedStations { get; init; }

    /// <summary>Channel utilisation it reports, percent, null if it does not.</summary>
    public double? ChannelUtilization { get; init; }

    /// <summary>Details of the protection.</summary>
    public KismetSecurity Security { get; init; } = KismetSecurity.Unknown;

    /// <summary>First advertised (UTC).</summary>
    public DateTimeOffset FirstSeen { get; init; }

    /// <summary>Last advertised (UTC).</summary>
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>Number of the session.</summary>
    public int SessionId { get; init; }

    /// <summary>Whether the server that told of this network is away, so that it may be out of date. Always false where this host hears the frames itself.</summary>
    public bool IsStale { get; init; }

    /// <summary>Name and BSSID.</summary>
    public override string ToString() => $"{Ssid ?? "<hidden>"} ({Bssid})";
}
