using KismetPS.Wireless;
using KismetPS.Wireless.Security;

namespace KismetPS.Tracking;

/// <summary>Which devices or networks are wanted; every condition set must hold. Text conditions are predicates, since hosts differ in wildcards.</summary>
internal sealed record DeviceFilter
{
    /// <summary>Any of these addresses; empty: all. A network is matched by its BSSID.</summary>
    public IReadOnlyList<MacAddress> Addresses { get; init; } = [];

    /// <summary>Addresses from the first to the second, both included; null: all.</summary>
    public (MacAddress First, MacAddress Last)? Range { get; init; }

    /// <summary>Any of these kinds; empty: all.</summary>
    public IReadOnlyList<KismetDeviceType> Types { get; init; } = [];

    /// <summary>Tested against the SSID and all names advertised or probed for.</summary>
    public Predicate<string>? Ssid { get; init; }

    /// <summary>Tested against the vendor.</summary>
    public Predicate<string>? Vendor { get; init; }

    /// <summary>Any of these channels; empty: all.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [];

    /// <summary>At least this strong, dBm.</summary>
    public int? MinSignalDbm { get; init; }

    /// <summary>Protection includes any of these; <see cref="WirelessEncryption.Unknown"/>: no condition.</summary>
    public WirelessEncryption Encryption { get; init; }

    /// <summary>Heard at or after.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>At most so many; 0: all.</summary>
    public int First { get; init; }
}
