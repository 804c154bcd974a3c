namespace KismetPS.Capture.Live;

/// <summary>What the library's error numbers mean to a user.</summary>
internal static class PcapErrors
{
    private const int NoSuchDevice = -5;
    private const int NoMonitorMode = -6;
    private const int PermissionDenied = -8;
    private const int NotUp = -9;
    private const int PromiscuousDenied = -11;

    /// <summary>How to get the rights.</summary>
    public static string Rights =>
        OperatingSystem.IsWindows() ? "Run as Administrator, or install Npcap without 'Restrict Npcap driver's access to Administrators only'."
        : OperatingSystem.IsMacOS() ? "Run with sudo, or give yourself access to /dev/bpf* (Wireshark's ChmodBPF does)."
        : "Run with sudo, or give the program the right to capture: 'sudo setcap cap_net_raw,cap_net_admin+ep' on the pwsh or kismetps executable.";

    /// <summary>The exception for a function that failed on an interface.</summary>
    /// <param name="name">Interface.</param>
    /// <param name="status">What the function returned.</param>
    /// <param name="detail">What the library says.</param>
    public static KismetException ToException(string name, int status, string detail)
    {
        string because = detail.Length > 0 ? ": " + detail : ".";
        return status switch
        {
            NoSuchDevice => NotFound(name),
            PermissionDenied or PromiscuousDenied => new KismetException(KismetErrorId.PermissionDenied, $"Capturing from '{name}' is not permitted{because}", Rights),
            NoMonitorMode => new KismetException(KismetErrorId.InterfaceNotCapable, $"'{name}' cannot be put into monitor mode{because}", "Use another adapter or driver."),
            NotUp => new KismetException(KismetErrorId.InterfaceNotCapable, $"'{name}' is down{because}", $"Bring it up, on Linux with 'ip link set {name} up'."),
            // Older libraries only say it in words.
            _ when detail.Contains("permi", StringComparison.OrdinalIgnoreCase) || detail.Contains("denied", StringComparison.OrdinalIgnoreCase) =>
                new KismetException(KismetErrorId.PermissionDenied, $"Capturing from '{name}' is not permitted{because}", Rights),
            _ when detail.Contains("No such device", StringComparison.OrdinalIgnoreCase) => NotFound(name),
            _ => new KismetException(KismetErrorId.NetworkFailure, $"'{name}' cannot be captured from{because}", "Check the interface; 'kismetps interfaces' and Get-KismetInterface list what there is."),
        };
    }

    private static KismetException NotFound(string name) =>
        new(KismetErrorId.InterfaceNotFound, $"There is no interface '{name}'.", $"There are: {Names()}.");

    private static string Names()
    {
        try
        {
            return string.Join(", ", PcapLibrary.GetInterfaces().Select(static i => i.Name));
        }
        catch (KismetException)
        {
            return "none that can be listed";
        }
    }
}
