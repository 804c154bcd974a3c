using System.Globalization;
using System.Text;
using KismetPS.Capture.Tzsp;
using KismetPS.Kismet;
using KismetPS.Tracking;

namespace KismetPS.Cli.Output;

/// <summary>Objects as one line each, for streams of them. Cleaned: nothing in a line acts on a terminal.</summary>
internal static class Lines
{
    public static string Of(KismetDevice device) => Join(
        Clock(device.LastSeen),
        device.MacAddress,
        device.Type.ToString(),
        device.Ssid,
        Columns.Maker(device),
        Channel(device.Channel),
        Columns.Protection(device.Security, device.Encryption.ToString()),
        Dbm(device.SignalDbm));

    public static string Of(KismetNetwork network) => Join(
        Clock(network.LastSeen),
        network.Bssid,
        network.Ssid ?? "<hidden>",
        Channel(network.Channel),
        Columns.Protection(network.Security, network.Encryption.ToString()),
        Dbm(network.SignalDbm),
        string.Create(CultureInfo.InvariantCulture, $"{network.ClientCount} clients"));

    public static string Of(KismetFrame frame) => Join(
        frame.Time.UtcDateTime.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        frame.Subtype.ToString(),
        $"{frame.Transmitter ?? "-"} > {frame.Receiver ?? "-"}",
        frame.Bssid is null || frame.Bssid == frame.Transmitter || frame.Bssid == frame.Receiver ? null : "BSSID " + frame.Bssid,
        frame.Ssid is null ? null : $"'{frame.Ssid}'",
        frame.Security,
        frame.EapolMessage is int message ? string.Create(CultureInfo.InvariantCulture, $"EAPOL-Key {message}") : null,
        frame.Code is int code ? string.Create(CultureInfo.InvariantCulture, $"code {code}") : null,
        frame.Flags.HasFlag(Wireless.Frames.FrameControlFlags.Retry) ? "retry" : null,
        Channel(frame.Channel),
        Dbm(frame.SignalDbm),
        string.Create(CultureInfo.InvariantCulture, $"{frame.Length} bytes"));

    public static string Of(TzspPacket packet) => Join(
        packet.ReceivedAt.UtcDateTime.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        packet.Sensor,
        packet.DeviceName ?? packet.Serial,
        packet.Type.ToString(),
        packet.LinkType.ToString(),
        packet.PacketCount is long count ? string.Create(CultureInfo.InvariantCulture, $"#{count}") : null,
        Channel(packet.Channel),
        packet.RateMbps is double rate ? string.Create(CultureInfo.InvariantCulture, $"{rate} Mbit/s") : null,
        Dbm(packet.SignalDbm),
        packet.FcsError == true ? "FCS error" : null,
        string.Create(CultureInfo.InvariantCulture, $"{packet.Length} bytes"));

    public static string Of(KismetAlert alert) => Join(Clock(alert.Time), alert.Type.ToString(), alert.Text);

    public static string Of(KismetSentence sentence) => TerminalText.Clean(sentence.Raw);

    private static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static string? Channel(int? channel) => channel is int number ? string.Create(CultureInfo.InvariantCulture, $"ch {number}") : null;

    private static string? Dbm(int? dbm) => dbm is int number ? string.Create(CultureInfo.InvariantCulture, $"{number} dBm") : null;

    private static string Join(params ReadOnlySpan<string?> parts)
    {
        var line = new StringBuilder(120);
        foreach (string? part in parts)
        {
            if (!string.IsNullOrEmpty(part))
            {
                line.Append(line.Length > 0 ? "  " : string.Empty).Append(TerminalText.Clean(part));
            }
        }

        return line.ToString();
    }
}
