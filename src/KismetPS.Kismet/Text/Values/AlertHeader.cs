using KismetPS.Tracking;

namespace KismetPS.Kismet.Text.Values;

/// <summary>ALERT.header: the names Kismet gives its alerts.</summary>
internal static class AlertHeader
{
    /// <summary>Kismet's name of an alert of ours.</summary>
    public static ReadOnlySpan<byte> Of(KismetAlertType type) => type switch
    {
        KismetAlertType.ChannelChange => "CHANCHANGE"u8,
        KismetAlertType.DeauthenticationFlood => "DEAUTHFLOOD"u8,
        KismetAlertType.BroadcastDisconnect => "BCASTDISCON"u8,
        KismetAlertType.SsidSpoof => "APSPOOF"u8,
        KismetAlertType.EncryptionDropped => "CRYPTODROP"u8,
        KismetAlertType.LongSsid => "LONGSSID"u8,
        KismetAlertType.NullProbeResponse => "NULLPROBERESP"u8,
        KismetAlertType.InvalidReasonCode => "DEAUTHCODEINVALID"u8,
        KismetAlertType.BssTimestamp => "BSSTIMESTAMP"u8,
        KismetAlertType.BeaconIntervalChange => "BEACONRATE"u8,
        KismetAlertType.AdHocConflict => "ADHOCCONFLICT"u8,
        KismetAlertType.DisassociatedTraffic => "DISASSOCTRAFFIC"u8,
        _ => "KISMETPS"u8,
    };

    /// <summary>Our kind of an alert of Kismet's; false for one we do not have, such as PROBENOJOIN.</summary>
    public static bool TryRead(ReadOnlySpan<byte> header, out KismetAlertType type)
    {
        if (header.SequenceEqual("DISCONCODEINVALID"u8))
        {
            type = KismetAlertType.InvalidReasonCode;
            return true;
        }

        for (type = KismetAlertType.ChannelChange; type <= KismetAlertType.DisassociatedTraffic; type++)
        {
            if (header.SequenceEqual(Of(type)))
            {
                return true;
            }
        }

        type = 0;
        return false;
    }
}
