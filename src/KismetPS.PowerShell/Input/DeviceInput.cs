using System.Management.Automation;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Input;

/// <summary>What is taken for a device: devices, changes of them, networks, and what was one of these before Clixml, CSV or a remote session.</summary>
internal static class DeviceInput
{
    /// <summary>The device in an object; <paramref name="expired"/> where it is told as one that was forgotten.</summary>
    public static bool TryGet(PSObject item, out KismetDevice device, out bool expired)
    {
        expired = false;
        switch (item.BaseObject)
        {
            case KismetDeviceChange change:
                device = change.Device;
                expired = change.Change == KismetChangeKind.Expired;
                return true;
            case KismetNetwork network:
                device = AccessPointOf(network);
                return true;
        }

        if (LanguagePrimitives.TryConvertTo(item, out device))
        {
            return true;
        }

        bool restored = SnapshotRestorer.CanRestore(item, typeof(KismetNetwork)) && LanguagePrimitives.TryConvertTo(item, out KismetNetwork again) && (device = AccessPointOf(again)) is not null;
        return restored;
    }

    // A network is told as the access point that makes it, with what is known of the network.
    private static KismetDevice AccessPointOf(KismetNetwork network) => new()
    {
        MacAddress = network.Bssid,
        Type = KismetDeviceType.AccessPoint,
        Ssid = network.Ssid,
        Bssid = network.Bssid,
        Vendor = network.Manufacturer,
        Channel = network.Channel,
        FrequencyMHz = network.FrequencyMHz,
        Encryption = network.Encryption,
        Security = network.Security,
        Standard = network.Standard,
        SignalDbm = network.SignalDbm,
        Packets = network.Packets,
        DataPackets = network.DataPackets,
        ManagementPackets = network.ManagementPackets,
        EncryptedPackets = network.EncryptedPackets,
        Bytes = network.Bytes,
        ClientCount = network.ClientCount,
        Clients = network.Clients,
        FirstSeen = network.FirstSeen,
        LastSeen = network.LastSeen,
        SessionId = network.SessionId,
        IsStale = network.IsStale,
    };
}
