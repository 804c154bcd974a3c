using KismetPS.Capture;
using KismetPS.Tracking;
using KismetPS.Tracking.Remote;
using KismetPS.Wireless.Vendors;

namespace KismetPS.Kismet.Rest;

/// <summary>One name of one access point of a server.</summary>
internal sealed class RestNetwork(RestTables owner, RestDevice device, RestSsid ssid) : RemoteRow<KismetNetwork>
{
    /// <summary>What is known of the name.</summary>
    public RestSsid Ssid { get; set; } = ssid;

    // The server writes down when a name was advertised with its other details, which are not asked for at each poll.
    public override DateTimeOffset LastSeen => RestText.Time(Ssid.Name == (device.Facts.Ssid ?? string.Empty) ? Math.Max(Ssid.LastSeconds, device.Facts.LastSeconds) : Ssid.LastSeconds);

    protected override KismetNetwork Build(bool stale)
    {
        ref RestFacts facts = ref device.Facts;
        string? channel = Ssid.Channel ?? facts.Channel;
        KismetSecurity security = RestText.Security(Ssid.Crypt, Ssid.MfpRequired, Ssid.MfpCapable);
        (string? standard, int? width) = RestText.ModeOf(Ssid.HtMode);
        return new KismetNetwork
        {
            Bssid = facts.Address.ToString(),
            Ssid = Ssid.Name.Length == 0 ? null : Ssid.Name,
            Hidden = Ssid.Hidden,
            Channel = RestText.ChannelOf(channel),
            FrequencyMHz = RestText.FrequencyOf(channel, facts.FrequencyKHz),
            WidthMHz = width,
            Encryption = security.Encryption,
            Standard = standard,
            Country = Ssid.Country,
            SignalDbm = device.Dbm(facts.Signal),
            ClientCount = facts.Clients,
            Clients = device.Details is { Clients.Count: > 0 } ? new DetailList<string>([.. device.Details.Clients]) : DetailList<string>.Empty,
            Packets = facts.Packets,
            DataPackets = facts.DataPackets,
            ManagementPackets = facts.LinkPackets,
            EncryptedPackets = facts.CryptPackets,
            Bytes = facts.DataSize,
            MfpRequired = (security.Encryption & (Wireless.Security.WirelessEncryption.Wpa2 | Wireless.Security.WirelessEncryption.Wpa3 | Wireless.Security.WirelessEncryption.Owe)) != 0 ? Ssid.MfpRequired : null,

            // The states of the element: Wi-Fi Simple Configuration 12, 1 not configured, 2 configured.
            Wps = Ssid.WpsState switch { 1 => "NotConfigured", 2 => "Configured", _ => null },
            Manufacturer = Ssid.Manufacturer ?? VendorRegistry.Lookup(facts.Address) ?? (facts.Manufacturer is "Unknown" ? null : facts.Manufacturer),
            Model = Ssid.Model,
            ApName = Ssid.ApName,
            ReportedStations = Ssid.Stations,
            ChannelUtilization = Ssid.Utilization,
            Security = security,
            FirstSeen = RestText.Time(Ssid.FirstSeconds),
            LastSeen = LastSeen,
            SessionId = owner.SessionId,
            IsStale = stale,
        };
    }
}
