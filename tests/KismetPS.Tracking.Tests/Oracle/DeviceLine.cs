namespace KismetPS.Tracking.Tests.Oracle;

/// <summary>What must be the same of a device whichever way its frames came, as one line.</summary>
internal static class DeviceLine
{
    /// <summary>A line for each device, in order of the addresses.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<KismetDevice> devices) =>
        [.. devices.OrderBy(static d => d.MacAddress, StringComparer.Ordinal).Select(Of)];

    /// <summary>What the receiver told of each of these devices.</summary>
    public static IReadOnlyList<string> RadioOf(IEnumerable<KismetDevice> devices, IReadOnlySet<string> addresses) =>
    [
        .. devices.Where(d => addresses.Contains(d.MacAddress)).OrderBy(static d => d.MacAddress, StringComparer.Ordinal).Select(static d =>
            $"{d.MacAddress} {d.SignalMinDbm}..{d.SignalDbm}..{d.SignalMaxDbm} dBm, {d.Channel} ({d.FrequencyMHz} MHz) {d.Standard} {d.MaxRateMbps}"),
    ];

    private static string Of(KismetDevice device) => string.Join(
        " | ",
        device.MacAddress,
        device.Type,
        string.Join(",", device.Ssids.Select(static s => $"{s.Ssid ?? "-"}{(s.Hidden ? "?" : "")}={s.Encryption}")),
        device.Encryption,
        device.Security,
        $"packets {device.Packets} data {device.DataPackets} retries {device.Retries} eapol {device.Security.EapolKeys}",
        $"bssid {device.Bssid} clients {string.Join(",", device.Clients)}",
        $"asked {string.Join(",", device.ProbedSsids)}");
}
