using KismetPS.Tracking;

namespace KismetPS.Export.Messages;

/// <summary>The fields of an alert in a message, named as those of a device where they mean the same.</summary>
internal static class AlertMessageFields
{
    private static readonly MessageField<KismetAlert> s_timestamp = new TimeField<KismetAlert>("Timestamp", "timestamp", static a => a.Time, zone: false, cefKey: "rt");
    private static readonly MessageField<KismetAlert> s_macAddress = new TextField<KismetAlert>(nameof(KismetAlert.MacAddress), "mac_addr", static a => a.MacAddress, "smac");
    private static readonly MessageField<KismetAlert> s_phy = new WordField<KismetAlert>("PhyType", "phy_type", static _ => KismetDevice.Wifi, "app");
    private static readonly MessageField<KismetAlert> s_type = new TextField<KismetAlert>(nameof(KismetAlert.Type), "alert_type", TypeName, "cat");
    private static readonly MessageField<KismetAlert> s_text = new TextField<KismetAlert>(nameof(KismetAlert.Text), "text", static a => a.Text, "msg");
    private static readonly MessageField<KismetAlert> s_bssid = new TextField<KismetAlert>(nameof(KismetAlert.Bssid), "bssid", static a => a.Bssid, "cs2", "bssid");
    private static readonly MessageField<KismetAlert> s_destination = new TextField<KismetAlert>(nameof(KismetAlert.Destination), "destination", static a => a.Destination, "dmac");
    private static readonly MessageField<KismetAlert> s_ssid = new TextField<KismetAlert>(nameof(KismetAlert.Ssid), "ssid", static a => a.Ssid, "cs1", "ssid");
    private static readonly MessageField<KismetAlert> s_channel = new IntegerField<KismetAlert>(nameof(KismetAlert.Channel), "channel", static a => a.Channel, "cn2", "channel");
    private static readonly MessageField<KismetAlert> s_sensor = new TextField<KismetAlert>(nameof(KismetAlert.SensorId), "sensor", static a => a.SensorId, "deviceExternalId");
    private static readonly MessageField<KismetAlert> s_sequence = new IntegerField<KismetAlert>(nameof(KismetAlert.Sequence), "alert_sequence", static a => a.Sequence);

    public static MessageField<KismetAlert>[] All { get; } =
        [s_timestamp, s_macAddress, s_phy, s_type, s_text, s_bssid, s_destination, s_ssid, s_channel, s_sensor, s_sequence];

    public static MessageField<KismetAlert>[] Csv { get; } = [s_macAddress, s_phy, s_type, s_text, s_timestamp];

    public static MessageField<KismetAlert>[] Simple { get; } = [s_macAddress, s_phy, s_type, s_text];

    public static MessageField<KismetAlert>[] LeastImportantFirst { get; } = [s_sequence, s_sensor, s_destination, s_channel, s_ssid, s_bssid];

    /// <summary>The kind: our name, or the one a remote server gave a kind we do not know.</summary>
    public static string TypeName(KismetAlert alert) =>
        alert.Type == KismetAlertType.Other && alert.Header is { Length: > 0 } header ? header : NameText<KismetAlertType>.Of(alert.Type);
}
