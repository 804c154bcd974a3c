using KismetPS.Capture;
using KismetPS.Wireless.Security;

namespace KismetPS.Tracking;

/// <summary>A device as it was known at one moment: an immutable snapshot. Null means unknown, never zero.</summary>
public sealed class KismetDevice
{
    internal const string Wifi = "IEEE802.11";

    /// <summary>MAC address, <c>AA:BB:CC:DD:EE:FF</c>.</summary>
    public required string MacAddress { get; init; }

    /// <summary>What it is.</summary>
    public KismetDeviceType Type { get; init; }

    /// <summary>Name of the network: of an access point its own (the last heard of several), of a client that of its access point.</summary>
    public string? Ssid { get; init; }

    /// <summary>BSSID it serves or is a client of.</summary>
    public string? Bssid { get; init; }

    /// <summary>Organisation the address is registered to at the IEEE.</summary>
    public string? Vendor { get; init; }

    /// <summary>Whether the address is locally administered: of a client, most likely randomised.</summary>
    public bool IsRandomized { get; init; }

    /// <summary>Channel number: told by the device itself, else the one the sensor heard it on.</summary>
    public int? Channel { get; init; }

    /// <summary>Centre frequency of that channel, MHz.</summary>
    public int? FrequencyMHz { get; init; }

    /// <summary>Protection offered or used.</summary>
    public WirelessEncryption Encryption { get; init; }

    /// <summary>Last signal, dBm; heard by several sensors, the best of the last frame.</summary>
    public int? SignalDbm { get; init; }

    /// <summary>Weakest signal, dBm.</summary>
    public int? SignalMinDbm { get; init; }

    /// <summary>Strongest signal, dBm.</summary>
    public int? SignalMaxDbm { get; init; }

    /// <summary>Last noise floor, dBm.</summary>
    public int? NoiseDbm { get; init; }

    /// <summary>Highest rate offered or used, Mbit/s.</summary>
    public double? MaxRateMbps { get; init; }

    /// <summary>Newest generation offered: b, g, a, n, ac, ax or be.</summary>
    public string? Standard { get; init; }

    /// <summary>Frames it sent; one heard by several sensors counts once. Until it is heard itself, the frames an access point or bridge sends for it.</summary>
    public long Packets { get; init; }

    /// <summary>Data frames with payload among them.</summary>
    public long DataPackets { get; init; }

    /// <summary>Management frames among them.</summary>
    public long ManagementPackets { get; init; }

    /// <summary>Data frames among them that are protected, whatever by.</summary>
    public long EncryptedPackets { get; init; }

    /// <summary>Bytes of those frames on the air, without FCS.</summary>
    public long Bytes { get; init; }

    /// <summary>Frames with the retry bit.</summary>
    public long Retries { get; init; }

    /// <summary>Frames with a wrong FCS whose transmitter address, as far as it can be trusted then, is this one. They count nowhere else.</summary>
    public long FcsErrors { get; init; }

    /// <summary>Clients of an access point, all that were seen and have not expired.</summary>
    public int ClientCount { get; init; }

    /// <summary>Beacon interval, time units of 1.024 ms.</summary>
    public int? BeaconIntervalTu { get; init; }

    /// <summary>Latitude, degrees, WGS 84: as a server tells it, or where the sensor was that heard the device best, if it has a GPS as drones may.</summary>
    public double? Latitude { get; init; }

    /// <summary>Longitude, degrees, WGS 84.</summary>
    public double? Longitude { get; init; }

    /// <summary>Altitude, metres.</summary>
    public double? AltitudeM { get; init; }

    /// <summary>First frame (UTC, packet time).</summary>
    public DateTimeOffset FirstSeen { get; init; }

    /// <summary>Last frame (UTC, packet time).</summary>
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>Sensor that heard it last.</summary>
    public string? SensorId { get; init; }

    /// <summary>Where the session gets its frames from: address and port, path or interface.</summary>
    public string? Source { get; init; }

    /// <summary>Number of the session.</summary>
    public int SessionId { get; init; }

    /// <summary>Whether the server that told of this device is away, so that it may be out of date. Always false where this host hears the frames itself.</summary>
    public bool IsStale { get; init; }

    /// <summary>Radio technology it was heard on: <c>IEEE802.11</c>, or what a remote server calls others, such as <c>Bluetooth</c> or <c>RTL433</c>.</summary>
    public string Phy { get; init; } = Wifi;

    /// <summary>Networks it advertises.</summary>
    public DetailList<KismetSsid> Ssids { get; init; } = DetailList<KismetSsid>.Empty;

    /// <summary>Names it asked for.</summary>
    public DetailList<string> ProbedSsids { get; init; } = DetailList<string>.Empty;

    /// <summary>MAC addresses of its clients.</summary>
    public DetailList<string> Clients { get; init; } = DetailList<string>.Empty;

    /// <summary>Details of the protection.</summary>
    public KismetSecurity Security { get; init; } = KismetSecurity.Unknown;

    /// <summary>Signal per sensor.</summary>
    public DetailList<KismetSensorSignal> Sensors { get; init; } = DetailList<KismetSensorSignal>.Empty;

    /// <summary>What a remote server told beside all this. Empty where this host hears the frames itself.</summary>
    public DetailList<KismetProperty> Properties { get; init; } = DetailList<KismetProperty>.Empty;

    /// <summary>The MAC address.</summary>
    public override string ToString() => MacAddress;
}
