namespace KismetPS.Kismet.Text.Client;

/// <summary>Fields of all sentences that are made something of, by their names without underscores. The same name means the same in all of them but for its unit.</summary>
internal enum TextField : byte
{
    /// <summary>Not made anything of; part of the sentence for those who want it raw.</summary>
    None = 0,

    // Keys.
    Bssid,
    Mac,
    Checksum,
    Uuid,

    // BSSID, NETWORK and CLIENT.
    Type,
    LlcPackets,
    DataPackets,
    CryptPackets,
    Manuf,
    Channel,
    FirstTime,
    LastTime,
    GpsFixed,
    MinLat,
    MinLon,
    MaxLat,
    MaxLon,
    BestLat,
    BestLon,
    BestAlt,
    AggLat,
    AggLon,
    AggAlt,
    AggPoints,
    SignalDbm,
    NoiseDbm,
    MinSignalDbm,
    MaxSignalDbm,
    Signal,
    Noise,
    BestSignal,
    DataSize,
    CarrierSet,
    MaxSeenRate,
    EncodingSet,
    Retries,
    FreqMhz,
    DataCryptSet,
    Wep,
    BssTimestamp,

    // SSID, and NETWORK of stable.
    Ssid,
    CryptSet,
    Cloaked,
    MaxRate,
    BeaconRate,
    Packets,
    Beacons,
    Dot11D,
    Wps,
    WpsManuf,
    WpsDeviceName,
    WpsModelName,

    // BSSIDSRC and CLISRC.
    NumPackets,

    // SOURCE and CARD.
    Interface,
    Username,
    Id,
    Hop,
    Hopping,
    Velocity,
    Dwell,
    ChannelList,
    Error,
    Warning,

    // ALERT.
    Sec,
    Usec,
    Header,
    Source,
    Dest,
    Other,
    Text,

    // INFO.
    Networks,
    Rate,
    Clients,

    // GPS.
    Lat,
    Lon,
    Alt,
    Fix,

    // CHANNEL.
    PacketsDelta,
    UseCused,
    Bytes,
    ActiveNetworks,
    MaxNoiseDbm,

    // STATUS and CRITFAIL.
    Flags,
    Time,
    Message,

    // BATTERY.
    Percentage,
    Charging,
    Ac,

    // NETTAG and CLITAG.
    Tag,
    Value,
}
