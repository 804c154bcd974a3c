using Xunit;

namespace KismetPS.Tracking.Tests.Sessions;

/// <summary>A test that needs a disk that is always full; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FullDiskFactAttribute : FactAttribute
{
    public const string Disk = "/dev/full";

    public FullDiskFactAttribute() => Skip = File.Exists(Disk) ? null : $"No {Disk}: only Linux has a disk that is always full.";
}
