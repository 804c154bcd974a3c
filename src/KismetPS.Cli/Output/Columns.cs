using System.Globalization;
using KismetPS.Capture.Live;
using KismetPS.Tracking;

namespace KismetPS.Cli.Output;

/// <summary>The tables that the host shows.</summary>
internal static class Columns
{
    public static IReadOnlyList<Column<KismetDevice>> Device { get; } =
    [
        new("MAC address", static d => d.MacAddress, Cells: 17),
        new("Type", static d => d.Type.ToString(), Cells: 11, Rank: 2),
        new("SSID", static d => d.Ssid ?? Quoted(d.ProbedSsids), Cells: 26),
        new("Vendor", Maker, Cells: 18, Rank: 4),
        new("Ch", static d => Number(d.Channel), Right: true, Rank: 1),
        new("Security", static d => Protection(d.Security, d.Encryption.ToString()), Cells: 20, Rank: 3),
        new("dBm", static d => Number(d.SignalDbm), Right: true),
        new("Packets", static d => Number(d.Packets), Right: true, Rank: 5),
        new("Clients", static d => d.ClientCount == 0 ? null : Number(d.ClientCount), Right: true, Rank: 6),
    ];

    public static IReadOnlyList<Column<KismetNetwork>> Network { get; } =
    [
        new("SSID", static n => n.Ssid ?? "<hidden>", Cells: 26),
        new("BSSID", static n => n.Bssid, Cells: 17),
        new("Ch", static n => Number(n.Channel), Right: true),
        new("MHz", static n => Number(n.FrequencyMHz), Right: true, Rank: 5),
        new("Width", static n => Number(n.WidthMHz), Right: true, Rank: 6),
        new("Std", static n => n.Standard, Cells: 3, Rank: 4),
        new("Security", static n => Protection(n.Security, n.Encryption.ToString()), Cells: 20, Rank: 1),
        new("dBm", static n => Number(n.SignalDbm), Right: true),
        new("Clients", static n => Number(n.ClientCount), Right: true, Rank: 3),
        new("Beacons", static n => Number(n.Beacons), Right: true, Rank: 7),
        new("Packets", static n => Number(n.Packets), Right: true, Rank: 8),
    ];

    public static IReadOnlyList<Column<KismetAlert>> Alert { get; } =
    [
        new("Time", static a => a.Time.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture), Cells: 8),
        new("Alert", static a => a.Type.ToString(), Cells: 22),
        new("BSSID", static a => a.Bssid, Cells: 17, Rank: 1),
        new("What", static a => a.Text, Cells: 100),
    ];

    public static IReadOnlyList<Column<KismetInterface>> Interface { get; } =
    [
        new("Name", static i => i.Name, Cells: 60),
        new("Up", static i => i.IsUp ? "yes" : "no", Cells: 3),
        new("Wireless", static i => YesNo(i.IsWireless), Cells: 3),
        new("Monitor", static i => YesNo(i.CanMonitor), Cells: 3, Rank: 1),
        new("Addresses", static i => i.Addresses.ToString(), Cells: 60),
        new("Description", static i => i.Description, Cells: 60, Rank: 2),
    ];

    public static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    /// <summary>Generations and key management, without ciphers: the first word of the protection's text.</summary>
    public static string Protection(KismetSecurity security, string otherwise)
    {
        if (security.Text.Length == 0)
        {
            return otherwise == "Unknown" ? string.Empty : otherwise;
        }

        int end = security.Text.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? security.Text : security.Text[..end];
    }

    /// <summary>Vendor, or what stands in its place: a client that made its address up, a network interface that has more than one.</summary>
    public static string? Maker(KismetDevice device) =>
        device.Vendor ?? (!device.IsRandomized ? null : device.Type is KismetDeviceType.Client or KismetDeviceType.Probe ? "(random)" : "(local)");

    private static string? Quoted(IReadOnlyList<string> probed) => probed.Count == 0 ? null : "? " + string.Join(", ", probed);

    private static string? YesNo(bool? value) => value switch { true => "yes", false => "no", _ => null };
}
