using System.Globalization;
using Xunit;

namespace KismetPS.Export.Tests.Delivery;

/// <summary>A test that mounts a small file system of its own; skipped where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    private const int SystemAdministration = 21;

    public SmallDiskFactAttribute() => Skip = MayMount() ? null : "No right to mount a small disk (CAP_SYS_ADMIN on Linux).";

    private static bool MayMount()
    {
        const string Status = "/proc/self/status";
        string? rights = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(static l => l.StartsWith("CapEff:", StringComparison.Ordinal)) : null;
        return rights is not null && (ulong.Parse(rights[7..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> SystemAdministration & 1) == 1;
    }
}
