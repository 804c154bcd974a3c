using System.Globalization;

namespace KismetPS.Export.Transports;

/// <summary>What the system of a receiver may hold for its program: acknowledged, and lost when the program dies.</summary>
internal static class ReceiveWindow
{
    private const long AtLeast = 8L << 20;
    private const long AtMost = 32L << 20;

    /// <summary>The other machine's limit cannot be asked; it is likely the one of this machine.</summary>
    public static long Likely { get; } = Math.Clamp(OwnLimit(), AtLeast, AtMost);

    private static long OwnLimit()
    {
        const string Linux = "/proc/sys/net/ipv4/tcp_rmem";
        try
        {
            return File.Exists(Linux) && File.ReadAllText(Linux).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [_, _, string most]
                ? long.Parse(most, CultureInfo.InvariantCulture)
                : AtLeast;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            return AtLeast;
        }
    }
}
