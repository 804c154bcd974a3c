using KismetPS.Tracking.Tables;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Security;

namespace KismetPS.Tracking.Alerts;

/// <summary>A network that is not what it was: channel, beacon interval, protection, clock. Two transmitters may be using its BSSID.</summary>
internal sealed class NetworkChangeRule : AlertRule
{
    // A restarted access point begins its clock at zero, which deserves the look too; less than a second back is a reordered frame.
    private const ulong ClockToleranceUs = 1_000_000;

    private const WirelessEncryption Protected =
        WirelessEncryption.Wep | WirelessEncryption.Wpa | WirelessEncryption.Wpa2 | WirelessEncryption.Wpa3 | WirelessEncryption.Owe;

    public override AlertEvents Events => AlertEvents.Advertisement;

    public override void OnAdvertisement(in Advertisement advertisement, in NetworkRow known, AlertLog log)
    {
        if (advertisement.IsNew)
        {
            return;
        }

        ushort channel = advertisement.Channel;
        if (channel != 0 && known.Channel != 0 && channel != known.Channel && channel != known.AnnouncedChannel)
        {
            Raise(KismetAlertType.ChannelChange, advertisement, known, log, static (in a, in k, name) => $"Network '{name}' moved from channel {k.Channel} to {a.Channel} without announcing it.");
        }

        WirelessEncryption encryption = advertisement.Elements.Security.Encryption;
        if (encryption == WirelessEncryption.Open && (known.Security.Encryption & Protected) != 0)
        {
            Raise(KismetAlertType.EncryptionDropped, advertisement, known, log, static (in _, in k, name) => $"Network '{name}' dropped its encryption ({k.Security.Encryption}).");
        }

        if (advertisement.Facts.BeaconIntervalTu != known.BeaconIntervalTu && known.BeaconIntervalTu != 0)
        {
            Raise(KismetAlertType.BeaconIntervalChange, advertisement, known, log, static (in a, in k, name) => $"Network '{name}' changed its beacon interval from {k.BeaconIntervalTu} to {a.Facts.BeaconIntervalTu} TU.");
        }

        if (advertisement.Facts.Subtype == FrameSubtype.Beacon && advertisement.Facts.TsfUs + ClockToleranceUs < known.TsfUs)
        {
            Raise(KismetAlertType.BssTimestamp, advertisement, known, log, static (in a, in k, name) => $"The clock of network '{name}' ran backwards by {(k.TsfUs - a.Facts.TsfUs) / 1_000_000} s: it restarted, or two stations use its BSSID.");
        }
    }

    private delegate string Text(in Advertisement advertisement, in NetworkRow known, string name);

    private static void Raise(KismetAlertType type, in Advertisement advertisement, in NetworkRow known, AlertLog log, Text text)
    {
        if (log.Permits(type, advertisement.Bssid, advertisement.Info.TimestampNs))
        {
            log.Raise(
                type,
                text(advertisement, known, log.NameText(known.Name)),
                advertisement.Info,
                advertisement.Bssid,
                advertisement.Facts.Transmitter,
                advertisement.Facts.Receiver,
                known.Name,
                advertisement.Channel);
        }
    }
}
