using System.Globalization;
using System.Runtime.InteropServices;

namespace KismetPS.Cli.Tests;

/// <summary>
/// A shell without job control starts what it puts into the background with Ctrl+C ignored, and whatever that starts inherits it: programs that tests start from
/// there would ignore it too, as they should.
/// </summary>
internal static partial class Interrupts
{
    private const int Interrupt = 2;
    private const nint Default = 0;

    /// <summary>Lets programs started from now on be interrupted as those of a terminal are. Where no /proc tells, nothing is changed.</summary>
    public static void Allow()
    {
        const string Status = "/proc/self/status";
        string? ignored = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(static l => l.StartsWith("SigIgn:", StringComparison.Ordinal)) : null;
        if (ignored is not null && (ulong.Parse(ignored[7..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (Interrupt - 1) & 1) == 1)
        {
            _ = Signal(Interrupt, Default);
        }
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int number, nint handler);
}
