using KismetPS.Tracking.Tables;
using KismetPS.Wireless.Security;

namespace KismetPS.Tracking.Alerts;

/// <summary>A known name under a new BSSID that does not fit: unprotected where the others are protected, independent where they are infrastructure.</summary>
internal sealed class NameRule : AlertRule
{
    private const WirelessEncryption Strong = WirelessEncryption.Wpa | WirelessEncryption.Wpa2 | WirelessEncryption.Wpa3;

    public override AlertEvents Events => AlertEvents.Advertisement;

    public override void OnAdvertisement(in Advertisement advertisement, in NetworkRow known, AlertLog log)
    {
        if (!advertisement.IsNewName)
        {
            return;
        }

        NameUse use = log.UseOf(known.Name);
        WirelessEncryption encryption = advertisement.Elements.Security.Encryption;
        if (encryption is WirelessEncryption.Open or WirelessEncryption.Wep && (use.Encryption & Strong) != 0
            && !advertisement.Elements.Security.OweTransition
            && log.Permits(KismetAlertType.SsidSpoof, advertisement.Bssid, advertisement.Info.TimestampNs))
        {
            Raise(KismetAlertType.SsidSpoof, $"A new access point offers '{log.NameText(known.Name)}' with {encryption}; others offer it with {use.Encryption}.", advertisement, known, log);
        }

        if ((advertisement.AdHoc ? use.Infrastructure : use.AdHoc)
            && log.Permits(KismetAlertType.AdHocConflict, advertisement.Bssid, advertisement.Info.TimestampNs))
        {
            Raise(KismetAlertType.AdHocConflict, $"'{log.NameText(known.Name)}' is offered both by an access point and by an independent network.", advertisement, known, log);
        }
    }

    private static void Raise(KismetAlertType type, string text, in Advertisement advertisement, in NetworkRow known, AlertLog log) =>
        log.Raise(
            type,
            text,
            advertisement.Info,
            advertisement.Bssid,
            advertisement.Facts.Transmitter,
            advertisement.Facts.Receiver,
            known.Name,
            advertisement.Channel);
}
