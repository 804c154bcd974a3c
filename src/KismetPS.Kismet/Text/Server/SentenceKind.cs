namespace KismetPS.Kismet.Text.Server;

/// <summary>
/// The sentences this server has, both eras together. Their order is the order within one tick: a network before its names, sources and clients,
/// since receivers drop what they do not know the network of.
/// </summary>
internal enum SentenceKind : byte
{
    Kismet,
    Error,
    Ack,
    Protocols,
    Capability,
    Terminate,
    Time,
    Status,
    Source,
    Card,
    Gps,
    Battery,
    Info,
    Alert,
    Remove,
    Network,
    Bssid,
    Ssid,
    BssidSrc,
    NetTag,
    Client,
    CliSrc,
    CliTag,
    Channel,
}
