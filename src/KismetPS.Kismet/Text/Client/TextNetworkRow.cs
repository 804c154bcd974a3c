using KismetPS.Capture;
using KismetPS.Kismet.Text.Values;
using KismetPS.Tracking;
using KismetPS.Tracking.Remote;
using KismetPS.Wireless.Security;
using KismetPS.Wireless.Vendors;

namespace KismetPS.Kismet.Text.Client;

/// <summary>A network a text server told: a name of a BSSID.</summary>
internal sealed class TextNetworkRow(TextDeviceRow device, SsidFacts ssid, string name) : RemoteRow<KismetNetwork>
{
    /// <summary>The name it is filed under; empty while hidden.</summary>
    public string Name => name;

    /// <inheritdoc/>
    public override DateTimeOffset LastSeen => UserText.Time(ssid.Last) ?? device.LastSeen;

    internal override void Removed() => ssid.Row = null;

    /// <inheritdoc/>
    protected override KismetNetwork Build(bool stale)
    {
        BssState bss = device.Bss!;
        ref HeardFacts facts = ref bss.Facts;
        TextWorld world = device.World;
        SsidFacts? nameless = name.Length == 0 ? null : bss.Nameless;
        bool learnt = nameless is not null && ssid.Type == SsidType.ProbeResponse;
        // Tags are of the network's name of now.
        TagFacts? tags = ReferenceEquals(bss.Current, ssid) ? bss.Tags : null;
        SecurityFacts security = tags?.Security ?? world.Security(ssid.CryptSet);
        (int? channel, int? mhz) = TextWorld.ChannelOf(facts);
        DateTimeOffset last = LastSeen;
        return new KismetNetwork
        {
            Bssid = device.Address.ToString(),
            Ssid = name.Length == 0 ? null : name,
            Hidden = ssid.Cloaked || name.Length == 0 || learnt,
            Channel = channel,
            FrequencyMHz = mhz,
            Encryption = security.Encryption,
            Standard = bss.Tags?.Standard ?? world.Standard(facts),
            WidthMHz = bss.Tags?.WidthMHz,
            Country = ssid.Country,
            SignalDbm = device.Signal().Last,
            ClientCount = bss.Clients.Count,
            Clients = device.ClientList(),
            Beacons = ssid.Beacons + (learnt ? nameless!.Beacons : 0),
            Packets = facts.Packets,
            ManagementPackets = facts.Llc,
            DataPackets = facts.Data,
            EncryptedPackets = facts.Crypted,
            Bytes = facts.Bytes,
            TimestampUs = (ulong)facts.Timestamp,
            Wps = (ssid.Wps & 4) != 0 ? "Locked" : (ssid.Wps & 1) != 0 ? "Configured" : (ssid.Wps & 2) != 0 ? "NotConfigured" : null,
            Manufacturer = ssid.Manufacturer ?? VendorRegistry.Lookup(device.Address) ?? device.Manufacturer,
            Model = ssid.Model,
            ApName = ssid.DeviceName,
            Security = TextWorld.Details(security),
            FirstSeen = UserText.Time(ssid.First) ?? last,
            LastSeen = last,
            SessionId = world.SessionId,
            IsStale = stale,
        };
    }
}
