using KismetPS.Tracking;

namespace KismetPS.Export.Messages;

/// <summary>A record in words, for those who read logs: <c>AccessPoint AA:BB:CC:DD:EE:FF "Office" channel 6 -45 dBm</c>.</summary>
internal static class RecordSentence
{
    // Names of networks have 32 bytes; others may come from a remote server.
    private const int Most = 160;

    public static void Write(Utf8Text to, in ExportRecord record, TextEscape escape, int most)
    {
        most = Math.Min(most, Most);
        if (record.Kind == ExportRecordKind.Alert)
        {
            KismetAlert alert = record.Alert!;
            to.Text(AlertMessageFields.TypeName(alert), escape, most);
            to.Bytes(": "u8);
            to.Text(alert.Text, escape, most * 2);
            return;
        }

        KismetDevice device = record.Device!;
        to.Ascii(NameText<KismetDeviceType>.Of(device.Type));
        to.Byte((byte)' ');
        to.Text(device.MacAddress, escape, most);
        if (device.Ssid is string ssid)
        {
            ReadOnlySpan<byte> quote = escape == TextEscape.Json ? "\\\""u8 : "\""u8;
            to.Byte((byte)' ');
            to.Bytes(quote);
            to.Text(ssid, escape, most);
            to.Bytes(quote);
        }

        if (device.Channel is int channel)
        {
            to.Bytes(" channel "u8);
            to.Number(channel);
        }

        if (record.Kind == ExportRecordKind.Expired)
        {
            to.Bytes(" expired"u8);
        }
        else if (device.SignalDbm is int dbm)
        {
            to.Byte((byte)' ');
            to.Number(dbm);
            to.Bytes(" dBm"u8);
        }
    }
}
